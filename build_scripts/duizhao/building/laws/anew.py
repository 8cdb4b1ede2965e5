"""What a build made anew, and why, in the words of the command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from duizhao.ground.problem_words import mark, said
from duizhao.ground.problems import counted, phrase

#: What laws and prints are made of, as a person calls it.
PARTS = (
    *(phrase("text"), phrase("translation"), phrase("history"), phrase("laws cited")),
    *(phrase("prints"), phrase("glossary"), phrase("readings"), phrase("interface")),
    *(phrase("options"), phrase("theme"), phrase("navigation"), phrase("tools")),
    *(phrase("laws"), phrase("files")),
    *(phrase("text, translation or notes"), phrase("options of print"), phrase("tools or fonts")),
)
_NEW = phrase("not made before, or what was kept is damaged")
_GONE = phrase("what was kept is gone or damaged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What was done for the laws of one witness: why, and how many of its pages were new."""

    laws: tuple[str, ...]
    why: tuple[str, ...]
    pages: int
    fresh: int

    @property
    def kept(self) -> bool:
        """Whether all was there already."""
        return not self.why


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What was set of one law: why, and how many of its files were new."""

    law: str
    why: tuple[str, ...]
    files: int
    fresh: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was done for all laws together: of what, why, and whether it was mended only.

    Where there is no reason it was kept.
    """

    name: str
    why: tuple[str, ...] = ()
    mended: bool = False


def why(before: Mapping[str, str] | None, parts: Mapping[str, str]) -> tuple[str, ...]:
    """Which inputs differ from those of the last time, as PARTS calls them.

    Both give the digest of each; `before` is None where nothing was kept.
    """
    if before is None:
        return (_NEW,)
    found = [name for name, digest in parts.items() if before.get(name) != digest]
    if "text" in found and "translation" in found:
        found.remove("translation")  # its entries are put to the text
    return tuple(found) or (_GONE,)


def summary(work: Iterable[Work], printed: Iterable[Printed] = ()) -> Iterator[str]:
    """A line on laws and their pages, and one on prints where there are some."""
    work, printed = list(work), list(printed)
    new = [one for one in work if not one.kept]
    laws, all_laws = sum(len(one.laws) for one in new), sum(len(one.laws) for one in work)
    pages, fresh = sum(one.pages for one in work), sum(one.fresh for one in work)
    yield said(
        f"{laws} of {counted(all_laws, 'law', 'laws')} made anew,"
        f" {fresh} of {counted(pages, 'page', 'pages')} converted"
    )
    if printed:
        files, fresh = sum(one.files for one in printed), sum(one.fresh for one in printed)
        yield said(f"{fresh} of {counted(files, 'print', 'prints')} set anew")


def explained(
    work: Iterable[Work], printed: Iterable[Printed] = (), steps: Iterable[Step] = ()
) -> Iterator[str]:
    """A line for each law that was made or set anew: why, and how much that took; then the steps."""
    for one in work:
        if not one.kept:
            laws, reasons = ", ".join(one.laws), _listed(one.why)
            yield said(
                f"{laws}: {one.fresh} of {counted(one.pages, 'page', 'pages')} converted;"
                f" changed: {reasons}"
            )
    for some in printed:
        if some.fresh:
            law, reasons = some.law, _listed(some.why)
            yield said(
                f"{law}: {some.fresh} of {counted(some.files, 'print', 'prints')} set;"
                f" changed: {reasons}"
            )
    for step in sorted(steps, key=lambda step: step.name):
        name, reasons = said(step.name), _listed(step.why)
        if not step.why:
            yield said(f"{name}: kept")
        elif step.mended:
            yield said(f"{name}: brought up to date; changed: {reasons}")
        else:
            yield said(f"{name}: made anew; changed: {reasons}")


def _listed(names: Iterable[str]) -> str:
    return mark(", ").join(map(said, names))
