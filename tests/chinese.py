"""Whether a problem said in Chinese has English left in it."""

from __future__ import annotations

import re

from duizhao.ground.problem_words import spoken
from duizhao.ground.problems import Problem

_VALUES = re.compile(r"“[^”]*”|‘[^’]*’|`[^`]*`|\[\[?[\w.]+\]\]?|<[^>]*>")
_ENGLISH = re.compile(r"\b[A-Za-z][a-z]+\b(?: \b[A-Za-z]?[a-z]+\b)+")
#: After the colon stand the words of a library, which speaks English only.
_OF_LIBRARIES = re.compile("configuration|render|typesetting|.*-(syntax|xml|broken)")


def english_left(problem: Problem) -> list[str]:
    """Runs of English words in a problem's Chinese message and hint, quoted values aside.

    Also the message or hint as a whole where it has no Chinese at all.
    """
    lines = spoken(problem, "zh").split("\n")
    said = [lines[0].partition(f"  {problem.code}  ")[2]]
    said += [line.removeprefix("  处理：") for line in lines[1:] if line.startswith("  处理：")]
    if _OF_LIBRARIES.fullmatch(problem.code):
        said = [text.partition("：")[0] for text in said]
    left = [words for text in said for words in _ENGLISH.findall(_VALUES.sub("", text))]
    return left + [text for text in said if not re.search("[\u4e00-\u9fff]", text)]
