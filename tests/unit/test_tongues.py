"""Chinese on pages of other languages is marked, and titles are broken between words."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.writers.pages.tongues import by_words, marked, marked_html

ZH = '<span lang="zh-Hans-CN">{}</span>'.format


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("第一章 总　则", ZH("第一章 总　则")),
        ("《水法》（试行）", ZH("《水法》（试行）")),
        ("水法, Article 3", f"{ZH('水法')}, Article 3"),
        ("“燃” is a misreading of “然”.", f"“{ZH('燃')}” is a misreading of “{ZH('然')}”."),
        ("A < B & 乙", f"A &lt; B &amp; {ZH('乙')}"),
        ("General Provisions", "General Provisions"),
    ],
)
def test_chinese_is_marked_on_a_page_in_another_language(text: str, html: str) -> None:
    assert marked(text, "en") == html
    assert "lang" not in marked(text, "zh-Hans-CN")


@pytest.mark.parametrize(
    "html",
    [
        '<p class="zh" lang="zh-Hans-CN">第<em>一</em>条</p>',
        '<h2><span class="zh">第一条</span> <span class="en" lang="en">Article 1</span></h2>',
        '<a class="x" href="#" aria-label="中: Article 1">中</a>',
        '<b lang="zh-Hans-CN">水</b>',
    ],
)
def test_what_says_what_it_is_is_not_marked_again(html: str) -> None:
    assert marked_html(html, "en") == html
    assert marked_html(f"{html} 水", "en") == f"{html} {ZH('水')}"


@given(
    st.lists(st.sampled_from(["第一条", "水", "。", "“", "”", "（", "》", " a ", "<", "&", "1"]))
)
def test_nothing_is_changed_but_wrapped(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert unescape(re.sub("<[^>]*>", "", marked(text, "en"))) == text
    assert unescape(by_words(text).replace("<wbr>", "")) == text


def test_a_title_is_broken_between_words() -> None:
    assert by_words("中华人民共和国澳门特别行政区基本法").split("<wbr>")[3:] == [
        "澳门",
        "特别",
        "行政区",
        "基本法",
    ]
    assert by_words("终端的解释（二）、制作") == "终端的<wbr>解释（二）、制作"
