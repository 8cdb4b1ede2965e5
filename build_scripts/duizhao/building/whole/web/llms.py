"""llms.txt (llmstxt.org): the site in Markdown for language models.

A small site's laws stand in it.  A large one's stand in parts, each of which it leads to.
Where a part begins is told by the digest of a law's name, and the part bears that name: so a
law that comes or goes changes the part that it is in, or divides it or joins it to the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from duizhao.languages.law import View, repeal
from duizhao.languages.ui import Interface
from duizhao.writers.pages.inline import escape

MOST = 100  # laws that stand in llms.txt itself
_MEAN = 64  # laws of a part, on average

#: Name and path of the files for programs of each law by its id.
Named = Mapping[str, Sequence[tuple[str, str]]]


def llms_files(
    views: Sequence[View],
    files: Named,
    whole: Iterable[tuple[str, str]],
    base: str,
    *,
    most: int = MOST,
) -> Iterator[tuple[str, str]]:
    """Path below the site's root and text of llms.txt and its parts.

    `views` are the laws as seen in English, where the site has that, in the order of their
    ids; `whole` are name and path of the files of all laws together; `base` is the site's address.
    """
    ui: Interface = views[0].ui
    parts = [*_parts(views)] if len(views) > most else []
    lines = [
        f"# {ui('duizhao')}",
        "",
        f"> {ui('Chinese law in two languages, paragraph by paragraph')}. "
        + ui("Not the standard text. The translation is unofficial; the Chinese text prevails."),
        "",
        ui(
            "Cite a provision by its address: the page of the law, `#` and the identifier, such as"
            " `art_13__para_2`. Say when you quote the translation. A note on the page says where"
            " the text is incomplete, doubtful or corrected: repeat it."
        ),
        "",
        f"## {ui('Laws')}",
        "",
    ]
    if parts:
        lines += [
            f"- [{part[0].law.id} … {part[-1].law.id}]({base}{_path(part)})" for part in parts
        ]
    else:
        lines += _listed(views, files, base)
    lines += ["", f"## {ui('For programs')}", ""]
    lines += [f"- [{name}]({base}{path})" for name, path in whole]
    yield "llms.txt", "\n".join(lines) + "\n"
    for part in parts:
        listed = _listed(part, files, base)
        yield _path(part), "\n".join([f"# {ui('Laws')}", "", *listed]) + "\n"


def _listed(views: Iterable[View], files: Named, base: str) -> Iterator[str]:
    for view in views:
        metadata = view.law.summary.metadata
        dated = repeal(view.ui, metadata) or view.ui.date(metadata.effective)
        about = ", ".join(filter(None, (escape(metadata.title), dated)))
        yield f"- [{escape(view.title())}]({base}{view.language}/{view.law.id}/): {about}"
        yield from (f"    - [{name}]({base}{path})" for name, path in files.get(view.law.id, ()))


def _parts(views: Iterable[View]) -> Iterator[list[View]]:
    part: list[View] = []
    for view in views:
        digest = hashlib.sha256(view.law.id.encode()).digest()
        if part and int.from_bytes(digest[:4]) % _MEAN == 0:
            yield part
            part = []
        part.append(view)
    yield part


def _path(part: Sequence[View]) -> str:
    return f"llms/from-{part[0].law.id}.txt"
