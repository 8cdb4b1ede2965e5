"""The accounting law: every non-blank line is used once, or omitted by a named decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from duizhao.editing.accounting import Edited, check_accounting, fates
from duizhao.editing.decisions import Decisions, decisions_from_toml
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.ground.numerals import chinese
from duizhao.ground.text import Piece, Text
from duizhao.parser.edition import Edition, Unit, units
from duizhao.site.pipeline import Site
from duizhao.sources.witness import Witness, witness_from_text

WORDS = st.text("公园管理单位应当游人不得损毁文物，,;“”()（）1a ", min_size=1, max_size=12).map(
    lambda words: "甲" + words.strip() + "。"
)


@st.composite
def scrambled(draw: st.DrawFn) -> tuple[Decisions, Witness]:
    """A law whose lines stand on the page in any order, between lines that are no law."""
    count = draw(st.integers(1, 6))
    law = ["示例市湖泊条例"]
    for number in range(1, count + 1):
        law.append(f"第{chinese(number)}条　{draw(WORDS)}")
        law.extend(draw(st.lists(WORDS, max_size=2)))
    noise = draw(st.lists(WORDS, max_size=4))
    page = draw(
        st.permutations([(n, text) for n, text in enumerate(law)] + [(-1, t) for t in noise])
    )
    lines, place, omitted = list[str](), dict[int, int](), list[int]()
    for index, text in page:
        lines.extend([""] * draw(st.integers(0, 2)))
        lines.append(text)
        if index == -1:
            omitted.append(len(lines))
        else:
            place[index] = len(lines)
    toml = ['[law]\nid = "lake"\n\n[[witness]]\nfile = "x"\nsha256 = "x"\ndescription = "x"\n']

    def entry(table: str, number: int, more: str) -> str:
        text = lines[number - 1].strip()
        return (
            f"[[{table}]]\nlines = '{number}'\nbegins = '''{text}'''\nends = '''{text}'''\n{more}"
        )

    toml += [entry("read", place[n], "") for n in range(len(law))]
    toml += [
        entry("omit", n, f'id = "noise-{n}"\nkind = "furniture"\nwhy = "不是法规文字。"\n')
        for n in omitted
    ]
    witness = witness_from_text("\n".join(lines), name="page.txt")
    return decisions_from_toml("\n".join(toml), path="edition.toml"), witness


def edited(decisions: Decisions, witness: Witness) -> Edited:
    return decisions, edition_from_decisions(decisions, witness)


_PARTS = (
    "title", "adoption_note", "body", "heading", "lead", "items", "tail", "unit", "subitems",
)  # fmt: skip


def without(edition: Edition, eid: str, at: int) -> Edition:
    """The edition without character `at` of one unit, wherever the unit stands."""

    def walk(node: Any) -> Any:
        if isinstance(node, tuple):
            return tuple(walk(n) for n in node)
        if isinstance(node, Unit):
            return replace(node, text=shorter(node.text)) if node.eid == eid else node
        parts = {n: v for n in _PARTS if not isinstance(v := getattr(node, n, ""), str) and v}
        return replace(node, **{n: walk(v) for n, v in parts.items()})

    def shorter(text: Text) -> Text:
        return text.cut(0, at) + text.cut(at + 1)

    result: Edition = walk(edition)
    return result


@given(scrambled())
def test_lines_in_any_order_are_all_accounted_for(law: tuple[Decisions, Witness]) -> None:
    decisions, witness = law
    both = edited(decisions, witness)
    assert list(check_accounting(witness, [both])) == []
    kinds = [f.kind for f in fates(witness, [both])]
    assert kinds.count("omitted") == len(decisions.omit)
    assert kinds.count("used") == len(decisions.read)
    assert kinds.count("unaccounted") == 0
    assert len(kinds) == len(witness.lines)


@given(scrambled(), st.data())
def test_a_line_that_no_decision_names_is_found(
    law: tuple[Decisions, Witness], data: st.DataObject
) -> None:
    decisions, witness = law
    number = data.draw(
        st.integers(0, len(decisions.read) + len(decisions.omit) - 1), label="dropped"
    )
    reads, omits = list(decisions.read), list(decisions.omit)
    gone = reads.pop(number) if number < len(reads) else omits.pop(number - len(reads))
    smaller = replace(decisions, read=tuple(reads), omit=tuple(omits))
    assume(number > 0 and _is_law(smaller, witness))  # else nothing is left to publish
    found = list(check_accounting(witness, [edited(smaller, witness)]))
    assert [(p.code, p.position.line) for p in found] == [("line-unaccounted", int(gone.lines))]


def _is_law(decisions: Decisions, witness: Witness) -> bool:
    """Whether the lines that are left still hold a first article."""
    return any(witness.line(int(r.lines)).text.startswith("第") for r in decisions.read)


@given(scrambled(), st.data())
def test_a_character_that_is_dropped_is_found(
    law: tuple[Decisions, Witness], data: st.DataObject
) -> None:
    decisions, witness = law
    _, edition = edited(decisions, witness)
    unit = data.draw(st.sampled_from([u for u in units(edition) if str(u.text)]), label="unit")
    words = str(unit.text)
    at = data.draw(st.sampled_from([n for n, c in enumerate(words) if not c.isspace()]), label="at")
    poorer = without(edition, unit.eid, at)
    assert {u.eid: str(u.text) for u in units(poorer)}[unit.eid] == words[:at] + words[at + 1 :]
    found = list(check_accounting(witness, [(decisions, poorer)]))
    assert [p.code for p in found] in (["text-lost"], ["line-unaccounted"])
    assert found[0].position.line == unit.text.lines[0]
    if found[0].code == "text-lost":
        assert found[0].position.text[found[0].position.column - 1] == words[at]


@given(scrambled(), st.data())
def test_a_line_printed_by_two_laws_is_found(
    law: tuple[Decisions, Witness], data: st.DataObject
) -> None:
    decisions, witness = law
    both = edited(decisions, witness)
    codes = {p.code for p in check_accounting(witness, [both, both])}
    assert codes == {"text-twice"}


def _pieces(edition: Edition) -> Iterator[Piece]:
    for unit in units(edition):
        yield from unit.text


def test_every_piece_of_the_real_editions_stands_in_the_witness(real: Site) -> None:
    """What an edition says the witness has in a place is what stands there."""
    for law in real.laws:
        pieces = [p for p in _pieces(law.edition) if p.original]
        assert len(pieces) > 25
        for piece in pieces:
            line = law.witness.line(piece.line).text
            assert line[piece.column : piece.column + len(piece.original)] == piece.original
