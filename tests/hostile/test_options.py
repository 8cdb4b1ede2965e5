"""Hostile values in mkdocs.yml: refused in words that cannot drive a terminal, or harmless."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from duizhao.cli.main import main

_DRIVES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _told(
    site: Path, capsys: pytest.CaptureFixture[str], settings: str, *arguments: str
) -> tuple[int, str]:
    """Run a command with further settings; its exit code and all that it says."""
    path = site / "mkdocs.yml"
    path.write_text(settings, encoding="utf-8")
    code = main(["--root", str(site), *(arguments or ("check",))])
    shown = capsys.readouterr()
    told = shown.out + shown.err
    assert "Traceback" not in told
    assert not _DRIVES.search(told), repr(told)
    return code, told


def _settings(site: Path, **options: object) -> str:
    """mkdocs.yml of a site, some of it, or of its plugin's options, replaced."""
    text = (site / "mkdocs.yml").read_text("utf-8")
    for name, value in options.items():
        line = f"{name}: {json.dumps(value)}"
        if name == "site_url":
            text = re.sub(r"(?m)^site_url:.*\n", "", text) + line + "\n"
        else:
            text, count = re.subn(r"(?m)^( +)- duizhao:\n", rf"\g<0>\g<1>    {name}: OURS\n", text)
            assert count == 1, "the settings name the plugin and its options"
            text = re.sub(rf"(?m)^( +){name}: (?!OURS).*\n", "", text)
            text = text.replace(f"{name}: OURS", line)
    return text


ADDRESSES = [
    "javascript:alert(1)",
    "javascript://example.org/%0aalert(1)/",
    "data:text/html,x",
    "file:///etc/passwd",
    "file://host/etc/",
    "ftp://example.org/",
    "//example.org/",
    'https://example.org/"><script>alert(1)</script>/',
    "https://example.org/' onload='x/",
    "https://exa mple.org/",
    "https://name:word@example.org/",
    "https://example.org/\u202ex/",
    "https://example.org/\u200bx/",
    "https://example.org/?a=b",
    "https://example.org/#a",
    "https://example.org/\\x/",
    "https://example.org/\x9b31m/",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_that_is_none_is_refused(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    code, told = _told(tiny_copy, capsys, _settings(tiny_copy, site_url=url))
    assert code == 1
    assert "mkdocs.yml  configuration" in told
    assert "Do: " in told


@pytest.mark.parametrize(
    "url",
    ["", "https://example.org", "http://localhost:8000/a/b/", "https://法律.example/~x/%E6%B3%95/"],
)
def test_an_address_is_taken(tiny_copy: Path, capsys: pytest.CaptureFixture[str], url: str) -> None:
    _, told = _told(tiny_copy, capsys, _settings(tiny_copy, site_url=url))
    assert "configuration" not in told


LANGUAGES: list[list[str]] = [
    [],
    ["zh"],
    ["zh", "zh"],
    ["zh", "en", "en"],
    ["zh", "../en"],
    ["zh", "en/../../x"],
    ["zh", "<script>"],
    ["zh", ""],
    ["zh", ".."],
    ["zh", "CON"],
    ["zh", "e\u202en"],
    ["zh", "\x1b[31m"],
]


@pytest.mark.parametrize("languages", LANGUAGES, ids=ascii)
def test_languages_that_cannot_be_are_refused(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], languages: list[str]
) -> None:
    code, told = _told(tiny_copy, capsys, _settings(tiny_copy, languages=languages))
    assert code == 1
    assert re.search("^mkdocs.yml  (configuration|unsafe-name)  ", told), told


PRINTING: list[dict[str, object]] = [
    {"\x1b[31m": 1},
    {"paper": "\x9b31m"},
    {"paper": "../../x"},
    {"size": float("inf")},
    {"margin": -1},
    {"fonts": ["x\x00y"]},
    {"fonts": ["../nowhere"]},
    {"families": "x"},
    {"serif_zh": '"#eval("1")'},
    {"families": ["x\u202e"]},
    {"serif_zh": "\x1b]0;x\x07"},
]


@pytest.mark.parametrize("printing", PRINTING, ids=ascii)
def test_print_options_that_cannot_be_are_refused(
    tiny_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], printing: dict[str, object]
) -> None:
    settings = _settings(tiny_copy, printing=printing).replace("Infinity", ".inf")
    out = str(tmp_path / "out.pdf")
    code, told = _told(tiny_copy, capsys, settings, "pdf", "example-parks", "--out", out)
    assert code == 1
    assert re.search("(print-option|typesetting)  ", told), told
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize(
    "theme",
    ["{name: []}", "{name: x, custom_dir: [a]}", "[" * 5_000, f"{'{a: ' * 2_000}{'}' * 2_000}"],
    ids=lambda theme: str(theme)[:30],
)
def test_a_theme_of_another_kind_is_refused(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], theme: str
) -> None:
    """What MkDocs does not expect ended in a traceback."""
    settings = re.sub(r"(?m)^theme:\n(?: .*\n)+", "", _settings(tiny_copy))
    code, told = _told(tiny_copy, capsys, f"{settings}theme: {theme}\n")
    assert code == 1
    assert "mkdocs.yml  configuration  MkDocs refuses it: " in told


@pytest.mark.parametrize("option", ["seeds", "translations", "cache"])
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_folder_whose_name_has_a_nul_is_refused(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], option: str, command: str
) -> None:
    code, told = _told(tiny_copy, capsys, _settings(tiny_copy, **{option: "a\0b"}), command)
    assert code == 1
    assert f"mkdocs.yml  configuration  `{option}: a\\u0000b` cannot be" in told


@pytest.mark.parametrize("path", ["../../../../etc/passwd", '"><script>alert(1)</script>', "x.css"])
@pytest.mark.parametrize("option", ["extra_css", "extra_javascript"])
def test_sheets_and_scripts_from_outside_stop_the_build(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], option: str, path: str
) -> None:
    text = re.sub(rf"(?m)^{option}:.*\n(?:[ -].*\n)*", "", _settings(tiny_copy))
    settings = f"{text}{option}: {json.dumps([path])}\n"
    code, told = _told(tiny_copy, capsys, settings, "build", "--no-pdf")
    assert code == 1
    assert "dead-link" in told
    assert not (tiny_copy / "site").exists()


CACHES = ["seeds", "seeds/witnesses", "translations/en", ".", "", "../elsewhere", "/elsewhere"]


@pytest.mark.parametrize("cache", [*CACHES, "docs/x", "x\x00y"], ids=ascii)
def test_a_cache_that_is_no_folder_of_its_own_is_refused(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], cache: str
) -> None:
    settings = _settings(tiny_copy, cache=cache)
    there = sorted(tiny_copy.rglob("*"))
    code, told = _told(tiny_copy, capsys, settings, "build", "--no-pdf")
    assert code == 1
    assert ("`cache: x\\u0000y` cannot be" if "\0" in cache else "The cache cannot be") in told
    assert sorted(tiny_copy.rglob("*")) == there
