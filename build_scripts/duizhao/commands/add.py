"""Adding a law: from a file to a folder of seeds and catalogs, asking nothing.

Idempotent: the same file added again changes nothing; a folder that holds another
text is never overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from duizhao.editing.accounting import check_accounting
from duizhao.editing.checks import check_structured
from duizhao.editing.checks.columns import require_one_column
from duizhao.editing.examine.cuts import cut_sentences
from duizhao.editing.examine.findings import Examination, examined
from duizhao.editing.examine.gaps import GapFound, Misread, between_articles, lost_beginning
from duizhao.editing.examine.propose import clean_edition, proposal
from duizhao.editing.line_account import account_of
from duizhao.editing.redirects import Redirects
from duizhao.ground.names import LONGEST_FILE, LONGEST_LAW_ID, file_fault, law_id_fault
from duizhao.ground.patterns import COUNTED_ON, ORDINAL, without_note_mark
from duizhao.ground.problems import DuizhaoError, Position, Problem, Severity, error, visible
from duizhao.languages.law import Law
from duizhao.parser.edition import Edition, articles, divisions, provides, units_of
from duizhao.parser.edition_from_reading import Structured, editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.site.options import Options
from duizhao.site.pipeline import law_from_folder
from duizhao.site.site_checks import check_printable
from duizhao.sources.witness import Witness, witness_from_file

# Decisions that say that an editor must look.
_DOUBTS = ("query", "gap")

Draft = tuple[str, str, str, bool]  # id, title, text of edition.toml, whether it is sound
Namer = Callable[[str, int], str]

# Where one of these is found an editor must look, be the lines in order or not.
_DOUBTED = frozenset(
    (
        "no-article",
        "number-disorder",
        "number-gap",
        "number-repeated",
        "page-furniture",
        "paragraph-fragment",
        "paragraph-unfinished",
    )
)
_LONGEST_ID = 60  # of what is in an address
_PREFIXES = ("中华人民共和国", "全国人民代表大会常务委员会")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """One law that was written: its folder, its title, whether it needs an editor."""

    law_id: str
    title: str
    folder: Path
    clean: bool
    new: bool


def law_ids_from_title(title: str) -> tuple[str, ...]:
    """Identifiers from a title's pinyin, the usual one first: 中华人民共和国慈善法 gives ci-shan-fa.

    A long title gives its beginning, as others that begin with the same court or congress do, and
    its end.
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to load

    title = without_note_mark(title)
    for prefix in _PREFIXES:
        if title.startswith(prefix) and len(title) > len(prefix) + 1:
            title = title.removeprefix(prefix)
    words = re.sub(r"[^a-z0-9]+", "-", "-".join(lazy_pinyin(title)).lower()).strip("-") or "law"
    if len(words) <= _LONGEST_ID:
        return (words,)
    beginning = words[: _LONGEST_ID + 1].rpartition("-")[0]
    return beginning, f"-{words}"[-LONGEST_LAW_ID - 1 :].partition("-")[2]


def add_file(file: Path, options: Options, *, law_id: str = "") -> tuple[Added, ...]:
    """Write the seeds of every law in `file`; returns what was written.

    Raises DuizhaoError where the file cannot be read, holds no law, or has columns side by side,
    an id cannot be the name of a folder, or a folder of that name holds something else.  Nothing
    is written then.
    """
    witness = witness_from_file(file)
    seeds = options.root / options.seeds
    require_one_column(witness)
    target = seeds / "witnesses" / _safe_name(file.name)
    structured = editions_from_reading(reading_from_witness(witness))
    if not any(provides(edition) for edition in structured.editions):
        raise DuizhaoError([_no_article(witness)])
    witness_file = f"witnesses/{target.name}"
    named = namer(law_id, partial(_of_another, seeds, witness.sha256))
    drafts = list(_sound(witness, structured, witness_file, named)) or list(
        _drafts(examined(witness), witness_file, named)
    )
    _refuse_names(witness.name, drafts)
    _refuse_conflicts(file, target, seeds, drafts)
    out = []
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        target.write_bytes(file.read_bytes())
    for draft_id, title, text, clean in drafts:
        path = seeds / draft_id / "edition.toml"
        new = not path.exists()
        if new:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        out.append(Added(law_id=draft_id, title=title, folder=path.parent, clean=clean, new=new))
    return tuple(out)


