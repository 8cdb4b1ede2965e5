"""Laws as they were read, kept by the bytes of the files that they were read from.

Of a law that is kept only a summary is taken from here, until its text is asked for.  It
carries the digests of what it says (`Law.sources`), so what is made of it is found by them,
also where its files changed and nothing in them that is read.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from duizhao.ground.store import Store
from duizhao.languages.law import Law
from duizhao.site.law_at_rest import Known, LawAtRest, bytes_of, known_of

T = TypeVar("T")

#: Files by what they are to a law: its text, its translation, its history; some may be missing.
Files = Mapping[str, Sequence[Path]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLaws:
    """A store of laws; `program` is the digest of what reads them."""

    store: Store
    program: str
    _used: set[str] = field(default_factory=set, repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        """What was used is told where all laws are known, and sent nowhere."""
        return partial(KeptLaws, store=self.store, program=self.program), ()

    def known(self, files: Files, settings: object, read: Callable[[], Law]) -> LawAtRest | None:
        """The law of some files, at rest, where it is kept; `settings` is what else reading depends on.

        One that turns out to be damaged when it is asked for is `read` again, by whatever process
        asks: `read` is sent there.
        """
        key = self._key("law", *_digests(files, settings))
        data = self.store.get(self._resting(key))
        if data is None:
            return None
        # Written below, and sealed with its key; the cache is the project's own.
        known: Known = pickle.loads(data)  # noqa: S301
        _, _, sources = known
        return LawAtRest(known, partial(_data, self.store, key, sources, read))

    def law(self, files: Files, settings: object, read: Callable[[], Law]) -> Law:
        """The law as it is read and then kept, unless its files change meanwhile."""
        before = _digests(files, settings)
        law = read()
        law = replace(law, sources={kind: digest_of_kind(kind, law) for kind in MADE_OF})
        if before == _digests(files, settings):
            key = self._key("law", *before)
            self.store.put(key, bytes_of(law))
            self.store.put(self._resting(key), pickle.dumps(known_of(law), 5))
        return law

    def whole(self, kind: str, files: Sequence[Path], read: Callable[[], T]) -> T:
        """What is `read` of some files all at once, unless it is kept, and then kept."""
        before = digest_of_files(files, kind)
        key = self._key(kind, before)
        data = self.store.get(key)
        if data is not None:
            # Written below.
            kept: T = pickle.loads(data)  # noqa: S301
            return kept
        found = read()
        if before == digest_of_files(files, kind):
            self.store.put(key, pickle.dumps(found, 5))
        return found

    def sound(self, laws: Collection[Law]) -> bool:
        """Whether the laws of a witness are known to be sound."""
        key = self.key_of("sound", texts_of(laws))
        return key is not None and self.store.get(key) is not None

    def keep_sound(self, laws: Collection[Law]) -> None:
        """Know from now on that the laws of a witness are sound."""
        if key := self.key_of("sound", texts_of(laws)):
            self.store.put(key, b"")

    def key_of(self, kind: str, sources: Sequence[str]) -> str | None:
        """Under what a finding of a kind is kept, by the digests of all that it is made of.

        None where one of them is "", which says that it is not known.
        """
        return self._key(kind, *sources) if all(sources) else None

    def found(self, key: str) -> Any:
        """What was found and is kept under a key; None where it is not there, or not whole."""
        data = self.store.get(key)
        return None if data is None else pickle.loads(data)  # noqa: S301 - written below

    def keep(self, key: str, found: object) -> None:
        """Keep what was found, which is not None."""
        self.store.put(key, pickle.dumps(found, 5))

    def prune(self) -> None:
        """Take out what is no longer used, once there is far more of it than of what is."""
        self.store.prune(self._used)

    def _resting(self, key: str) -> str:
        """Under what there is of a law that is at hand while it rests."""
        self._used.add(f"{key}.rest")
        return f"{key}.rest"

    def _key(self, *parts: str) -> str:
        key = hashlib.sha256(repr((self.program, parts)).encode()).hexdigest()
        self._used.add(key)
        return key


def _data(store: Store, key: str, sources: Mapping[str, str], read: Callable[[], Law]) -> bytes:
    """The bytes of a law that is kept; it is read again where they are damaged or gone.

    Raises OSError where it says something else by now than its `sources`.
    """
    data = store.get(key)
    if data is None:
        law = read()
        if any(digest_of_kind(kind, law) != digest for kind, digest in sources.items()):
            raise OSError(f"{law.id}: its files were written meanwhile; build again")
        data = bytes_of(replace(law, sources=sources))
        store.put(key, data)
    return data


def texts_of(laws: Iterable[Law]) -> list[str]:
    """The digests of what laws say in Chinese, "" where that is not known."""
    return [law.sources.get("text", "") for law in laws]


#: What a law is made of, by what a person calls it; the rest follows from that.
MADE_OF: Mapping[str, Callable[[Law], object]] = {
    "text": lambda law: (law.witness, law.decisions, law.edition),
    "translation": lambda law: [(code, p.translations) for code, p in law.bilingual.items()],
    "history": lambda law: law.history,
}


def digest_of_kind(kind: str, law: Law) -> str:
    """The digest of one kind of what a law is made of: of what was read, not of the files."""
    return law.sources.get(kind) or digest_of_object(MADE_OF[kind](law))


def digest_of_object(value: object) -> str:
    """The digest of plain objects, the same in any process."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out, protocol=5)
    # Whether two equal strings are one object depends on how their module was loaded.
    pickler.fast = True
    pickler.dump(value)
    return hashlib.sha256(out.getbuffer()).hexdigest()


def _digests(files: Files, settings: object) -> list[str]:
    return [digest_of_files(paths, settings) for paths in files.values()]


def digest_of_files(paths: Sequence[Path], settings: object = "") -> str:
    """The digest of files by their content; a missing one is another than an empty one."""
    total = hashlib.sha256(repr(settings).encode())
    for path in paths:
        content = path.read_bytes() if path.is_file() else None
        total.update(f"{len(content) if content is not None else 'missing'}\0".encode())
        total.update(content or b"")
    return total.hexdigest()
