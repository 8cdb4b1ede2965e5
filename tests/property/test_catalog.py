"""A catalog written and read again says what it said."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polib
from hypothesis import given
from hypothesis import strategies as st

from duizhao.languages.catalog import catalog_from_file, save
from duizhao.languages.catalog_faults import REFUSED

# Everything that a text may hold; what cannot be seen or turns the direction is refused.
TEXT = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"),
        exclude_characters=[c for c in map(chr, range(0x110000)) if REFUSED.search(c)],
    )
    | st.sampled_from('"\\\n\t#%{}'),
    min_size=1,
    max_size=40,
)
EID = st.from_regex(r"\Aart_[1-9][0-9]?(__para_[1-9])?\Z")
HEADER = {"Language": "en", "Content-Type": "text/plain; charset=UTF-8"}


WHOLE = """# Translators of the example
# second line
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Generator: Poedit 3.4\\n"

# a remark
#  indented: exception translation-length: short
#. 第一条 | Article 1
#: law.txt:3
#, fuzzy, no-wrap
#| msgctxt "art_1"
#| msgid "旧"
msgctxt "art_1__para_1"
msgid "新\\n二"
msgstr ""
"New\\n"
"two, \\"quoted\\" 5% of\\ttab \\\\ back"

#| msgid "旧一"
#| msgid_plural "旧多"
msgctxt "art_2__para_1"
msgid "一"
msgid_plural "多"
msgstr[0] "one"
msgstr[1] "many"

#~ # kept
#~ msgctxt "art_9"
#~ msgid "旧文字"
#~ msgstr "Old words"
"""


def test_everything_in_a_catalog_survives(tmp_path: Path) -> None:
    """Previous text, flags, references, plurals, obsolete entries, several lines."""
    path = tmp_path / "law.po"
    path.write_text(WHOLE, encoding="utf-8")
    seen = []
    for _ in range(3):
        found = polib.pofile(path.read_text("utf-8"), wrapwidth=0)
        seen.append([[str(getattr(e, k)) for k in KEPT] for e in found])
        save(path, found.metadata, list(found), comment=found.header)
        assert found.metadata["X-Generator"] == "Poedit 3.4"
    assert seen[0] == seen[1] == seen[2]
    assert path.read_text("utf-8").startswith("# Translators of the example\n# second line\n")
    first, plural, old = polib.pofile(str(path), wrapwidth=0)
    assert (first.previous_msgctxt, first.previous_msgid) == ("art_1", "旧")
    assert first.msgstr == 'New\ntwo, "quoted" 5% of\ttab \\ back'
    assert first.flags == ["fuzzy", "no-wrap"]
    assert first.occurrences == [("law.txt", "3")]
    assert (plural.previous_msgid_plural, plural.msgstr_plural) == ("旧多", {0: "one", 1: "many"})
    assert (old.obsolete, old.msgctxt, old.msgstr) == (True, "art_9", "Old words")


KEPT = (
    "msgctxt", "msgid", "msgid_plural", "msgstr", "msgstr_plural", "flags", "obsolete",
    "comment", "tcomment", "occurrences",
    "previous_msgctxt", "previous_msgid", "previous_msgid_plural",
)  # fmt: skip


@given(st.dictionaries(EID, st.tuples(TEXT, TEXT, st.booleans()), max_size=5))
def test_read_after_write(entries: dict[str, tuple[str, str, bool]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "law.po"
        made = [
            polib.POEntry(msgctxt=eid, msgid=zh, msgstr=en, flags=["fuzzy"] if fuzzy else [])
            for eid, (zh, en, fuzzy) in entries.items()
        ]
        save(path, HEADER, made)
        first = path.read_bytes()
        read = catalog_from_file(path, language="en").entries
        assert {e.eid: (e.source, e.target, e.fuzzy) for e in read.values()} == entries
        lines = first.decode("utf-8").split("\n")
        for entry in read.values():
            assert lines[entry.line - 1] == entry.text == f'msgctxt "{entry.eid}"'
        save(path, HEADER, list(polib.pofile(str(path), wrapwidth=0)))
        assert path.read_bytes() == first
