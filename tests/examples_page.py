"""The page of examples of problems, from the cases that the tests run."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

CASES = Path(__file__).parent / "cases"
WORDS = {
    "en": {
        "title": "Problem codes: bad and good examples",
        "made": (
            "This page is made from the cases that the tests run: each bad input does give the"
            " message shown. Where one place of a file was changed, the good input stands beside"
            " the bad one. What each code means and what to do stands in"
            " [Problem codes](problems.md)."
        ),
        "bad": "Bad",
        "good": "Good",
        "in": "In",
        "told": "The program says:",
        "absent": "(nothing there)",
    },
    "zh": {
        "title": "问题代码：错误与正确的例子",
        "made": (
            "本页由测试所用的例子生成：每个错误的输入确实得到所示的报告。只改动文件一处的，"
            "正确的输入列在错误的旁边。各代码的含义与处理见[问题代码](problems.md)。"
        ),
        "bad": "错误",
        "good": "正确",
        "in": "文件",
        "told": "程序报告：",
        "absent": "（此处没有文字）",
    },
}
_LONGEST = 400  # characters: a longer change shows less than its message does


def examples_page(language: str) -> str:
    """The page in a language: one example a code, those of files before translations."""
    words = WORDS[language]
    lines = [f"# {words['title']}", "", words["made"], ""]
    for path in sorted((CASES / "bad").glob("*.toml")):
        if "--" not in path.stem:
            lines += _of_file(path, words)
    for path in sorted((CASES / "translation").glob("*.toml")):
        if (CASES / "bad" / path.name).exists():
            continue
        lines += _of_translation(path, words)
    return "\n".join(lines).rstrip() + "\n"


def _heading(code: str) -> list[str]:
    return [f"## `{code}` {{#{code}}}", ""]


def _of_file(path: Path, words: dict[str, str]) -> Iterator[str]:
    case = tomllib.loads(path.read_text("utf-8"))
    yield from _heading(path.stem)
    changes = case.get("change", [])
    if len(changes) == 1 and "old" in changes[0]:
        (change,) = changes
        if max(len(change["old"]), len(change["new"])) <= _LONGEST:
            yield from (f"{words['in']} `{change['file']}`", "")
            for name, key in (("bad", "new"), ("good", "old")):
                yield from (f"{words[name]}:" if words is WORDS["en"] else f"{words[name]}：", "")
                yield from _block(change[key].strip("\n") or words["absent"])
    yield from (words["told"], "")
    said = path.with_suffix(".txt").read_text("utf-8").split("\n\n")
    own = [text for text in said if f"  {path.stem}  " in text]
    yield from _block((own or said)[0].rstrip("\n"))


def _of_translation(path: Path, words: dict[str, str]) -> Iterator[str]:
    case = tomllib.loads(path.read_text("utf-8"))
    yield from _heading(path.stem)
    yield from ("| | 中文 | English |", "| --- | --- | --- |")
    for name in ("bad", "good"):
        pair = case[name][0]
        zh, en = (f"`{pair[key]}`".replace("|", "\\|").replace("\n", " ") for key in ("zh", "en"))
        yield f"| {words[name]} | {zh} | {en} |"
    yield ""


def _block(text: str) -> Iterator[str]:
    """A fenced block, its fence longer than any in it."""
    fence = "````" if "```" in text else "```"
    yield from (f"{fence}text", *text.split("\n"), fence, "")
