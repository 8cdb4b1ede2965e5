"""A page saved as one file (.mhtml), and preformatted text in a page."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from duizhao.ground.problems import DuizhaoError
from duizhao.sources.readers import text_from_bytes

PAGE = "<html><head><meta charset='{}'></head><body><p>某市条例<p>第一条　甲。</body></html>"


def _archive(*parts: MIMEText) -> bytes:
    archive = MIMEMultipart("related", type="text/html")
    archive["From"] = "<Saved by a browser>"
    archive["Subject"] = "某市条例"
    for part in parts:
        archive.attach(part)
    return archive.as_bytes()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.txt"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_page_of_a_web_archive_is_read(name: str, charset: str) -> None:
    """“No article was found”, and “check that it is the text of a law”."""
    style = MIMEText("p { color: red }", "css")
    frame = MIMEText("<p>第九条　广告。", "html", "utf-8")
    page = MIMEText(PAGE.format(charset), "html", charset)
    data = _archive(style, page, frame)
    assert text_from_bytes(data, name=name) == "某市条例\n第一条　甲。"
    assert text_from_bytes(b"\r\n" + data.replace(b"\n", b"\r\n"), name=name).startswith("某市")


@pytest.mark.parametrize("page", [MIMEText("甲", "plain", "utf-8"), MIMEText("", "html", "utf-8")])
def test_a_web_archive_without_a_page_is_refused(page: MIMEText) -> None:
    with pytest.raises(DuizhaoError) as caught:
        text_from_bytes(_archive(page), name="a.mhtml")
    assert [p.code for p in caught.value.problems] == ["witness-format"]


def test_archives_within_archives_without_end_are_refused() -> None:
    head = "Content-Type: multipart/related; boundary=b{0}\n\n--b{0}\n"
    data = "MIME-Version: 1.0\n" + "".join(map(head.format, range(1000))) + "\n<p>甲</p>"
    with pytest.raises(DuizhaoError, match="witness-format"):
        text_from_bytes(data.encode(), name="a.mhtml")


def test_a_text_with_something_like_a_header_is_a_text() -> None:
    text = "From: 某市\n\n第一条　甲。\nContent-Type: multipart/related\n"
    assert text_from_bytes(text.encode(), name="a.txt") == text


def test_preformatted_lines_stay_lines() -> None:
    """The whole law was one line."""
    page = "<!doctype html><pre>某市条例\n<b>第一条</b>　甲。\n\n第二条　乙<br>（一）丙\n</pre><p>丁\n戊。"
    assert text_from_bytes(page.encode(), name="a.html").split("\n") == [
        "某市条例", "第一条　甲。", "第二条　乙", "（一）丙", "丁戊。",
    ]  # fmt: skip
