"""Several byte strings as one, each after its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_SIZE = 8  # bytes of the length of a part


def joined(parts: Iterable[bytes]) -> bytes:
    """The parts as one."""
    return b"".join(len(part).to_bytes(_SIZE) + part for part in parts)


def divided(data: bytes) -> Iterator[bytes]:
    """The parts again."""
    at = 0
    while at < len(data):
        end = at + _SIZE + int.from_bytes(data[at : at + _SIZE])
        yield data[at + _SIZE : end]
        at = end
