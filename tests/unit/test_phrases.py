"""pypinyin's dictionaries take less memory and say the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypinyin

_LOADS = """
import json, os, sys
from duizhao.languages import pinyin
pinyin.load()
pinyin.load()  # nothing more
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
lists = {id(each) for said in PHRASES_DICT.values() for each in said}
names = [name for name in os.environ if name.startswith("PYPINYIN")]
spoken = pinyin.Readings().by_character("应当重新调解，银行行长长期行使职权")
texts = {id(said) for said in PINYIN_DICT.values()}
json.dump([PHRASES_DICT, len(lists), PINYIN_DICT, len(texts), names, spoken], sys.stdout)
"""


def _loaded(**variables: str) -> list[Any]:
    """Phrases in a process of its own, their lists, characters, their texts, variables, a text as read."""
    run = subprocess.run(
        [sys.executable, "-c", _LOADS],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **variables},
    )
    return list(json.loads(run.stdout))


def test_the_dictionaries_are_those_of_the_library_and_what_is_equal_is_one_object() -> None:
    phrases, lists, characters, texts, variables, spoken = _loaded()
    own = Path(pypinyin.__file__).parent
    assert phrases == json.loads((own / "phrases_dict.json").read_text("utf-8"))
    assert lists < 2_000 < len(phrases)
    assert characters == json.loads((own / "pinyin_dict.json").read_text("utf-8"))
    assert texts == len(set(characters.values()))
    assert variables == []  # a process that is started later would read no phrase
    assert "".join(spoken) == "yīngdāngchóngxīntiáojiěyínhánghángzhǎngchángqīxíngshǐzhíquán"


def test_a_variable_that_was_set_stays_as_it_was() -> None:
    *_, variables, _ = _loaded(PYPINYIN_NO_DICT_COPY="0")
    assert variables == ["PYPINYIN_NO_DICT_COPY"]
