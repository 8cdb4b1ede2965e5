from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from duizhao.languages.ui import direction_of, interface_from_file
from duizhao.site.pipeline import Site


def test_dates_numbers_and_shares_in_each_language(tiny: Site) -> None:
    zh, en = tiny.interfaces["zh"], tiny.interfaces["en"]
    assert (zh.date("2024-09-26"), en.date("2024-09-26")) == ("2024年9月26日", "September 26, 2024")
    assert zh.date("") == ""
    assert (zh.number(12345), en.number(12345)) == ("12,345", "12,345")
    assert en.percent(0.93) == "93%"


def test_messages_and_plurals(tiny: Site) -> None:
    zh, en = tiny.interfaces["zh"], tiny.interfaces["en"]
    assert (zh("Glossary"), en("Glossary")) == ("术语表", "Glossary")
    assert [en.plural("{n} gap", "{n} gaps", n) for n in (1, 2)] == ["1 gap", "2 gaps"]
    assert [zh.plural("{n} gap", "{n} gaps", n) for n in (1, 2)] == ["1处缺文", "2处缺文"]
    assert en("Rendering: {source}", source="{x}") == "Rendering: {x}"


def test_a_message_with_a_plural_is_said_alone_too(real: Site) -> None:
    chinese, english = real.interfaces["zh"], real.interfaces["en"]
    assert (chinese("gap"), chinese.plural("gap", "gaps", 2)) == ("缺文", "缺文")
    assert (english("gap"), english.plural("gap", "gaps", 2)) == ("gap", "gaps")


def test_what_a_language_is_called(tiny: Site) -> None:
    zh, en = tiny.interfaces["zh"], tiny.interfaces["en"]
    assert (zh.tag, zh.name, zh.direction) == ("zh-Hans-CN", "中文", "ltr")
    assert (en.tag, en.name) == ("en", "English")


def test_a_catalog_that_does_not_say_when_it_was_begun_is_the_same_at_any_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "en/LC_MESSAGES/ui.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "law"\nmsgstr "Act"\n', "utf-8")
    found = set()
    for year in (2001, 2002):

        class Clock(dt.datetime):
            @classmethod
            def now(cls, tz: dt.tzinfo | None = None, year: int = year) -> Clock:
                return cls(year, 1, 1, tzinfo=tz)

        monkeypatch.setattr("babel.messages.catalog.datetime.datetime", Clock)
        found.add(interface_from_file(tmp_path, "en").digest)
    assert len(found) == 1


def test_a_language_without_catalog_speaks_english(tmp_path: Path) -> None:
    assert interface_from_file(tmp_path, "fr")("Glossary") == "Glossary"
    assert interface_from_file(tmp_path, "ar").direction == "rtl"


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ug-CN", "rtl"), ("kk-Arab-CN", "rtl"), ("pa-Arab", "rtl"), ("uz-Arab", "rtl"),
        ("ar-XX", "rtl"), ("sd-Deva", "ltr"), ("pa", "ltr"), ("mn-Mong", "ltr"), ("xx", "ltr"),
        ("zh-Latn-pinyin", "ltr"),
    ],
)  # fmt: skip
def test_a_script_has_its_direction(tmp_path: Path, tag: str, direction: str) -> None:
    assert direction_of(tag) == direction
    assert interface_from_file(tmp_path, tag).direction == direction


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_real_interface(real: Site, language: str) -> None:
    """The words that join a list are words, not the message's name."""
    assert real.interfaces[language]("list separator") != "list separator"
