"""The law as a whole, and what was left out of it.

Codes: no-article, title-missing, effective-missing (立法法 art. 61 wants a date), page-furniture, passage-repeated (a title printed
twice), invisible-character (a line of nothing else).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from duizhao.editing.checks.context import Checked
from duizhao.ground.problems import Position, Problem, Severity, error, warning
from duizhao.parser.edition import Edition, articles, provides, units_of
from duizhao.parser.front import is_date
from duizhao.parser.law_names import OWN
from duizhao.parser.tokens import Token
from duizhao.sources.witness import Witness

_REASONS = {
    "furniture": ("page-furniture", "This line is furniture of the page, not of the law."),
    "invisible": ("invisible-character", "Nothing visible stands on this line."),
    "title-repeated": ("passage-repeated", "The title is printed here once more."),
}
_TAKES_EFFECT = re.compile(
    rf"{OWN}(?:应?(?:自|从|于)[^。；]{{0,60}}|(?:经|由|须经|报)[^。；]{{0,60}}(?:后|[发公颁]布|批准)(?:公布|发布)?)"
    r"(?:生效|施行|实施|实行)[。，；]"
)
_EXPLAINS = re.compile("宪法修正案(?:（[^）]*）)?$|常务委员会关于《[^》]+》.*的解释$|决议$")
#: What stands last in an interpretation by a court: what gives way to it, which cases it governs.
_GIVES_WAY = re.compile(
    rf"(?:与{OWN}(?:不一致|不符|相抵触|有抵触)|{OWN}(?:公布|发布)?(?:施行|实施|生效)之?日?[前后])"
)
_RUNNING = re.compile(r"[（(]?(?:下转|上接|紧接|转接)第?[^。；，]{0,8}版")


def check_whole(law: Checked) -> Iterator[Problem]:
    """A law without a title, or without a single article; page furniture within its text."""
    edition = law.edition
    first = Position(file=law.witness.name, line=1)
    given = edition.metadata.title not in ("", edition.law_id)  # by the editors
    if edition.title is None and not given:
        yield warning(
            "title-missing", first, "No title was found.", "give the title in edition.toml"
        )
    if not any(True for _ in articles(edition.body)):
        top = law.position(edition.title.text) if edition.title else first
        none = error(
            "no-article",
            top,
            "No article (条) was found, nor units numbered 一、二、.",
            "check that this is the text of a law",
        )
        yield replace(none, severity=Severity.WARNING) if provides(edition) else none
    elif not (edition.metadata.effective or edition.metadata.effective_rule or _ends(edition)):
        # An article may be a head without a word.
        last = law.places[-1].unit.text if law.places else None
        yield warning(
            "effective-missing",
            law.position(last, max(0, len(str(last)) - 1)) if last else first,
            "The law does not say when it takes effect: its end may be lost.",
            "compare the end with another copy, or give `effective` in edition.toml",
        )
    for place in law.places:
        for match in _RUNNING.finditer(str(place.unit.text)):
            yield warning(
                "page-furniture",
                law.position(place.unit.text, match.start(), len(match.group()), place.path),
                f"“{match.group()}” speaks of the page.",
                "leave it out",
            )


def _ends(edition: Edition) -> bool:
    """Whether a text is whole to its end though no date of effect is told.

    It closes with a date, says in its last articles on what it takes effect (本条约自互换批准书
    之日起生效), or is of a kind that does not say it: the Constitution's amendments, what
    explains a law and is in force as long as that (立法法 art. 53), and resolutions.  So does an
    interpretation by a court, in force from its announcement (最高人民法院关于司法解释工作的规定
    art. 25); that it is whole is told by its rule of transition, which stands last.
    """
    if _EXPLAINS.search(edition.metadata.title):
        return True
    last = [str(u.text) for article in list(articles(edition.body))[-3:] for u in units_of(article)]
    last.extend(str(unit.text) for unit in edition.closing)
    dated = any(is_date(str(unit.text)) for unit in edition.closing)
    judicial = edition.metadata.kind == "judicial-interpretation"
    said = (_TAKES_EFFECT, *([_GIVES_WAY] if judicial else []))
    return dated or any(rule.search(text) for rule in said for text in last)


def check_omitted(witness: Witness, omitted: Iterable[Token]) -> Iterator[Problem]:
    """Every line that no edition prints, with the reason."""
    for token in omitted:
        code, message = _REASONS[token.kind]
        for piece in token.text.pieces[:1]:
            yield Problem(
                code=code,
                severity=Severity.INFO,
                position=witness.position(piece.line, piece.column + 1, len(piece.original)),
                message=message,
                hint="it is left out",
            )
