"""A second count of articles, chapters, sections and items: plain expressions over raw lines.

Imports nothing of the parser and shares nothing with it, so that agreement means something.
"""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

NUM = "[一二三四五六七八九十百千零〇]+"
ARTICLE = re.compile(rf"第\s*{NUM}\s*条(之{NUM})?(\s|【|$)")
HEADING = re.compile(
    rf"第\s*({NUM})\s*(分编|编|章|节)(\s|(?=[^的规所，。、；]))[^。；，：]{{0,40}}$"
)
BARE = re.compile(r"附\s*则$")
ITEM = re.compile(rf"[（(]\s*({NUM}|[0-9]+)\s*[）)]")
RUN_ON = re.compile(rf"(?<=[：:；;])\s*[（(]({NUM}|[0-9]+)[）)]")
POINT = re.compile(rf"{NUM}、")
NAME = re.compile(rf"(?!{NUM}、)[\u4e00-\u9fff、]{{2,24}}(?<![、])$")
ANNEX = re.compile(r"(附件|附录|附表)\s*([一二三四五六七八九十0-9]*)\s*([：:]|\s|$)|附\s*[：:]")


def raw_lines(path: Path) -> list[str]:
    """The non-blank lines of a .txt, or the paragraphs of a .docx."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            xml = archive.read("word/document.xml").decode("utf-8")
        lines = []
        for paragraph in re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL):
            marks = re.sub(r"<w:(br|cr)\b[^>]*/>", "\n", paragraph)
            runs = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(\n)|(<w:tab/>)", marks)
            text = "".join(html.unescape(t) or n or " " for t, n, _ in runs)
            lines.extend(text.split("\n"))
    else:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    return [tight for line in lines if (tight := line.strip().strip("\u200b").strip())]


def count(lines: list[str]) -> dict[str, int]:
    """Headings (chapters and sections), articles and items of a text's non-blank lines."""
    first = next((i for i, line in enumerate(lines) if ARTICLE.match(line)), len(lines))
    if first == len(lines):
        return count_decision(lines)
    end = next((i for i, line in enumerate(lines) if i > first and ANNEX.match(line)), len(lines))
    openings = [
        i
        for level in "编章"
        for i, line in enumerate(lines[:first])
        if (m := HEADING.match(line)) and m[1] == "一" and m[2] == level
    ]
    begin = openings[-1] if openings else first
    if openings and any((m := HEADING.match(x)) and m[2] == "编" for x in lines[begin - 1 : begin]):
        begin -= 1
    body = lines[begin:end]
    found = {"heading": 0, "article": 0, "item": 0}
    for at, line in enumerate(body):
        heading = HEADING.match(line)
        follower = body[at + 1] if at + 1 < len(body) else ""
        named = NAME.match(line) and ARTICLE.match(follower) and at and _ended(body[at - 1])
        if BARE.match(line) or (heading and heading[2] in "章节") or named:
            found["heading"] += 1
        elif ARTICLE.match(line):
            found["article"] += 1
        elif ITEM.match(line):
            found["item"] += 1
        found["item"] += len(RUN_ON.findall(line))
    return found


def _ended(line: str) -> bool:
    """Whether a line is a short chapter heading or ends a sentence."""
    return bool(re.search(r"[。”）)》]$", line) or re.fullmatch(rf"第{NUM}章\s*\S{{1,11}}", line))


def count_decision(lines: list[str]) -> dict[str, int]:
    """The same for a text without 第X条, whose units are 一、二、."""
    first = next((i for i, line in enumerate(lines) if POINT.match(line)), len(lines))
    body = lines[first:]
    return {
        "heading": sum(bool((m := HEADING.match(x)) and m[2] in "章节") for x in lines),
        "article": sum(bool(POINT.match(line)) for line in body),
        "item": sum(bool(ITEM.match(line)) + len(RUN_ON.findall(line)) for line in body),
    }