def laws_added(added: Sequence[Added], options: Options) -> tuple[Law, ...]:
    """The laws that were added from one file, as a build reads them.

    Raises DuizhaoError where it would refuse one.
    """
    redirects = Redirects()
    return tuple(law_from_folder(a.folder / "edition.toml", options, [], redirects) for a in added)


def undecided(added: Sequence[Added], options: Options) -> tuple[Problem, ...]:
    """What a build would refuse in the laws that were added from one file."""
    try:
        laws = laws_added(added, options)
    except DuizhaoError as reason:
        return tuple(reason.problems)
    found = check_accounting(laws[0].witness, [(law.decisions, law.edition) for law in laws])
    undated = check_printable(laws) if options.pdf else ()
    return tuple(p for p in (*found, *undated) if p.severity is Severity.ERROR)


def _safe_name(name: str) -> str:
    """A file name that a witness may have: one that leads nowhere, and no longer than names may be.

    What is too long loses characters before its last third: the end, often a date, tells
    texts of one title apart.
    """
    tidy = re.sub(r"[^\w.\-（）()]+", "_", name).lstrip(".") or "witness.txt"
    path = Path(f"_{tidy}" if file_fault(tidy[: LONGEST_FILE // 4]) else tidy)
    stem, ending = path.stem, path.suffix
    while len(f"{stem}{ending}".encode()) > LONGEST_FILE and stem:
        at = len(stem) * 2 // 3
        stem = stem[:at] + stem[at + 1 :]
    return f"{stem}{ending}"


def _sound(
    witness: Witness, structured: Structured, witness_file: str, named: Namer
) -> Iterator[Draft]:
    """The laws of a source whose lines stand in order; none where they do not."""
    if not _count_up(structured):
        return
    problems = tuple(check_structured(witness, structured))
    account = account_of(witness, structured)
    heads = {n for e in structured.editions for a in articles(e.body) for n in a.head.lines}
    cuts = cut_sentences(witness, problems, account.omitted_lines, heads)
    if cuts is None:
        return
    clean = not any(p.code in _DOUBTED for p in problems)
    several = len(structured.editions) > 1
    spans = zip(structured.editions, account.ranges, strict=True)
    for number, (edition, span) in enumerate(spans, 1):
        title = edition.metadata.title if edition.title else ""
        chosen = named(title, number if several else 0)
        text = clean_edition(
            witness,
            law_id=chosen,
            witness_file=witness_file,
            span=span if several else None,
            omitted=account.omitted_lines,
            cuts=cuts,
            breaks=_breaks(witness, edition, account.omitted_lines),
        )
        yield chosen, title, text, clean and not any(f"[[{kind}]]" in text for kind in _DOUBTS)


def _no_article(witness: Witness) -> Problem:
    """The error for a file without an article, or with one that begins no line."""
    for line in witness.lines:
        if match := re.search(rf"{ORDINAL}[ 　]*一[ 　]*[条條]", line.text):
            return error(
                "no-article",
                witness.position(line.number, match.start() + 1, len(match[0])),
                "Article 1 stands within a line; no article begins one.",
                "begin a line at each heading, article and paragraph, as in print",
            )
    return error(
        "no-article",
        Position(file=witness.name),
        "No article (第一条 …) was found in this file.",
        "check that it is the text of a law",
    )


def _breaks(
    witness: Witness, edition: Edition, omitted: Container[int]
) -> Iterator[GapFound | Misread]:
    """Where the numbers of a law's articles, which count up, do not begin with 1, or leave out one.

    At the beginning none where text stands before it: there a number was not printed, and
    nothing is lost.
    """
    if begins := _begins(edition):
        yield begins
    last = above = 0
    for article in articles(edition.body):
        number, line = int(article.ordinal.partition("-")[0]), min(article.head.lines, default=0)
        if last and number > last + 1 and not article.is_point:
            between = witness.lines[above - 1 : line - 1]
            printed = [n for n in between if not n.blank and n.number not in omitted]
            yield from between_articles(last + 1, number - 1, printed)
        last, above = number, line


def _begins(edition: Edition) -> GapFound | None:
    """The gap with which a law begins whose first article is not Article 1."""
    first = next(articles(edition.body), None)
    counted_on = COUNTED_ON.search(edition.metadata.title)
    if first is None or first.is_point or edition.preamble or counted_on:
        return None
    headings = {division.heading.eid for division in divisions(edition.body)}
    units = [unit for node in edition.body for unit in units_of(node)]
    text = next((unit.eid for unit in units if unit.eid not in headings), "")
    number = first.eid.removeprefix("art_").partition("-")[0]
    if number == "1" or not text.startswith(f"{first.eid}__"):
        return None
    above = units[0].eid in headings
    return lost_beginning((units[0].text if above else first.head).lines[0], int(number) - 1)


def _count_up(structured: Structured) -> bool:
    """Whether the numbers of the articles of every law count up.

    That tells a source in order from a torn one.  One number over two articles that follow each
    other is a misprint, if they are not the same printed twice.  A line that stops without a
    mark tells nothing: formulas, tables, signatures and misprints do in sources without a fault.
    """
    for edition in structured.editions:
        last, before, doubled = (0, 0), "", 0
        for article in articles(edition.body):
            number, _, inserted = article.ordinal.partition("-")
            here = (int(number), int(inserted or 0)) if number.isdecimal() else (0, 0)
            text = "".join(str(unit.text) for unit in units_of(article))
            doubled += here == last
            same = here == last and (text.startswith(before) or before.startswith(text))
            if here < last or here == (0, 0) or same or doubled > 1:
                return False
            last, before = here, text
    return True


def _drafts(found: Examination, witness_file: str, named: Namer) -> Iterator[Draft]:
    """A proposal for each law that an examination tells apart."""
    for number, law in enumerate(found.laws, 1):
        chosen = named(law.title, number if len(found.laws) > 1 else 0)
        text = proposal(found, law, law_id=chosen, witness_file=witness_file)
        yield chosen, law.title, text, False


def namer(given: str = "", elsewhere: Callable[[str], bool] = lambda _: False) -> Namer:
    """What gives the laws of a source their ids: the one `given`, or one from the title.

    It takes a law's title and its number, 0 where it is alone.  Laws of one title in one source, as
    a decision and the text it amends, are numbered.  Of the ids of a title the first is taken that
    no law has `elsewhere`; the first of all where each is.
    """
    taken: set[str] = set()

    def named(title: str, number: int) -> str:
        if given:
            chosen = f"{given}-{number}" if number else given
        elif title:
            ids = law_ids_from_title(title)
            chosen = next((each for each in ids if not elsewhere(each)), ids[0])
        else:
            chosen = f"law-{number or 1}"
        if chosen in taken:
            chosen = f"{chosen}-{number}"
        taken.add(chosen)
        return chosen

    return named


def _refuse_names(file: str, drafts: list[Draft]) -> None:
    """Raise where an id cannot be the name of a law's folder."""
    faults = [(law_id, law_id_fault(law_id)) for law_id, *_ in drafts]
    problems = [
        error(
            "unsafe-name",
            Position(file=file),
            f"`{visible(name)}` cannot be a name: {fault}.",
            "choose another id with --id",
        )
        for name, fault in faults
        if fault
    ]
    if problems:
        raise DuizhaoError(problems)


def _refuse_conflicts(file: Path, target: Path, seeds: Path, drafts: list[Draft]) -> None:
    """Raise where something else stands in the way."""
    problems = []
    if target.exists() and target.read_bytes() != file.read_bytes():
        problems.append(
            error(
                "add-exists",
                Position(file=str(target.relative_to(seeds.parent))),
                "Another witness of this name is already there.",
                "rename the file, then add it",
            )
        )
    for draft_id, _, text, _ in drafts:
        if _of_another(seeds, _witness_of(text), draft_id):
            problems.append(
                error(
                    "add-exists",
                    Position(file=f"{seeds.name}/{draft_id}/edition.toml"),
                    f"The law `{draft_id}` is already there, from another witness.",
                    "choose another id with --id; where that law was amended, replace its witness"
                    " instead: put the file into seeds/witnesses/, and write its name and SHA-256"
                    " into this edition.toml",
                )
            )
    if problems:
        raise DuizhaoError(problems)


def _of_another(seeds: Path, sha256: str, law_id: str) -> bool:
    """Whether a law of this id is already there, and from another witness than that of this digest."""
    path = seeds / law_id / "edition.toml"
    return path.exists() and _witness_of(path.read_text("utf-8")) != sha256


def _witness_of(source: str) -> str:
    match = re.search(r'^sha256 = "([0-9a-f]{64})"', source, re.MULTILINE)
    return match[1] if match else ""
