"""Hostile files given to `translate import`: refused whole, or taken in as text and no more."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import polib
import pytest
from tests.hostile.payloads import PAYLOADS

from duizhao.cli.main import main
from duizhao.languages.exchange.import_ import tidy

LAW = "example-parks"
PO = "translations/en/LC_MESSAGES/example-parks.po"
_DRIVES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the cache, by its path from there."""
    found = {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and ".cache" not in p.parts
    }
    assert PO in found or "copy/" + PO in found
    return found


def imported(
    site: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes
) -> tuple[int, str]:
    """Import a file; the exit code and all that was said, nothing of which drives a terminal."""
    file = site.parent / name
    file.write_bytes(data)
    code = main(["--root", str(site), "translate", "import", str(file), LAW])
    file.unlink()
    shown = capsys.readouterr()
    told = shown.out + shown.err
    assert "Traceback" not in told
    assert not _DRIVES.search(told), repr(told)
    return code, told


def tmx(source: str, target: str, head: str = "") -> bytes:
    unit = '<tu><prop type="x-eid">{}</prop><tuv xml:lang="zh"><seg>{}</seg></tuv>'
    unit += '<tuv xml:lang="en"><seg>{}</seg></tuv></tu>'
    body = unit.format("toc", source, target)
    return f'{head}<tmx version="1.4"><header/><body>{body}</body></tmx>'.encode()


def xliff(eid: str, source: str, target: str, head: str = "", law: str = LAW) -> bytes:
    return (
        f'{head}<xliff version="1.2"><file original="{law}" source-language="zh"'
        f' target-language="en"><body><trans-unit id="{eid}" approved="yes"><source>{source}</source>'
        f"<target>{target}</target></trans-unit></body></file></xliff>"
    ).encode()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(10))
HEADS = {
    "laughs": (f"<!DOCTYPE x [{LAUGHS}]>", "&l9;"),
    "file": ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
    "network": ('<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>', "&e;"),
    "parameter": ('<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>', "x"),
    "unused": ('<!DOCTYPE x [<!ENTITY e "x">]>', "x"),
}


@pytest.mark.parametrize("kind", ["tmx", "xlf"])
@pytest.mark.parametrize("head", HEADS)
def test_entities_are_refused(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], kind: str, head: str
) -> None:
    before = files(tiny_copy.parent)
    doctype, text = HEADS[head]
    data = tmx("目录", text, doctype) if kind == "tmx" else xliff("toc", "目录", text, doctype)
    code, told = imported(tiny_copy, capsys, f"x.{kind}", data)
    assert code == 1
    assert re.search("exchange-(entities|xml)", told), told
    assert "root:" not in told
    assert files(tiny_copy.parent) == before


@pytest.mark.parametrize("kind", ["tmx", "xlf"])
def test_xml_without_end_is_refused(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    before = files(tiny_copy.parent)
    deep = "<g>" * 100_000 + "x" + "</g>" * 100_000
    data = tmx("目录", deep) if kind == "tmx" else xliff("toc", "目录", deep)
    code, told = imported(tiny_copy, capsys, f"x.{kind}", data)
    assert code == 1
    assert "exchange-xml" in told
    assert files(tiny_copy.parent) == before


@pytest.mark.parametrize("hostile", ["../../../../etc/passwd", "\u202e\x9b31m", "&lt;script&gt;"])
def test_names_of_laws_and_provisions_are_no_paths(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], hostile: str
) -> None:
    before = files(tiny_copy.parent)
    code, told = imported(tiny_copy, capsys, "x.xlf", xliff("toc", "目录", "Contents", law=hostile))
    assert code == 1
    assert "exchange-wrong-law" in told
    assert files(tiny_copy.parent) == before
    code, told = imported(tiny_copy, capsys, "x.xlf", xliff(hostile, "甲", "A"))
    assert code == 1
    assert "exchange-" in told
    assert files(tiny_copy.parent) == before


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _document(**replaced: bytes) -> dict[str, bytes]:
    """The parts of a .docx, `document` replaced."""
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Article 1 Text.")
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert "word/document.xml" in parts
    return parts | {f"word/{name}.xml": data for name, data in replaced.items()}


_BODY = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"
)
ARCHIVES = {
    "bomb": _document(document=_BODY % (b"a" * 300 * 1024 * 1024)),
    "laughs": _document(document=f"<!DOCTYPE x [{LAUGHS}]>".encode() + _BODY % b"&l9;"),
    "file": _document(
        document=HEADS["file"][0].encode() + _BODY % b"Article 1 &e;",
    ),
    "outside": {"../../escaped.txt": b"x", "/escaped.txt": b"x"},
    "many": _document() | {f"x{n}": b"" for n in range(20_000)},
}


@pytest.mark.parametrize("archive", ARCHIVES)
def test_archives_are_never_unpacked_onto_the_disk_or_beyond_measure(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], archive: str
) -> None:
    before = files(tiny_copy.parent)
    code, told = imported(tiny_copy, capsys, "x.docx", _zip(ARCHIVES[archive]))
    assert code == 1
    assert re.search("(docx|exchange|witness)-", told), told
    assert "root:" not in told
    assert files(tiny_copy.parent) == before


def test_members_that_lead_outside_stay_inside_of_a_whole_document(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(tiny_copy.parent)
    parts = {**_document(), "../../escaped.txt": b"x", "word/../../../escaped.txt": b"x"}
    imported(tiny_copy, capsys, "x.docx", _zip(parts))
    assert set(files(tiny_copy.parent)) == set(before)


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("kind", ["tmx", "xlf", "po"])
def test_a_payload_comes_in_as_text_and_leaves_a_catalog_that_can_be_read(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], kind: str, name: str
) -> None:
    payload = PAYLOADS[name]
    path = tiny_copy / PO
    found = polib.pofile(str(path), wrapwidth=0)
    for entry in found:
        if entry.msgctxt == "toc":
            entry.msgstr, entry.flags = "", []
    found.save(str(path))
    before = files(tiny_copy.parent)
    if kind == "po":
        given = polib.POFile(wrapwidth=0)
        given.metadata = found.metadata
        given.append(polib.POEntry(msgctxt="toc", msgid="目录", msgstr=payload))
        data = str(given).encode()
    else:
        text = escape(_NO_XML.sub("", payload))
        data = tmx("目录", text) if kind == "tmx" else xliff("toc", "目录", text)
    code, told = imported(tiny_copy, capsys, f"x.{kind}", data)
    assert code in (0, 1)
    assert set(files(tiny_copy.parent)) == set(before)
    (entry,) = (e for e in polib.pofile(str(path), wrapwidth=0) if e.msgctxt == "toc")
    if code == 0:
        assert entry.msgstr == tidy(_NO_XML.sub("", payload))
        assert not _DRIVES.search(entry.msgstr)
    else:
        assert entry.msgstr == ""
        assert re.search("catalog-|exchange-", told), told
