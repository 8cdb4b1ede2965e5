"""The report of an examination, for an editor at a terminal, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.editing.checks import check_structured
from duizhao.editing.decisions import Query, decisions_from_toml
from duizhao.editing.examine.astray import astray_in
from duizhao.editing.examine.doubts import NUMBER
from duizhao.editing.examine.findings import (
    Examination,
    LawFound,
    confidence_of,
    groups_of,
    is_join,
    turned,
)
from duizhao.editing.examine.gaps import gaps_of
from duizhao.editing.examine.propose import proposal
from duizhao.editing.examine.runs import Run
from duizhao.ground.numerals import chinese
from duizhao.ground.problem_words import mark, said
from duizhao.ground.problems import Problem, counted, visible
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness

_OF_LINES = (
    "brackets-unpaired",
    "character-lookalike",
    "foreign-word",
    "halfwidth-punctuation",
    "heading-broken",
    "heading-unnumbered",
    "invisible-character",
    "number-lookalike",
    "number-spaced",
)


def report_lines(found: Examination) -> Iterator[str]:
    """The report: what the page is, what broke, what repeats, each law in order.

    In the language of the command.
    """
    texts, laws = counted(len(found.rows), "line", "lines"), counted(len(found.laws), "law", "laws")
    yield said(f"{found.witness.name}: {texts} with text, {laws} told apart")
    yield ""
    breaks = len(found.runs) - 1
    yield said(f"Breaks ({breaks}): where the text does not go on to the next line")
    for run in found.runs[1:]:
        yield f"  {_at(run.head.line)}  {said(run.why)}{mark(': ')}{run.head.text[:24]}"
    yield ""
    yield said(f"Repetitions ({len(found.repeats)})")
    for repeat in found.repeats:
        places = mark(", ").join(str(found.rows[at].line) for at in repeat.rows)
        how = said("the same") if repeat.exact else said("nearly the same")
        words = found.rows[repeat.rows[0]].words[:24]
        yield f"  {said(f'lines {places}')}{mark(': ')}{how}{mark(': ')}{words}…"
    for law in found.laws:
        yield ""
        yield from _law(found, law)
    yield from _defects(found)
    if found.unplaced:
        yield ""
        yield said("Not placed: no law they could go on from")
        for run in found.unplaced:
            yield f"  {_span(found, run)}{mark(': ')}{run.head.text[:32]}…"


def _at(line: int) -> str:
    return said(f"line {line:>5}")


def _span(found: Examination, run: Run) -> str:
    lines = said(f"lines {run.head.line}-{run.end.line}")
    return lines + (said(" (in turn with others)") if len(groups_of(found, run)) > 1 else "")


def defects_of(found: Examination) -> list[Problem]:
    """The defects that do not depend on the order of the lines, which is not settled yet."""
    structured = editions_from_reading(reading_from_witness(found.witness))
    return [p for p in check_structured(found.witness, structured) if p.code in _OF_LINES]


def _defects(found: Examination) -> Iterator[str]:
    """The same as lines, each code with its places."""
    by_code: dict[str, list[Problem]] = {}
    for problem in defects_of(found):
        by_code.setdefault(problem.code, []).append(problem)
    if by_code:
        yield ""
        yield said("Defects within lines")
    for code, problems in sorted(by_code.items()):
        first = problems[0]
        more = said(f" ({len(problems) - 1} more)") if len(problems) > 1 else ""
        yield f"  {_at(first.position.line)}  {code}{mark(': ')}{said(first.message)}{more}"


def _law(found: Examination, law: LawFound) -> Iterator[str]:
    yield said(f"Law: {law.title}") if law.title else said("Law: no title found")
    for run in law.front:
        yield f"  {said('front matter')}{mark(': ')}{_span(found, run)}"
    yield f"  {said('begins')}{mark(': ')}{_span(found, law.chain.runs[0])}"
    for link in law.chain.links:
        lines, before, odds = _span(found, link.after), link.before.end.line, confidence_of(link)
        if is_join(link):
            then = said(f"then {lines}, joined to line {before} (confidence {odds:.2f})")
        else:
            then = said(f"then {lines}, after line {before} (confidence {odds:.2f})")
        yield f"  {then}{mark(': ')}{mark('; ').join(map(said, link.evidence))}"
    for run, other in astray_in(found, law):
        title = found.laws[other].title
        of = f"“{visible(title)}”" if title else said("a law without a title")
        lines = _span(found, run)
        told = said(f"{lines} have the words of {of}: numbers alone may have put them here")
        yield f"  {told}"
    for dropped in law.dropped:
        repeats = said(f"line {dropped.row.line} repeats line {dropped.kept.line}")
        if dropped.number:
            repeats += said(f" (printed as 第{chinese(dropped.number)}条)")
        sure = said(f" (confidence {dropped.confidence:.2f})")
        yield f"  {repeats}{mark(': ')}{said(dropped.evidence)}{sure}"
    for gap in gaps_of(law, turned=turned(found, law)):
        if gap.after:
            gap_said = said(f"gap after line {gap.after} (confidence {gap.confidence:.2f})")
        else:
            gap_said = said(f"gap before line {gap.before} (confidence {gap.confidence:.2f})")
        yield f"  {gap_said}{mark(': ')}{gap.what}"
    for query in doubted_numbers(found, law):
        doubt = said(f"line {query.line}: the number {query.text} is in doubt")
        if query.proposal:
            doubt += said(f" (its neighbours say {query.proposal})")
        yield f"  {doubt}"


def doubted_numbers(found: Examination, law: LawFound) -> list[Query]:
    """The numbers of a law that are misread, or stand over several texts, as its draft has them."""
    draft = proposal(found, law, law_id="law", witness_file=found.witness.name)
    decisions = decisions_from_toml(draft, path=found.witness.name)
    return [query for query in decisions.query if query.id.startswith(NUMBER)]


def report_json(found: Examination) -> dict[str, object]:
    """The same for a program: lines by number, laws with their order and links."""
    return {
        "file": found.witness.name,
        "sha256": found.witness.sha256,
        "breaks": [{"line": r.head.line, "why": r.why} for r in found.runs[1:]],
        "repeats": [
            {"lines": [found.rows[at].line for at in r.rows], "exact": r.exact}
            for r in found.repeats
        ],
        "laws": [
            {
                "title": law.title,
                "front": [row.line for run in law.front for row in run.rows],
                "order": [row.line for row in law.rows],
                "links": [
                    {
                        "left": link.before.end.line,
                        "right": link.after.head.line,
                        "join": is_join(link),
                        "confidence": round(confidence_of(link), 3),
                        "evidence": list(link.evidence),
                    }
                    for link in law.chain.links
                ],
                "astray": [
                    {
                        "lines": [row.line for row in run.rows],
                        "law": other,
                    }
                    for run, other in astray_in(found, law)
                ],
                "dropped": [
                    {
                        "line": d.row.line,
                        "repeats": d.kept.line,
                        "number": d.number,
                        "confidence": d.confidence,
                    }
                    for d in law.dropped
                ],
                "gaps": [
                    {
                        "after": gap.after,
                        "before": gap.before,
                        "what": gap.what,
                        "missing": list(gap.missing),
                        "confidence": round(gap.confidence, 3),
                    }
                    for gap in gaps_of(law, turned=turned(found, law))
                ],
                "numbers": [
                    {"line": query.line, "printed": query.text, "proposal": query.proposal}
                    for query in doubted_numbers(found, law)
                ],
            }
            for law in found.laws
        ],
        "defects": [
            {"code": p.code, "line": p.position.line, "message": p.message}
            for p in defects_of(found)
        ],
        "unplaced": [[row.line for row in run.rows] for run in found.unplaced],
        "furniture": [row.line for row in found.furniture],
    }
