"""A law as EPUB 3.3: a file a chapter, contents, notes, accessibility metadata.

`META-INF/digests.json` has a digest for each unit and each file: a book that was changed
by hand is refused on reading, with the place named.
"""

from __future__ import annotations

import hashlib
import json
import uuid
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from html import escape
from io import BytesIO
from typing import Any, NamedTuple

from duizhao.ground.problems import DuizhaoError, Position, Problem, error
from duizhao.ground.text import shown
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.ui import directed, tag_of
from duizhao.parser.edition import Edition
from duizhao.writers.formats.archive import zipped
from duizhao.writers.formats.blocks import Block, Said, Sequence, said
from duizhao.writers.formats.imprint import Imprint, as_html, repeal_line
from duizhao.writers.formats.markup import DOCTYPE, HINT, ZH, Markup, said_in, tree_of

_DIGESTS = "META-INF/digests.json"
_LARGEST, _MOST_FILES = 64 * 1024 * 1024, 10_000  # bytes unpacked, and in how many files
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLE = """body{margin:0 4%;line-height:1.6}
h1,h2,h3,h4,h5,h6,b{font-family:sans-serif}
h1,h2,h3,h4,h5,h6{line-height:1.4;font-size:1em;margin:1.4em 0 .3em;break-after:avoid}
h1{font-size:1.5em}h2{font-size:1.2em}h1>span,h2.heading>span{display:block}h1>span+span,h2>span+span{font-weight:normal;font-size:.85em}
h1>br,h2>br,h3>br,h4>br,h5>br,h6>br{display:none}
.article>span+span{margin-left:1em;font-weight:normal}
b{margin-right:.5em}p{margin:.3em 0}p+p{margin-bottom:.8em}.item{margin-left:1.5em}.subitem{margin-left:3em}
.gap b,em.gap,i{color:#a3231f}i,em{font-style:normal}.query,.emendation{text-decoration:underline;text-decoration-style:dotted}
sup{line-height:0;font-size:.75em}
table{border-collapse:collapse}td{border:1px solid;padding:.2em .4em;vertical-align:top}
.imprint p{margin:.2em 0;font-size:.85em;overflow-wrap:anywhere}
nav ol{list-style:none;padding-left:1em}
"""
_FEATURES = ("tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability")
_SUMMARY = (
    "Text only, with a heading for every chapter and article; the language of every passage"
    " is marked, and notes lead back to their place."
)
_NAMES = ("http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops")


