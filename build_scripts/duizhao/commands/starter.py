"""A new site: settings, theme, pages, and one small invented regulation that builds at once.

Installed, the theme and the interface's catalogs come with this package (`shared/`);
in a checkout they are the project's own.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import polib

from duizhao.commands.starter_texts import EDITION, GLOSSARY, SETTINGS, TRANSLATION, WITNESS
from duizhao.ground.package import PACKAGE
from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.languages.catalog import save

_PAGES = {
    "docs/index.md": "# 对照\n",
    "docs/zh/index.md": "# 中英对照法规\n\n中文与译文逐款对照。\n",
    "docs/en/index.md": "# Laws in two languages\n\nChinese and translation, paragraph by paragraph.\n",
    "docs/zh/search.md": "---\ntitle: 检索\n---\n\n# 检索\n",
    "docs/en/search.md": "---\ntitle: Search\n---\n\n# Search\n",
    "docs/zh/offline.md": "---\ntitle: 离线阅读\n---\n\n# 离线阅读\n",
    "docs/en/offline.md": "---\ntitle: Reading offline\n---\n\n# Reading offline\n",
    ".gitignore": "/site/\n/site.*/\n/.site.*/\n/.cache/\n",
    # git on Windows gives texts other line ends; a witness is known by its bytes.
    ".gitattributes": "* text=auto eol=lf\nseeds/witnesses/** -text\n",
}


def write_starter(folder: Path) -> int:
    """Write a new site into `folder`; returns how many files.

    Raises DuizhaoError where the folder holds anything already or is a file: nothing is
    overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        place = Position(file=str(folder))
        message = "This folder is not empty." if folder.is_dir() else "This is a file."
        raise DuizhaoError([error("init-not-empty", place, message, "name a new folder")])
    for name, content in _files(folder.name):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    shutil.copytree(_shared("docs/overrides"), folder / "theme")
    shutil.copytree(
        _shared("docs/assets"), folder / "docs/assets", ignore=shutil.ignore_patterns("*.png")
    )
    for language in ("zh", "en"):
        part = f"translations/{language}/LC_MESSAGES"
        (folder / part).mkdir(parents=True)
        shutil.copy(_shared(f"{part}/ui.po"), folder / part)
    header = {
        "Project-Id-Version": "example-lakes",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    entries = [polib.POEntry(msgctxt=e, msgid=zh, msgstr=en) for e, zh, en in TRANSLATION]
    save(folder / "translations/en/LC_MESSAGES/example-lakes.po", header, entries)
    return sum(path.is_file() for path in folder.rglob("*"))


def _files(name: str) -> Iterator[tuple[str, str]]:
    digest = hashlib.sha256(WITNESS.encode()).hexdigest()
    yield "mkdocs.yml", SETTINGS.format(name=json.dumps(name, ensure_ascii=False))
    yield "seeds/witnesses/example-lakes.txt", WITNESS
    yield "seeds/example-lakes/edition.toml", EDITION.format(digest=digest)
    yield "seeds/glossary.toml", GLOSSARY
    yield from _PAGES.items()


def _shared(path: str) -> Path:
    """A part of the theme or a catalog: shipped with the package, or the checkout's own."""
    for folder in (PACKAGE / "shared", PACKAGE.parents[1]):
        if (folder / path).exists():
            return folder / path
    raise DuizhaoError(
        [
            error(
                "init-incomplete",
                Position(file=path),
                "This installation lacks a part of the theme.",
                "install the package again",
            )
        ]
    )
