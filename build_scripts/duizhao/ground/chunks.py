"""Several byte strings as one, each after its size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

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


class Unread(Mapping[K, V]):
    """Values of which each is read from its bytes when it is asked for: of many, few are."""

    def __init__(self, parts: Mapping[K, bytes], read: Callable[[bytes], V]) -> None:
        self._parts, self._read = parts, read

    def __getitem__(self, key: K) -> V:
        return self._read(self._parts[key])

    def __iter__(self) -> Iterator[K]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __contains__(self, key: object) -> bool:
        return key in self._parts
