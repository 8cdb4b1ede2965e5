"""Every command of the guides is run, page by page, on a copy of the project's own site.

The tutorial, the guide for a further language and the nginx block have tests of their own.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from duizhao.cli.main import main

ROOT = Path(__file__).parents[2]
LAW = "xizang-community-governance"
ELSEWHERE = {"add-language.md": "test_add_language.py"}
#: what cannot be run here, each with its reason
SKIPPED = {
    "python build_scripts serve": "a server that never ends; tests of the site serve it",
    "python build_scripts build --scheduler": "needs a cluster; tests/scale/test_cluster.py",
    "python build_scripts bench": "needs a collection of laws; tests/corpora",
    "python build_scripts changes ../main": "needs a second checkout; tests/unit/test_changes.py",
    "python build_scripts check --release": "builds with PDFs, minutes; tests of the release gate",
    "duizhao quote <": "standard input; tests/unit/test_quote.py",
    "rsync ": "needs a server",
    "ssh ": "needs a server",
    "git ": "needs a history",
    "sha256sum ": "not ours",
    "make ": "sets up the project",
}
#: those that end with 1 because there is something left to do or to look at
FINDS = ("parse", "examine", "check", "import", "add")
LINE = re.compile(
    r"^(?: {4}| {8})((?:python build_scripts|duizhao|rsync|ssh|git|sha256sum|make) .*)$",
    re.MULTILINE,
)
TEXT = """示例市树木管理条例

（2031年3月1日示例市第一届人民代表大会常务委员会第四次会议通过）

第一条 为了保护树木，制定本条例。

第二条 任何人不得砍伐树木。

第三条 本条例自2031年5月1日起施行。
"""


def lines(language: str) -> list[str]:
    found = []
    for path in sorted((ROOT / f"docs/tool/{language}/guide").glob("*.md")):
        if path.name not in ELSEWHERE:
            found += [
                line.partition("  #")[0].rstrip() for line in LINE.findall(path.read_text("utf-8"))
            ]
    return found


def skipped(line: str) -> bool:
    return any(line.startswith(start) for start in SKIPPED)


def test_both_languages_have_the_same_commands() -> None:
    chinese = [
        line.replace("--language zh", "--language en").replace("社区", "community")
        for line in lines("zh")
    ]
    assert chinese == lines("en")


def test_nothing_is_skipped_that_is_not_there() -> None:
    unused = {s for s in SKIPPED if s != "make " and not any(x.startswith(s) for x in lines("en"))}
    assert unused == set()


@pytest.mark.slow
def test_every_command_of_the_guides_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("docs", "seeds", "translations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("seeds/witnesses/example.txt", "seeds/witnesses/page.txt", "example.txt"):
        Path(name).write_text(TEXT, encoding="utf-8")
    Path("passage.txt").write_text("为了保护树木，制定本条例。", encoding="utf-8")
    for to, name in (("docx", "law.docx"), ("docx", "review.docx"), ("tmx", "old.tmx")):
        assert main(["translate", "export", LAW, "--to", to, "--out", name]) == 0
    assert main(["build", "--no-pdf"]) == 0
    ran = 0
    for line in lines("en"):
        if skipped(line):
            continue
        words = shlex.split(line.replace(" LAW", f" {LAW}"))
        words = words[2:] if words[0] == "python" else words[1:]
        if words[0] == "build" and "--no-pdf" not in words:
            words.append("--no-pdf")
        code = main(words)
        assert code in ((0, 1) if any(w in FINDS for w in words[:2]) else (0,)), line
        ran += 1
    assert ran > 10
