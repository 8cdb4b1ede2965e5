"""pypinyin's dictionaries in less than half the memory that they take as the library loads them.

It reads them from JSON: each of 150,000 syllables of phrases is a list of its own, around a text
of its own, and 42,000 characters have as many texts, of which 8,600 differ.  Where processes share
what is there once, less of it is copied, too: Python counts in each object who refers to it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: What has pypinyin load no phrases, and make no second dictionary of what it loads.
_BARE = ("PYPINYIN_NO_PHRASES", "PYPINYIN_NO_DICT_COPY")


def load_small() -> None:
    """Load pypinyin, what is equal in its dictionaries as one object; nothing where it is loaded.

    What was read is left behind whole, no part of it in what stays: Python gives memory back by
    the megabyte, and keeps each in which one object is left.
    """
    if "pypinyin" in sys.modules:
        return
    with _set(_BARE):
        from pypinyin import load_phrases_dict  # noqa: PLC0415 - as it is set
        from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415
        from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415
    own_texts = {text: _copied(text) for text in {*pinyin_dict.values()}}
    characters = {character: own_texts[said] for character, said in pinyin_dict.items()}
    pinyin_dict.clear()
    pinyin_dict.update(characters)
    syllables: dict[tuple[str, ...], list[str]] = {}
    small: dict[str, list[list[str]]] = {}
    for phrase, lists in phrases_dict.items():
        said = [*map(tuple, lists)]
        for each in said:
            if each not in syllables:
                own = [*map(_copied, each)]
                syllables[tuple(own)] = own
        small[_copied(phrase)] = [syllables[each] for each in said]
    phrases_dict.clear()
    load_phrases_dict(small)


def _copied(text: str) -> str:
    """An equal text that is another object."""
    return f"{text}."[:-1]


@contextmanager
def _set(names: tuple[str, ...]) -> Iterator[None]:
    """Meanwhile these variables are set; processes that are started later have them not."""
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
