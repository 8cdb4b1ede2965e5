"""The files of search on the site, of all its laws."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.laws_made import Results
from duizhao.pipeline import Site
from duizhao.pool import Workers
from duizhao.published import write_made
from duizhao.search.files import INDEX, files_from_gathered
from duizhao.wholes import Whole, Wholes


def write_search(wholes: Wholes, site: Site, results: Results, workers: Workers) -> Whole:
    """Write the parts of the index; the index itself, which is loaded first, is given as text.

    A part that comes out as it was is linked from the published site.
    """
    given = (site.glossary, site.readings, [code for code in site.interfaces if code != "zh"])
    index: list[str] = []

    def parts() -> Iterator[tuple[str, bytes]]:
        for path, script in files_from_gathered(results.search(), *given, workers=workers):
            if path == INDEX:
                index.append(script)
            else:
                yield path, script.encode("utf-8")

    def make() -> Whole:
        files = tuple(write_made(wholes.target, wholes.published, parts()))
        return Whole(files=files, text="".join(index))

    return wholes.written("search", (results.made_of, given), make)
