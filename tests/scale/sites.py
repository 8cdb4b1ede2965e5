"""Sites with many small laws, each with its translation, to see what depends on their number."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polib

from duizhao.commands.starter import write_starter
from duizhao.commands.starter_texts import EDITION, TRANSLATION, WITNESS
from duizhao.languages.catalog import save

FIRST = "law-1"
NUMERALS = "〇一二三四五六七八九"


def site_of(folder: Path, laws: int) -> Path:
    """A new site with laws `law-1`, `law-2`, …; returns its folder.

    `law-2` cites `law-1`; each has a title of its own and is otherwise as the first.
    """
    write_starter(folder)
    for path in (
        folder / "seeds/witnesses/example-lakes.txt",
        folder / "seeds/example-lakes/edition.toml",
        folder / "translations/en/LC_MESSAGES/example-lakes.po",
    ):
        path.unlink()
    (folder / "seeds/example-lakes").rmdir()
    for number in range(1, laws + 1):
        write_law(folder, number)
    return folder


def write_law(folder: Path, number: int, changed: str = "") -> None:
    """Write one law; `changed` is put into its second article, before the last words."""
    numeral = "".join(NUMERALS[int(digit)] for digit in str(number))
    cited = f"《{_title('一')}》" if number == 2 else ""
    texts = {
        "title": _title(numeral),
        "art_1__para_1": f"为了保护湖泊{changed}，根据{cited}规定，制定本条例。"
        if cited
        else f"为了保护湖泊{changed}，制定本条例。",
    }
    witness = WITNESS
    messages = []
    for eid, zh, en in TRANSLATION:
        text = texts.get(eid, zh)
        witness = witness.replace(zh, text)
        messages.append(polib.POEntry(msgctxt=eid, msgid=text, msgstr=en))
    law_id = f"law-{number}"
    (folder / f"seeds/witnesses/{law_id}.txt").write_text(witness, encoding="utf-8")
    edition = EDITION.format(digest=hashlib.sha256(witness.encode()).hexdigest())
    path = folder / f"seeds/{law_id}/edition.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(edition.replace("example-lakes", law_id), encoding="utf-8")
    header = {"Project-Id-Version": law_id, "Language": "en"}
    header |= {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8"}
    header |= {"Content-Transfer-Encoding": "8bit"}
    save(folder / f"translations/en/LC_MESSAGES/{law_id}.po", header, messages)


def _title(numeral: str) -> str:
    return f"示例市第{numeral}湖泊管理条例"


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }
