"""The proposed edition.toml of a law that an examination has told apart.

It is a draft for an editor: every decision stands with its evidence and
confidence as a comment, and nothing in it goes beyond what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from duizhao.editing.decisions import TO_DESCRIBE
from duizhao.editing.examine.astray import told_astray
from duizhao.editing.examine.chain import Link
from duizhao.editing.examine.choose import Dropped
from duizhao.editing.examine.cuts import Cuts
from duizhao.editing.examine.doubts import foreign_words, with_doubts
from duizhao.editing.examine.evidence import SEAM
from duizhao.editing.examine.findings import (
    Examination,
    LawFound,
    confidence_of,
    groups_of,
    is_join,
    line_joins_of,
    set_aside,
    turned,
)
from duizhao.editing.examine.gaps import GapFound, Misread, gaps_of
from duizhao.editing.examine.tables import QUOTE, evidence, line_span, table
from duizhao.editing.examine.variants import doubted_variants, told_variants
from duizhao.ground.numerals import chinese
from duizhao.ground.problems import visible
from duizhao.sources.witness import Witness

# Why two lines, `left` and `right`, are one text.
_CUT = "句子被切断，上半句在第{left}行，下半句在第{right}行。"
_CUT_BELOW = "句子在栏末被切断，上半句在第{left}行，下半句在第{right}行。"
_INFERRED = _CUT_BELOW + "这两行的字在底本别处没有这样连用，两行相接是按条号和版面位置推断的。"
_SET_IN_LINES = "# 底本按版面宽度折行，以下各处的两行是同一段文字；不写 why 的，读者看不到说明。"
_READ_ACROSS = """\
# 底本把并排的几栏逐行横着读，各栏的行交错在一起。本草案按栏重排，因此很多 [[read]] 只有一行。
# 哪一行属于哪一栏，是按文字能否相接判断的，请与原件核对。"""
_HALF_WIDTH = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"}
_HAN = "㐀-鿿"

_Line = tuple[int, str]  # the number of a line, and its text


def proposal(found: Examination, law: LawFound, *, law_id: str, witness_file: str) -> str:
    """The text of edition.toml for one law of an examination."""
    lines = [row.line for run in law.front for row in run.rows] + [r.line for r in law.rows]
    parts = [
        "# 编辑决定草案，由 duizhao examine 生成。请逐项核对后使用。",
        table("[law]", id=law_id),
        table(
            "[[witness]]",
            file=witness_file,
            sha256=found.witness.sha256,
            description=TO_DESCRIBE,
        ),
        *_unplaced(found, law),
        *told_astray(found, law),
        *([_READ_ACROSS] if any(len(groups_of(found, run)) > 1 for run in law.chain.runs) else []),
        *_reads(found, law, lines),
        *(
            _linked(link)
            for link in law.chain.links
            if is_join(link) and {link.before.end.line, link.after.head.line} <= set(lines)
        ),
        *_wrapped(((a.line, a.text), (b.line, b.text)) for a, b in line_joins_of(law)),
        *_omits(found, law.dropped),
        *(_set_aside(found.witness, *line) for line in set_aside(found, law)),
        *_emendations(found.witness, lines),
        *(
            _misread(Misread(row.line, row.head, f"第{chinese(row.first or 0)}条"))
            for row in law.rows
            if row.head
        ),
        *foreign_words(law.rows),
        *doubted_variants(law.dropped),
    ]
    parts += [_gap(found.witness, gap) for gap in gaps_of(law, turned=turned(found, law))]
    return with_doubts("\n\n".join(parts) + "\n", found.witness, law.rows)


def _gap(witness: Witness, gap: GapFound) -> str:
    text = witness.line(gap.after or gap.before).text.strip()
    return evidence((), gap.confidence) + table(
        "[[gap]]",
        id=gap.id,
        after=gap.after,
        before=gap.before,
        quote=text[-QUOTE:] if gap.after else text[:QUOTE],
        cuts=gap.cuts if gap.cuts != "none" else "",
        supplies=gap.supplies,
        block=None if gap.block else False,
        missing=list(gap.missing),
        what=gap.what,
        why=gap.why,
    )


def _misread(found: Misread) -> str:
    """The number of an article as it is meant, for an editor to compare."""
    return evidence((), 0.9) + table(
        "[[emend]]",
        id=f"article-line-{found.line}",
        line=found.line,
        **{"from": found.printed, "to": found.meant},
        certainty="probable",
        why=f"前后条号相连，此处应当是{found.meant}，底本作“{found.printed}”，疑为识别错误。",
    )


def clean_edition(
    witness: Witness,
    *,
    law_id: str,
    witness_file: str,
    span: tuple[int, int] | None = None,
    omitted: Mapping[int, str] | None = None,
    cuts: Cuts | None = None,
    breaks: Iterable[GapFound | Misread] = (),
) -> str:
    """The edition.toml of a source whose lines stand in order: little more than metadata.

    `span` are the law's first and last line where the source holds several laws;
    `omitted` are lines that the parser set aside, with the reason; of those, marks alone
    need no decision.  `cuts` says which lines are one text, or may be; `breaks` are
    where numbers of articles are missing.
    """
    first, last = span or (1, len(witness.lines))
    left_out = {
        n: why for n, why in (omitted or {}).items() if first <= n <= last and why != "markup"
    }
    printed = [
        line.number
        for line in witness.lines[first - 1 : last]
        if not line.blank and line.number not in left_out
    ]
    reads = _clean_reads(witness, printed) if span else []
    joins = [
        (_said(witness, left), _said(witness, right))
        for left, right in (cuts.joins if cuts else ())
        if first <= left and right <= last
    ]
    parts = [
        table("[law]", id=law_id),
        table(
            "[[witness]]",
            file=witness_file,
            sha256=witness.sha256,
            description=TO_DESCRIBE,
        ),
        *_may_go_on(witness, [n for n in (cuts.doubtful if cuts else ()) if first <= n <= last]),
        *reads,
        *(_wrapped(joins) if cuts and cuts.wrapped else (_join(a, b, _CUT) for a, b in joins)),
        *(_set_aside(witness, n, why) for n, why in left_out.items()),
        *_emendations(witness, printed),
    ]
    parts += [_misread(b) if isinstance(b, Misread) else _gap(witness, b) for b in breaks]
    return with_doubts("\n\n".join(parts) + "\n", witness)


def _may_go_on(witness: Witness, lines: Sequence[int]) -> Iterator[str]:
    """A word on full lines behind which a paragraph may go on, or another begin."""
    if lines:
        yield "\n".join(
            [
                "# 以下各行到版心边缘恰好止于句号，看不出下一行是同一款还是另起一款。本草案按另起一款处理；",
                "# 请与原件核对，如属同一款，请加一项 [[join]]：",
                *(f"# 第{n}行：…{visible(witness.line(n).text.strip()[-QUOTE:])}" for n in lines),
            ]
        )


def _clean_reads(witness: Witness, printed: Sequence[int]) -> list[str]:
    """The lines in their own order, one range between lines that are left out."""
    blank = {line.number for line in witness.lines if line.blank}
    ranges: list[list[int]] = []
    for number in printed:
        if ranges and all(n in blank for n in range(ranges[-1][-1] + 1, number)):
            ranges[-1].append(number)
        else:
            ranges.append([number])
    return [
        table(
            "[[read]]",
            lines=line_span(group[0], group[-1]),
            begins=witness.line(group[0]).text.strip()[:QUOTE],
            ends=witness.line(group[-1]).text.strip()[-QUOTE:],
        )
        for group in ranges
    ]


_REASONS = {
    "title-repeated": ("repetition", "标题重复刊印，本版只刊印一次。"),
    "furniture": ("furniture", "这是版面用语，不是法规文字。"),
}


def _set_aside(witness: Witness, number: int, reason: str) -> str:
    """The omission of one line that the parser does not print."""
    text = witness.line(number).text.strip()
    kind, why = _REASONS.get(reason, ("furniture", "这一行没有法规文字。"))
    return table(
        "[[omit]]",
        id=f"line-{number}",
        kind=kind,
        lines=str(number),
        begins=text[:QUOTE],
        ends=text[-QUOTE:],
        why=why,
    )


def _reads(found: Examination, law: LawFound, lines: Sequence[int]) -> Iterator[str]:
    """Ranges in reading order; contiguous lines make one range."""
    after = dict(pairwise(found.order))
    links = {link.after.head.line: link for link in law.chain.links}
    ranges: list[list[int]] = []
    for line in lines:
        if ranges and after.get(ranges[-1][-1]) == line:
            ranges[-1].append(line)
        else:
            ranges.append([line])
    for group in ranges:
        link = links.get(group[0])
        first, last = found.witness.line(group[0]), found.witness.line(group[-1])
        comment = evidence(link.evidence, link.confidence) if link else ""
        yield comment + table(
            "[[read]]",
            lines=line_span(group[0], group[-1]),
            begins=first.text.strip()[:QUOTE],
            ends=last.text.strip()[-QUOTE:],
        )


def _linked(link: Link) -> str:
    left, right = link.before.end, link.after.head
    why = _CUT_BELOW if link.seam > SEAM else _INFERRED
    return evidence(link.evidence, confidence_of(link)) + _join(
        (left.line, left.text), (right.line, right.text), why
    )


def _said(witness: Witness, number: int) -> _Line:
    return number, witness.line(number).text.strip()


def _join(left: _Line, right: _Line, why: str = "") -> str:
    """Two lines as one text; `why` names both, and without it readers see no note."""
    said = {"why": why.format(left=left[0], right=right[0])} if why else {}
    return table(
        "[[join]]",
        id=f"join-line-{left[0]}",
        left=left[0],
        right=right[0],
        left_ends=left[1][-QUOTE:],
        right_begins=right[1][:QUOTE],
        **said,
    )


def _wrapped(joins: Iterable[tuple[_Line, _Line]]) -> Iterator[str]:
    """The lines of paragraphs that were cut to the width of their page, which is no doubt."""
    for number, (left, right) in enumerate(joins):
        yield _join(left, right) if number else f"{_SET_IN_LINES}\n{_join(left, right)}"


def _omits(found: Examination, dropped: Sequence[Dropped]) -> Iterator[str]:
    """Repetitions, neighbouring lines of one kind together."""
    place = {line: at for at, line in enumerate(found.order)}
    groups: list[list[Dropped]] = []
    for entry in dropped:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and place[entry.row.line] == place[last.row.line] + 1
            and place[entry.kept.line] == place[last.kept.line] + 1
            and entry.exact
            and last.exact
            and entry.number is None
            and last.row.words == last.kept.words
        ):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    for group in groups:
        yield _omit(found.witness, group)


def _omit(witness: Witness, group: list[Dropped]) -> str:
    first, last = group[0].row, group[-1].row
    kept = line_span(group[0].kept.line, group[-1].kept.line)
    lines = line_span(first.line, last.line)
    exact = all(entry.exact for entry in group)
    number = group[0].number is not None
    how = "逐字相同"
    if not exact:
        how = "大体相同，" + told_variants((each.row.text, each.kept.text) for each in group)
    if exact and last.words != group[-1].kept.words:
        how = "的开头逐字相同（前者没有印完）"
    why = f"第{lines}行与第{kept}行{how}。" + (
        "同一文字印在不同条号之下，本草案保留后者。" if number else "本草案保留后者。"
    )
    return evidence([group[0].evidence], group[0].confidence) + table(
        "[[omit]]",
        id=f"omit-line-{first.line}",
        kind="number" if number else "",
        lines=lines,
        begins=witness.line(first.line).text.strip()[:QUOTE],
        ends=witness.line(last.line).text.strip()[-QUOTE:],
        repeats=kept if exact else "",
        why=why,
    )


def _unplaced(found: Examination, law: LawFound) -> Iterator[str]:
    """A word on the lines that are in no draft, in the first law's draft."""
    if found.unplaced and law is found.laws[0]:
        yield "\n".join(
            [
                "# 以下各行看不出属于哪一部法规，没有列入任何草案。请决定读入还是略去：",
                *(
                    f"# 第{line_span(lines[0], lines[-1])}行：{visible(_said(found.witness, lines[0])[1][:QUOTE])}"
                    for run in found.unplaced
                    for lines in groups_of(found, run)
                ),
            ]
        )


def _emendations(witness: Witness, lines: Sequence[int]) -> Iterator[str]:
    """Half-width marks that stand beside Chinese throughout: set full-width, brackets in pairs."""
    text = [witness.line(n).text for n in lines]
    if any(re.search(r"\d[,:]\d", line) for line in text):
        return
    counts = {half: sum(line.count(half) for line in text) for half in _HALF_WIDTH}
    fitting = {half for half, count in counts.items() if count == _beside_chinese(text, half)}
    for half, full in _HALF_WIDTH.items():
        other = {"(": ")", ")": "("}.get(half, half)
        if counts[half] and {half, other} <= fitting:
            yield table(
                "[[emend]]",
                id=f"full-width-u{ord(half):04x}",
                everywhere=True,
                **{"from": half, "to": full},
                count=counts[half],
                certainty="certain",
                why=f"底本中的“{half}”都是半角，按中文排版改为全角，文字不变。",
            )


def _beside_chinese(text: Sequence[str], half: str) -> int:
    """How often a half-width mark stands beside Chinese or a figure."""
    mark = re.escape(half)
    beside = rf"(?<=[{_HAN}）)》”\d]){mark}|{mark}(?=[{_HAN}（(《“\d])"
    return sum(len(re.findall(beside, line)) for line in text)
