"""Every problem of a site's laws: accounting of the witnesses, then translations, what is left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from duizhao.editing.accounting import check_accounting
from duizhao.editing.checks.characters import check_invisible
from duizhao.editing.checks.context import Checked
from duizhao.editing.checks.dates import check_dated
from duizhao.editing.checks.described import check_described
from duizhao.ground.pool import Workers
from duizhao.ground.problems import DuizhaoError, Position, Problem, Severity
from duizhao.languages.catalog import catalog_from_file
from duizhao.languages.checks import Looked, compared, looked_at
from duizhao.languages.glossary import Glossary
from duizhao.languages.law import Law
from duizhao.site.kept_laws import KeptLaws, digest_of_files, digest_of_object, texts_of
from duizhao.site.looking import Looking
from duizhao.site.options import Options
from duizhao.site.pipeline import Site


def check_site(site: Site, looking: Looking | None = None) -> Iterator[Problem]:
    """Every problem of the site's laws: accounting, translations, files that belong to none."""
    yield from check_witnesses(site, looking)
    if site.options.pdf:
        yield from check_printable(site.laws)
    yield from check_translations(site, looking)
    yield from check_ownerless(site)


def check_ownerless(site: Site) -> Iterator[Problem]:
    """Witnesses and catalogs of no law, such as those of one that was removed: remarks."""
    root, options = site.options.root, site.options
    used = {(root / law.summary.witness).resolve() for law in site.laws}
    names = {"ui", *(law.id for law in site.laws)}
    witnesses = sorted((root / options.seeds / "witnesses").rglob("*"))
    pairs = sorted((root / options.translations).glob("*/LC_MESSAGES/*.po"))
    for path in (
        *(path for path in witnesses if path.is_file() and path.resolve() not in used),
        *(path for path in pairs if path.stem not in names),
    ):
        if not path.name.startswith("."):
            yield Problem(
                code="left-over",
                severity=Severity.INFO,
                position=Position(file=path.relative_to(root).as_posix()),
                message="This file belongs to no law.",
                hint="remove it, if its law was; it is not published",
            )


def check_witnesses(site: Site, looking: Looking | None = None) -> Iterator[Problem]:
    """The accounting of the witnesses, their descriptions, what cannot be seen in the texts."""
    every = list(site.witnesses().values())
    here = looking or Looking()
    looked = here.each("problems", _problems, every, name=_name, made_of=texts_of)
    for laws, found in zip(every, looked, strict=True):
        yield from found
        for law in laws:
            yield from check_described(law.summary.metadata, law.summary.path)


def _check_witness(laws: tuple[Law, ...]) -> Iterator[Problem]:
    """The same for the laws of one witness."""
    yield from check_accounting(laws[0].witness, [(w.decisions, w.edition) for w in laws])
    for law in laws:
        yield from check_invisible(Checked.of(law.witness, law.edition))


def check_printable(laws: Iterable[Law]) -> Iterator[Problem]:
    """What PDFs need of laws; their texts are not read for it."""
    for law in laws:
        yield from check_dated(law.summary.metadata, law.summary.path)


def check_translations(site: Site, looking: Looking | None = None) -> Iterator[Problem]:
    """Every finding in the catalogs, catalog by catalog, line by line."""
    for language in site.options.others:
        for _, _, found in checked_translations(site, language, looking):
            yield from found


def checked_translations(
    site: Site, language: str, looking: Looking | None = None
) -> Iterator[tuple[Law, Looked, list[Problem]]]:
    """Each law with its catalog in a language as it was looked at, and every finding in that."""
    at = _Catalogs(options=site.options, language=language, glossary=site.glossary)
    terms = digest_of_object(site.glossary.terms)

    def made_of(law: Law) -> list[str]:
        return [*texts_of([law]), at.name(law), digest_of_files([at.path(law)]), terms]

    here = looking or Looking()
    looked = here.each("catalog", at.looked, site.laws, name=lambda law: law.id, made_of=made_of)
    for law, (one, found) in zip(site.laws, compared(looked), strict=True):
        yield law, one, found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Catalogs:
    """The catalogs of one language."""

    options: Options
    language: str
    glossary: Glossary

    def name(self, law: Law) -> str:
        """The path of a law's below the folder of mkdocs.yml."""
        return f"{self.options.translations}/{self.language}/LC_MESSAGES/{law.id}.po"

    def path(self, law: Law) -> Path:
        return self.options.root / self.name(law)

    def looked(self, law: Law) -> Looked:
        """A law's, looked at by itself."""
        catalog = catalog_from_file(self.path(law), language=self.language, name=self.name(law))
        return looked_at(law.edition, catalog, self.glossary)


def require_sound(site: Site, kept: KeptLaws | None = None, workers: Workers | None = None) -> None:
    """Raise DuizhaoError where a witness is not accounted for, or PDFs lack what they need.

    Catalogs were read strictly.  What is `kept` as sound is not looked at again; the rest by
    `workers` that wait for tasks.
    """
    unknown = [laws for laws in site.witnesses().values() if not (kept and kept.sound(laws))]
    own = workers if workers and workers.started else Workers()
    results = own.mapped(_errors, unknown, name=_name, alone=not own.started)
    errors = list(check_printable(site.laws)) if site.options.pdf else []
    for laws, found in zip(unknown, results, strict=True):
        errors.extend(found)
        if kept and not found:
            kept.keep_sound(laws)
    if errors:
        raise DuizhaoError(errors)


def _problems(laws: tuple[Law, ...]) -> list[Problem]:
    return list(_check_witness(laws))


def _errors(laws: tuple[Law, ...]) -> list[Problem]:
    """What is wrong with the laws of one witness."""
    return [p for p in _check_witness(laws) if p.severity is Severity.ERROR]


def _name(laws: tuple[Law, ...]) -> str:
    return laws[0].id