def epub(
    edition: Edition,
    sequence: Sequence,
    pair: Bilingual,
    imprint: Imprint,
    *,
    law_uri: str,
) -> bytes:
    """The file, with the law's imprint over its contents; `law_uri` identifies the text."""
    markup = Markup(sequence, pair.language)
    text = [block for block in sequence.blocks if block.kind != "note"]
    notes = [block for block in sequence.blocks if block.kind == "note"]
    title = shown(edition.metadata.title) or "—"
    parts = _parts(text)
    gone = list(repeal_line(edition.metadata))
    pages: dict[str, str] = {}
    for number, part in enumerate(parts, 1):
        markup.file, markup.notes_at = f"part-{number}.xhtml", "notes.xhtml"
        pages[markup.file] = _page(title, [*gone, *markup.html(part)], "bodymatter")
    if notes:
        markup.file, markup.notes_at = "notes.xhtml", ""
        heading = '<h2 class="heading"><span>注</span><br/><span lang="en">Notes</span></h2>'
        pages[markup.file] = _page(title, [heading, *markup.html(notes)], "backmatter")
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": _package(edition, pair, list(pages), imprint.address, law_uri),
        "EPUB/nav.xhtml": _nav(title, imprint, parts, notes_too=bool(notes)),
        "EPUB/style.css": _STYLE,
        **{f"EPUB/{name}": page for name, page in pages.items()},
    }
    digests = {
        "units": {each.eid: _digest(json.dumps(each)) for each in said(sequence)},
        "files": {name: _digest(text) for name, text in files.items()},
    }
    files[_DIGESTS] = json.dumps(digests, indent=1) + "\n"
    return zipped(
        ((name, text.encode("utf-8")) for name, text in files.items()),
        stored=frozenset({"mimetype"}),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


def _parts(blocks: list[Block]) -> list[list[Block]]:
    """The blocks cut before each heading, but for headings that follow one another."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        alone = not parts[-1] or all(b.kind == "heading" for b in parts[-1])
        if block.kind == "heading" and block.level <= 2 and not alone:
            parts.append([])
        parts[-1].append(block)
    return parts


def _page(title: str, content: Iterable[str], kind: str) -> str:
    inside = "\n".join(content)
    html, ops = _NAMES
    return f"""<?xml version="1.0" encoding="UTF-8"?>
{DOCTYPE}<html xmlns="{html}" xmlns:epub="{ops}" xml:lang="{ZH}" lang="{ZH}">
<head><title>{escape(title, quote=False)}</title><link rel="stylesheet" href="style.css" type="text/css"/></head>
<body epub:type="{kind}">
{inside}
</body></html>
"""


class _Entry(NamedTuple):
    """A line of the contents; what is below it has a deeper level."""

    level: int
    target: str
    label: str


def _nav(title: str, imprint: Imprint, parts: list[list[Block]], *, notes_too: bool) -> str:
    entries = [
        entry
        for number, part in enumerate(parts, 1)
        for entry in _entries(f"part-{number}.xhtml", part, title)
    ]
    if notes_too:
        entries.append(_Entry(1, "notes.xhtml", "注 Notes"))
    listed = f'<nav epub:type="toc" role="doc-toc"><h1>目录 Contents</h1>{_listed(entries)}</nav>'
    return _page(
        title, ['<header class="imprint">', *as_html(imprint), "</header>", listed], "frontmatter"
    )


def _entries(file: str, part: list[Block], title: str) -> Iterator[_Entry]:
    """The headings and articles of a file; the first of them stands for the file."""
    above, first = 0, True
    for block in part:
        if block.kind in ("title", "heading"):
            above = max(block.level, 1)
            words = f"{' '.join(shown(str(block.zh)).split())} {shown(block.pair.text)}".strip()
            target = file if first else f"{file}#{block.eid}"
            yield _Entry(above, target, words or block.eid)
            first = False
        elif block.kind == "article":
            if first:
                yield _Entry(1, file, title)
                above, first = 1, False
            yield _Entry(
                above + 1, f"{file}#{block.eid}", shown(f"{block.number} {block.english}".strip())
            )
    if first:
        yield _Entry(1, file, title)


def _listed(entries: list[_Entry]) -> str:
    """Entries as a list, those of a deeper level in one below."""
    rows, at = [], 0
    while at < len(entries):
        entry, start = entries[at], at + 1
        at = next(
            (n for n in range(start, len(entries)) if entries[n].level <= entry.level),
            len(entries),
        )
        link = f'<a href="{escape(entry.target)}">{escape(entry.label, quote=False)}</a>'
        rows.append(f"<li>{link}{_listed(entries[start:at])}</li>")
    return f"<ol>{''.join(rows)}</ol>" if rows else ""


def _package(
    edition: Edition, pair: Bilingual, pages: list[str], address: str, law_uri: str
) -> str:
    metadata = edition.metadata
    day = metadata.edition_date or "1980-01-01"
    other = tag_of(pair.language)
    ident = uuid.uuid5(uuid.NAMESPACE_URL, f"{law_uri}/{pair.language}")
    names = [name.removesuffix(".xhtml") for name in pages]
    items = "".join(
        f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>\n' for n in names
    )
    spine = "".join(f'<itemref idref="{n}"/>' for n in names)
    english = shown(pair.of("title").text).strip()
    optional = [
        "" if pair.untranslated else f"<dc:language>{other}</dc:language>",
        f'<dc:title id="t2" xml:{directed(other)}>{escape(english)}</dc:title>' if english else "",
        _element("dc:creator", metadata.organ),
        _element("dc:source", address),
        _element("dc:date", metadata.adopted or metadata.promulgated),
        *(f'<meta property="schema:accessibilityFeature">{name}</meta>' for name in _FEATURES),
    ]
    lines = "\n".join(line for line in optional if line)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{ZH}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{ident}</dc:identifier>
<dc:title id="t1">{escape(shown(metadata.title).strip()) or "—"}</dc:title>
<dc:language>{ZH}</dc:language>
{lines}
<meta property="dcterms:modified">{day}T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">{_SUMMARY}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}</manifest>
<spine><itemref idref="nav"/>{spine}</spine>
</package>
"""


def _element(tag: str, words: str) -> str:
    words = shown(words).strip()
    return f"<{tag}>{escape(words)}</{tag}>" if words else ""


def read_epub(data: bytes, name: str) -> list[Said]:
    """What the book tells its reader.  Raises DuizhaoError where it is not as it was published."""
    texts = _opened(data, name)
    try:
        told: dict[str, Any] = json.loads(texts.pop(_DIGESTS))
        units, files = dict(told["units"]), dict(told["files"])
    except (KeyError, TypeError, ValueError, RecursionError) as reason:
        message = f"{_DIGESTS} is missing or no list of digests."
        raise DuizhaoError([_problem("epub-broken", name, message)]) from reason
    found: list[Said] = []
    for page in sorted((n for n in texts if n.endswith(".xhtml")), key=_order):
        found += said_in(tree_of(texts[page], f"{name}/{page}"))
    problems = list(_changed(found, units, name))
    if not problems:
        problems = [
            _problem("epub-changed", f"{name}/{each}", "This file is not as it was published.")
            for each in dict.fromkeys((*files, *texts))
            if each not in texts or files.get(each) != _digest(texts[each])
        ]
    if problems:
        raise DuizhaoError(problems)
    return found


def _order(page: str) -> tuple[bool, int, str]:
    """Parts by number, then the notes."""
    number = page.removeprefix("EPUB/part-").removesuffix(".xhtml")
    return not number.isdecimal(), int(number) if number.isdecimal() else 0, page


def _changed(found: list[Said], units: dict[str, str], name: str) -> Iterator[Problem]:
    for each in found:
        if units.pop(each.eid, "") != _digest(json.dumps(each)):
            message = f"`{each.eid}` is not as it was published."
            yield _problem("epub-changed", name, message)
    for eid in units:
        yield _problem("epub-changed", name, f"`{eid}` was taken out of the book.")


def _opened(data: bytes, name: str) -> dict[str, str]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files = archive.infolist()
            if sum(file.file_size for file in files) > _LARGEST or len(files) > _MOST_FILES:
                message = "The book would unpack to more than any law has."
                raise DuizhaoError([_problem("epub-broken", name, message)])
            if len(set(archive.namelist())) < len(archive.namelist()):
                message = "A file stands twice in the book."
                raise DuizhaoError([_problem("epub-broken", name, message)])
            return {n: archive.read(n).decode("utf-8") for n in archive.namelist()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as reason:
        message = f"This is no e-book, or a broken one: {reason}."
        raise DuizhaoError([_problem("epub-broken", name, message)]) from reason


def _problem(code: str, name: str, message: str) -> Problem:
    return error(code, Position(file=name), message, HINT)
