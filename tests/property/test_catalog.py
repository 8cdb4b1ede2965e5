"""A catalog written and read again says what it said."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polib
from hypothesis import given
from hypothesis import strategies as st

from duizhao.catalog import catalog_from_file, save

# Everything that a text may hold; control characters and marks of direction are refused.
TEXT = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"),
        exclude_characters="\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
    | st.sampled_from('"\\\n\t#%{}'),
    min_size=1,
    max_size=40,
)
EID = st.from_regex(r"\Aart_[1-9][0-9]?(__para_[1-9])?\Z")
HEADER = {"Language": "en", "Content-Type": "text/plain; charset=UTF-8"}


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
