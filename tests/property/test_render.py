"""Texts that are HTML as they stand are found for certain, whatever stands in them."""

from hypothesis import given
from hypothesis import strategies as st

from duizhao.building.pages.render import html_of, rendered_html, spoken_on
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import Page
from duizhao.writers.decorate import decorated
from duizhao.writers.pages.inline import escape, line_start

#: Much of what Markdown, HTML or this program might take for more than a text.
_TEXT = st.text(
    st.sampled_from("第一条，（）“”\"'<>&[](){}*_`!|#+-=~^:.1 \u3000\t\\/@\ufdd0\ufdd1a\u0301"),
    max_size=12,
)
_WORDS = st.lists(st.tuples(_TEXT, st.sampled_from(["", "dì-yī", "yán’àn"])), max_size=4)


def _ruby(words: list[tuple[str, str]]) -> str:
    return "".join(
        f"<ruby>{escape(word)}<rt>{over}</rt></ruby>" if over else escape(word)
        for word, over in words
    )


@given(st.lists(st.tuples(_TEXT, _WORDS), min_size=1, max_size=3))
def test_a_page_is_the_same(tiny: Site, blocks: list[tuple[str, list[tuple[str, str]]]]) -> None:
    rows = ["# 第一章 {#chp_1 lang=zh-Hans-CN}"]
    for number, (text, words) in enumerate(blocks):
        zh, linked = line_start(_ruby(words)) or "x", escape(text) or "x"
        rows += [
            f"## {_ruby(words)} 条 {{#art_{number} .art lang=zh-Hans-CN}}",
            f"[§](#art_{number}) [全](full.md#art_{number}){{.w}}\n{{: .m }}",
            f"{line_start(escape(text)) or 'x'}\n{{: .zh lang=zh-Hans-CN }}",
            f"{line_start(escape(text)) or 'x'}\n{{: .en lang=en }}",
            f"{zh}[{linked}](#term-x)[{_ruby(words) or 'x'}](full.md#x){{.r}}\n{{: .zh lang=zh-Hans-CN }}",
        ]
    text = "\n\n".join(rows) + "\n"
    page = Page(path="zh/x/chapter-1.md", markdown=text, language="zh", kind="leaf", title="x")
    assert rendered_html(tiny, page) == decorated(
        html_of(text, page.path), spoken_on(tiny, page), "leaf"
    )
