"""How a draft of edition.toml is written: its tables, their evidence, what they quote."""

from __future__ import annotations

import json
from collections.abc import Iterable

from duizhao.ground.problem_words import in_words

QUOTE = 16  # characters quoted at a range's beginning and end


def table(head: str, **values: object) -> str:
    """A TOML table under its header; keys with empty values are left out."""
    lines = [
        f"{key.rstrip('_')} = {_value(value)}"
        for key, value in values.items()
        if value not in ("", None, 0, []) or value is False
    ]
    return "\n".join([head, *lines])


def _value(value: object) -> str:
    """A value as TOML: JSON's strings and lists are TOML's too."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def evidence(why: Iterable[str], confidence: float) -> str:
    """A comment line with evidence and confidence, in Chinese as the draft is."""
    said = "，".join(in_words(each, "zh") for each in why)
    reason = f"{said}；" if said else ""
    return f"# {reason}置信度 {confidence:.2f}\n".replace("\n# ", " ")


def standing_once(text: str, start: int, end: int) -> str:
    """What stands there, with as much of what follows as makes it stand in `text` once; "" if nothing does."""
    while text.count(text[start:end]) > 1 and end < len(text):
        end += 1
    return text[start:end] if text.count(text[start:end]) == 1 else ""


def line_span(first: int, last: int) -> str:
    """Lines as edition.toml names them: "12-30", or "12"."""
    return str(first) if first == last else f"{first}-{last}"
