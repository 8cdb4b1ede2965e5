"""The doubts of a draft: misread and repeated numbers, foreign words inside Chinese.

Numbers that contradict each other show only when the draft is read as an edition; so
these tables are made from the draft that holds all the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from duizhao.editing.decisions import decisions_from_toml
from duizhao.editing.examine.conflicts import LEVELS, Doubted, Reopened, doubts_of
from duizhao.editing.examine.rows import Row
from duizhao.editing.examine.tables import QUOTE, evidence, standing_once, table
from duizhao.editing.reading_from_decisions import reading_from_decisions
from duizhao.ground.numerals import chinese
from duizhao.ground.problems import DuizhaoError
from duizhao.parser.edition import Edition
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.sources.witness import Witness

_HAN = "㐀-鿿"
_FOREIGN = re.compile(rf"(?<=[{_HAN}])\s*[A-Za-z]{{2,}}\s*(?=[{_HAN}])")
_NUMBERED = {"art": "条", "point": "项", "indent": "目", **LEVELS}
NUMBER = "number-line-"  # the id of a doubt about a number, before its line
_Key = tuple[type, int, str]  # a doubt, its line, the number
_PASSES = 3  # a list that is cut may show another that begins anew
_OPEN = 0.7  # that what opens a list which begins anew is not where it should be


def foreign_words(rows: Sequence[Row]) -> Iterator[str]:
    """Foreign words inside Chinese, each a query."""
    for row in rows:
        for number, match in enumerate(_FOREIGN.finditer(row.text), 1):
            if row.text.count(match.group()) == 1:
                yield table(
                    "[[query]]",
                    id=f"foreign-line-{row.line}" + (f"-{number}" if number > 1 else ""),
                    line=row.line,
                    text=match.group(),
                    why=f"中文里夹有外文“{match.group().strip()}”，疑为识别错误。",
                )


def with_doubts(draft: str, witness: Witness, rows: Sequence[Row] = ()) -> str:
    """A draft of edition.toml with the numbers doubted that it would give twice.

    And those of `rows` that are misread.  The draft as it is where it is unsound for
    another reason, which the next step tells.
    """
    misread = {
        row.line: f"第{chinese(row.first or 0)}条" for row in rows if row.printed is not None
    }
    # An article's head that is emended keeps its number: the other text that has it is doubted.
    told: set[_Key] = {(Doubted, row.line, row.head) for row in rows if row.head}
    for _ in range(_PASSES):
        edition = _edition(draft, witness)
        found = _each(doubts_of(edition, misread)) if edition else {}
        new = (doubt for key, doubt in found.items() if key not in told)
        tables = [table for doubt in new if (table := _table(doubt, witness))]
        told |= found.keys()
        if not tables:
            break
        draft = "\n\n".join([draft.rstrip("\n"), *tables]) + "\n"
    return draft


def _each(doubts: Iterable[Doubted | Reopened]) -> dict[_Key, Doubted | Reopened]:
    """Each number once: of three that are the same the second is doubted beside either other.

    What gives it a provisional identifier is needed, the other says no more.
    """
    found: dict[_Key, Doubted | Reopened] = {}
    for doubt in doubts:
        if isinstance(doubt, Reopened):
            found[Reopened, doubt.line, doubt.number] = doubt
        elif doubt.identifier or (Doubted, doubt.line, doubt.text) not in found:
            found[Doubted, doubt.line, doubt.text] = doubt
    return found


def _table(doubt: Doubted | Reopened, witness: Witness) -> str:
    """A doubt as a table, "" where its words begin no line, or stand on none."""
    if not doubt.line:
        return ""
    if isinstance(doubt, Doubted):
        quoted = _once(witness, doubt.line, doubt.text)
        return _query(doubt, quoted) if quoted else ""
    begins = witness.line(doubt.line).text.lstrip(" 　").startswith(doubt.number)
    return _gap(doubt, witness) if begins else ""


def _edition(draft: str, witness: Witness) -> Edition | None:
    try:
        decisions = decisions_from_toml(draft, path=witness.name)
        reading = reading_from_decisions(decisions, witness)
    except DuizhaoError:
        return None
    found = editions_from_reading(reading, law_id=decisions.law.id).editions
    return found[0] if len(found) == 1 else None


def _once(witness: Witness, line: int, text: str) -> str:
    """`text` with as much of its line as makes it stand there once, "" where it does not stand."""
    whole = witness.line(line).text.rstrip()
    at = whole.find(text)
    return standing_once(whole, at, at + len(text)) if at >= 0 else ""


def _query(number: Doubted, quoted: str) -> str:
    """A number in doubt as a query."""
    prefix = number.identifier.partition("_")[0]
    kind = _NUMBERED.get(prefix, "")
    if number.read:
        why = f"前后{kind}号相连，此处应当是{number.read}，疑为识别错误。"
    else:
        others = "、".join(f"第{line}行" for line in number.others) or "补出的条号"
        why = (
            f"本处和{others}都作“{number.text}”。有的编号可能有误，有的可能是重复刊印或者不属于"
            "本法规；底本没有依据可以断定，原文照录。"
        )
    if number.identifier:
        why += f"在作出决定之前，本处不编{kind}号。"
    return evidence((), 0.5) + table(
        "[[query]]",
        id=f"{NUMBER}{number.line}",
        line=number.line,
        text=quoted,
        proposal=number.read,
        identifier=number.identifier,
        why=why,
    )


def _gap(item: Reopened, witness: Witness) -> str:
    """What opens a list that begins anew as a gap."""
    return evidence((), _OPEN) + table(
        "[[gap]]",
        id=f"list-line-{item.line}",
        before=item.line,
        quote=witness.line(item.line).text.strip()[:QUOTE],
        within="article" if item.in_article else "",
        what=f"第{item.line}行“{item.number}”之前，引出这几项的文字",
        why=f"第{item.line}行的“{item.number}”与同一款前面的项号相同，不能再属于前面的几项；"
        "引出它的文字不在此处，可能是缺文，也可能排在别处。",
    )
