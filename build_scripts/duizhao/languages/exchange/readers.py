"""What an exchange file holds: translated pairs, or the lines of an English text.

=============  =====================================================================
.tmx           every unit with Chinese and the language asked for
.xlf, .xliff   every unit with a target (1.2 and 2.x); `id` is the provision
.po            the entries of a law's catalog, by msgctxt
.docx          the table for revisers, where it is one; else paragraphs
.txt .md .html paragraphs
=============  =====================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.languages.catalog import catalog_from_file, parsed_catalog
from duizhao.languages.exchange.markup import (
    children,
    descendants,
    language,
    local,
    root_from_bytes,
    words,
)

XML = (".tmx", ".xlf", ".xliff")
TEXTS = (".txt", ".md", ".markdown", ".docx", ".html", ".htm")
_LARGEST = 64 * 1024 * 1024
_DONE = ("final", "signed-off", "translated", "reviewed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A unit as a file has it: identifier (or ""), Chinese, translation, state, line."""

    eid: str
    source: str
    target: str
    law: str = ""
    done: bool = True
    line: int = 0


def refused(code: str, name: str, message: str, hint: str) -> DuizhaoError:
    """A file refused as a whole."""
    return DuizhaoError([error(code, Position(file=name), message, hint)])


def pairs_from_file(path: Path, *, wanted: str, name: str | None = None) -> list[Pair]:
    """The pairs of a .tmx, .xlf or .po whose translation is in the language `wanted`."""
    name = name or path.name
    if path.suffix.lower() == ".po":
        return _po(path, wanted, name)
    root = root_from_bytes(read_bytes(path, name), name=name)
    if local(root) == "tmx":
        return _tmx(root, wanted, name)
    if local(root) == "xliff":
        return _xliff(root, wanted, name)
    raise refused(
        "exchange-format",
        name,
        f"<{local(root)}> is neither TMX nor XLIFF.",
        "give a TMX or XLIFF file",
    )


def read_bytes(path: Path, name: str) -> bytes:
    """The bytes of a file; refused where it is missing, empty or beyond all measure."""
    try:
        if path.stat().st_size > _LARGEST:
            raise refused("exchange-format", name, "The file is too large.", "split it")
        data = path.read_bytes()
    except OSError as reason:
        raise refused(
            "exchange-format",
            name,
            f"The file cannot be read: {reason.strerror}.",
            "check its name",
        ) from reason
    if not data.strip():
        raise refused("exchange-format", name, "The file is empty.", "export it again")
    return data


def speaks(tag: str, wanted: str) -> bool:
    """Whether a language tag is of a language: en, en-US and EN for en; zh-Hans-CN for zh."""
    first, second = (name.lower().replace("_", "-").partition("-")[0] for name in (tag, wanted))
    return first == second


def _tmx(root: Any, wanted: str, name: str) -> list[Pair]:
    out, languages = [], set[str]()
    for unit in descendants(root, "tu"):
        texts: dict[str, str] = {}
        for variant in children(unit, "tuv"):
            segments = children(variant, "seg")
            if segments:
                tag = language(variant)
                languages.add(tag)
                key = next((w for w in ("zh", wanted) if speaks(tag, w)), tag)
                texts.setdefault(key, words(segments[0]))
        props = {p.get("type"): (p.text or "") for p in children(unit, "prop")}
        if texts.get("zh") and texts.get(wanted):
            out.append(
                Pair(
                    eid=props.get("x-eid", ""),
                    source=texts["zh"],
                    target=texts[wanted],
                    law=props.get("x-law", ""),
                    line=unit.sourceline or 0,
                )
            )
    if not out:
        raise _no_language(name, wanted, languages)
    return out


def _no_language(name: str, wanted: str, languages: set[str]) -> DuizhaoError:
    there = ", ".join(sorted(filter(None, languages))) or "none"
    return refused(
        "exchange-language",
        name,
        f"The file has no unit with Chinese and `{wanted}` (languages in it: {there}).",
        "name the language with --language, or export the file with both",
    )


def _xliff(root: Any, wanted: str, name: str) -> list[Pair]:
    out, languages = [], set[str]()
    for file in descendants(root, "file"):
        target = str(file.get("target-language") or root.get("trgLang") or "")
        source = str(file.get("source-language") or root.get("srcLang") or "zh")
        languages |= {target.lower(), source.lower()}
        if not speaks(target, wanted) or not speaks(source, "zh"):
            continue
        law = str(file.get("original") or "")
        out += [pair for unit in file.iter() if (pair := _xliff_unit(unit, law)) is not None]
    if not out:
        raise _no_language(name, wanted, languages)
    return out


def _xliff_unit(unit: Any, law: str) -> Pair | None:
    """A trans-unit of 1.2, or a unit of 2.x: its segments and what stands between them."""
    kind = local(unit)
    if kind == "trans-unit":
        parts, state = [unit], None
    elif kind == "unit":
        parts, state = [p for p in unit.iter() if local(p) in ("segment", "ignorable")], "state"
    else:
        return None
    segments = [p for p in parts if local(p) != "ignorable"]
    targets = [t for p in segments for t in children(p, "target")]
    text = "".join(_target(p) for p in parts) if targets else ""
    if state:
        done = all((p.get("state") or "initial") in _DONE for p in segments)
    else:
        said = targets[0].get("state") if targets else None
        done = unit.get("approved") == "yes" or (said in _DONE and unit.get("approved") != "no")
    return Pair(
        eid=str(unit.get("name") or unit.get("id") or "") if state else str(unit.get("id") or ""),
        source="".join(words(s) for p in parts for s in children(p, "source")),
        target=text,
        law=law,
        done=done,
        line=unit.sourceline or 0,
    )


def _target(part: Any) -> str:
    """The translation of a part; what is not to be translated stays as it is without one."""
    found = children(part, "target")
    if not found and local(part) == "ignorable":
        found = children(part, "source")
    return "".join(map(words, found))


def _po(path: Path, wanted: str, name: str) -> list[Pair]:
    data = read_bytes(path, name)
    catalog = catalog_from_file(path, language=wanted, name=name)
    header = parsed_catalog(data.decode("utf-8-sig")).metadata
    said = header.get("Language", "")
    if said and not speaks(said, wanted):
        raise _no_language(name, wanted, {said.lower()})
    law = header.get("Project-Id-Version", "").split(" ")[0]
    return [
        Pair(eid=e.eid, source=e.source, target=e.target, law=law, done=not e.fuzzy, line=e.line)
        for e in catalog.entries.values()
    ]
