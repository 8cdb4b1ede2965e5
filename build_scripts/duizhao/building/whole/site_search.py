"""The files of search on the site, of all its laws."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from duizhao.building.laws.laws_made import Results
from duizhao.building.whole.published import Wanted, digests_of, write_made
from duizhao.building.whole.wholes import INDEX as SEARCH
from duizhao.building.whole.wholes import Whole, Wholes
from duizhao.ground.pool import Workers
from duizhao.languages.glossary import Glossary
from duizhao.languages.pinyin import Readings
from duizhao.site.kept_laws import digest_of_object
from duizhao.site.pipeline import Site
from duizhao.writers.search.collection import Collection
from duizhao.writers.search.files import FOLDER, INDEX, content_of, files_from_gathered
from duizhao.writers.search.gather import Gathered
from duizhao.writers.search.grams import Counts
from duizhao.writers.search.mend import Changed, Index, mended
from duizhao.writers.search.parts import UnmendableError

#: Parts that stay as they are where no other takes their place: texts and rows.
_STAY = tuple(f"{FOLDER}/{kind}/" for kind in "ldp")

#: Changed laws above which making the index anew may be as fast.
_FEW = 20


def write_search(
    wholes: Wholes,
    site: Site,
    results: Results,
    workers: Workers,
    handed: Callable[[], None],
) -> Whole:
    """Write the parts of the index; the index itself, which is loaded first, is given as text.

    A part that comes out as it was is linked from the published site.  Where few texts changed
    since that was made, the parts that show them are mended.  `handed` is called when the work
    is handed out, if it is: what else there is to do can be done meanwhile.
    """
    codes = [code for code in site.interfaces if code != "zh"]
    given = site.glossary, site.readings, codes
    making = _Making(wholes=wholes, results=results, given=given)
    made_of = {
        "laws": results.made_of,
        "glossary": site.glossary,
        "readings": site.readings,
        "options": codes,
    }
    whole = wholes.written(SEARCH, made_of, partial(making.written, workers, handed))
    return Whole(files=whole.files, text=json.loads(whole.text)["index"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Making:
    """Makes the files of search of results; `given` are glossary, readings and languages.

    With the files is kept what it takes to mend them, as JSON: the text of the index, what
    `Alphabet.sizes` is of each alphabet, a digest of what was given, and of each law where it
    is kept (`Results.places`) with the digest of what search says of it.
    """

    wholes: Wholes
    results: Results
    given: tuple[Glossary, Readings, Sequence[str]]
    digests: list[str] = field(default_factory=list)
    sizes: dict[str, Counts] = field(default_factory=dict)

    def written(self, workers: Workers, handed: Callable[[], None]) -> Whole:
        """Write all but the index, which is given as text."""
        index, is_mended = [], True
        try:
            stay, found = self._mended()
            scripts: Iterable[tuple[str, str]] = found.items()
        except UnmendableError:
            is_mended = False
            self.digests.clear()
            given = self._noted(self.results.search()), *self.given
            scripts = files_from_gathered(
                *given,
                workers=workers,
                sizes=self.sizes,
                handed=handed,
                beside=self.wholes.target,
            )
            stay = []

        def parts() -> Iterator[tuple[str, bytes]]:
            for path, text in scripts:
                if path == INDEX:
                    index.append(text)
                else:
                    yield path, text.encode("utf-8")

        files = (*stay, *write_made(self.wholes.target, self.wholes.published, parts()))
        said = self._made_of() | {"index": "".join(index), "sizes": self.sizes}
        text = json.dumps(said, ensure_ascii=False)
        return Whole(files=files, text=text, mended=is_mended)

    def _noted(self, laws: Iterable[Gathered]) -> Iterator[Gathered]:
        for law in laws:
            self.digests.append(law.summary.digest)
            yield law

    def _made_of(self) -> dict[str, Any]:
        laws = zip(self.results.places, self.digests, strict=True)
        return {
            "given": digest_of_object(self.given),
            "laws": [[*place, digest] for place, digest in laws],
        }

    def _mended(self) -> tuple[list[Wanted], dict[str, str]]:
        """What stays, linked already, and the files that do not.  Raises UnmendableError."""
        before = self.wholes.before(SEARCH)
        if before is None:
            raise UnmendableError
        said, files = json.loads(before.text), digests_of(before.files)
        got = Collection(*self.given)
        for law in self.results.summaries():
            got.add(law)
            self.digests.append(law.digest)
        index = Index(
            said=content_of(said["index"]),
            sizes=said["sizes"],
            read=lambda path: self._read(path, files[path]),
        )
        changed = [self._changed(*each) for each in _differing(said, self._made_of())]
        found, sizes = mended(index, got, changed)
        stay = [one for one in before.files if one[0].startswith(_STAY) and one[0] not in found]
        if not self.wholes.published.all_linked(self.wholes.target, stay):
            raise UnmendableError
        self.sizes.update(sizes)
        return stay, found

    def _changed(self, place: int, old: Sequence[Any], new: Sequence[Any]) -> Changed:
        before, after = (self.results.gathered(key, n) for _, key, n, _ in (old, new))
        if before is None or after is None:
            raise UnmendableError
        return Changed(place=place, before=before, after=after)

    def _read(self, path: str, known: tuple[int, str]) -> str:
        """A part as it was published."""
        data = (self.wholes.published.folder / path).read_bytes()
        if hashlib.sha256(data).hexdigest() != known[1]:
            raise UnmendableError
        return data.decode("utf-8")


def _differing(
    said: Mapping[str, Any], now: Mapping[str, Any]
) -> list[tuple[int, Sequence[Any], Sequence[Any]]]:
    """The place of each law of which search says something else, and where it was and is kept.

    Raises UnmendableError where other things differ, or many laws.
    """
    ids, others = ([law[0] for law in each["laws"]] for each in (said, now))
    if ids != others or said["given"] != now["given"]:
        raise UnmendableError
    both = enumerate(zip(said["laws"], now["laws"], strict=True))
    found = [(place, old, new) for place, (old, new) in both if old[-1] != new[-1]]
    if len(found) > _FEW:
        raise UnmendableError
    return found
