"""A small site whose every field holds a payload, spread over all its inputs."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import docx
import polib

from duizhao.languages.catalog_from_edition import update_catalog
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options

ROOT = Path(__file__).parents[2]
OVERRIDES = ROOT / "docs" / "overrides"
ASSETS = ROOT / "docs" / "assets"
_ORDINALS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """1 to 199 as a Chinese numeral."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = "一百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else _ORDINALS[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (_ORDINALS[ones] if ones else "")


def law_lines(title: str, payloads: Sequence[str]) -> list[str]:
    """The lines of a regulation that has an article for each payload."""
    return [
        title,
        "(2030年1月2日示例市第一届人民代表大会常务委员会第三次会议通过)",
        f"第一章 总则{payloads[0]}",
        *(f"第{numeral(n)}条 甲{payload}乙。" for n, payload in enumerate(payloads, 1)),
        f"第{numeral(len(payloads) + 1)}条 本条例自2030年5月1日起施行。",
    ]


def toml(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_site(root: Path, payloads: Sequence[str], *, pdf: bool = False) -> None:
    """Write the site below `root`; every text that an input holds is one of `payloads`."""
    turn = cycle(payloads)
    _settings(root, payloads, pdf=pdf)
    seeds = root / "seeds"
    (seeds / "witnesses").mkdir(parents=True)
    short = [p for p in payloads if len(p) < 400]
    _law(seeds, "plain-text", law_lines(f"示例市{short[0]}管理条例", payloads), payloads)
    document = docx.Document()
    for line in law_lines("示例市文书管理条例", payloads):
        document.add_paragraph(line)
    document.core_properties.title = next(turn)
    document.core_properties.author = next(turn)
    document.save(str(seeds / "witnesses" / "document.docx"))
    _edition(seeds, "document", "witnesses/document.docx", "", next(turn), next(turn))
    _glossary(seeds / "glossary.toml", short)
    options = Options(root=root, updating=True)
    site = site_from_options(options)
    for law in site.laws:
        path = root / "translations" / "en" / "LC_MESSAGES" / f"{law.id}.po"
        update_catalog(path, law.edition, site.glossary, language="en")
        catalog = polib.pofile(str(path), wrapwidth=0)
        for entry in catalog:
            entry.msgstr = next(p for p in turn if not _REFUSED.search(p))
            entry.flags = []
            # Markup is refused unless an exception lets it pass: here it must pass, and harm nothing.
            entry.tcomment = "exception translation-markup: hostile"
        catalog.save()
    site_from_options(replace(options, updating=False))


_REFUSED = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd\U000e0000-\U000e007f]"
)


def _settings(root: Path, payloads: Sequence[str], *, pdf: bool) -> None:
    docs = root / "docs"
    for language in ("zh", "en"):
        (docs / language).mkdir(parents=True)
        for page in ("index", "search"):
            shutil.copy(ROOT / "docs" / language / f"{page}.md", docs / language)
    (docs / "index.md").write_text("# x\n", encoding="utf-8")
    shutil.copytree(ASSETS, docs / "assets")
    translations = root / "translations"
    for language in ("zh", "en"):
        folder = translations / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        shutil.copy(ROOT / "translations" / language / "LC_MESSAGES" / "ui.po", folder)
    name = "".join(p for p in payloads if len(p) < 60)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    lines = [
        f"site_name: {json.dumps(name, ensure_ascii=False)}"
        if line.startswith("site_name:")
        else f"site_description: {json.dumps(name, ensure_ascii=False)}"
        if line.startswith("site_description:")
        else f"  custom_dir: {json.dumps(str(OVERRIDES))}"
        if line.startswith("  custom_dir:")
        else line
        for line in settings.splitlines()
    ]
    text = "\n".join(lines) + "\n"
    text = text.replace(
        "      seeds: seeds\n", f"      seeds: seeds\n      pdf: {str(pdf).lower()}\n"
    )
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")


def _law(seeds: Path, law_id: str, lines: list[str], payloads: Sequence[str]) -> None:
    file = f"witnesses/{law_id}.txt"
    (seeds / file).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    decisions = []
    for n, payload in enumerate(payloads):
        line, other = n + 4, payloads[(n + 7) % len(payloads)]
        decisions.append(
            f'[[query]]\nid = "q-{n}"\nline = {line}\ntext = {toml(payload)}\n'
            f"proposal = {toml(other)}\nwhy = {toml(other)}\n"
        )
        decisions.append(
            f'[[emend]]\nid = "e-{n}"\nline = {line}\nfrom = "甲"\nto = {toml("丙" + other)}\n'
            f'certainty = "certain"\nwhy = {toml(payload)}\n'
            if n % 2
            else ""
        )
    last = len(lines)
    decisions.append(
        f'[[gap]]\nid = "gap"\nafter = {last}\nquote = "施行。"\nwhat = {toml(payloads[1])}\n'
        f"why = {toml(payloads[2])}\n"
    )
    _edition(seeds, law_id, file, "\n".join(decisions), payloads[3], payloads[4])


def _edition(
    seeds: Path, law_id: str, file: str, decisions: str, short: str, description: str
) -> None:
    digest = hashlib.sha256((seeds / file).read_bytes()).hexdigest()
    (seeds / law_id).mkdir()
    (seeds / law_id / "edition.toml").write_text(
        f'[law]\nid = "{law_id}"\nshort_title = {toml(short)}\norgan = {toml(description)}\n'
        f"document_number = {toml(short)}\nregion = {toml(short)}\n\n"
        f'[[witness]]\nfile = "{file}"\nsha256 = "{digest}"\n'
        f"description = {toml(description)}\n\n{decisions}",
        encoding="utf-8",
    )


def _glossary(path: Path, payloads: Sequence[str]) -> None:
    entries = [
        f"[[term]]\nzh = {toml(p)}\nen = {toml(f'word {n} {p}')}\nforms = [{toml(p + 's')}]\n"
        f"alternatives = [{toml(p)}]\ndefinition_zh = {toml(p)}\ndefinition_en = {toml(p)}\n"
        f"source = {toml(p)}\n"
        for n, p in enumerate(payloads)
    ]
    path.write_text("\n".join(entries), encoding="utf-8")
