"""The pipeline: the one module that knows the order of the stages.

::

    seeds/<law-id>/edition.toml ─► decisions ─► witness ─► edition ─► law (with catalogs)
    laws that share a witness ─► accounting
    site = laws + glossary + interfaces ─► pages (Markdown), prints (PDF), search records
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from duizhao.accounting import Fate, check_accounting, fates
from duizhao.bilingual import bilingual_from_edition, check_catalog
from duizhao.catalog import Catalog, catalog_from_file
from duizhao.checks.characters import check_invisible
from duizhao.checks.context import Checked
from duizhao.checks.translation import check_translations
from duizhao.citation import citations
from duizhao.concordance import Occurrence, concordance, letters
from duizhao.decisions import Decisions, decisions_from_file
from duizhao.edition import Edition
from duizhao.edition_from_decisions import edition_from_decisions
from duizhao.glossary import Glossary, glossary_from_file
from duizhao.law import Law, View, law_from_parts
from duizhao.leaves import Leaf
from duizhao.names import file_fault, language_fault, law_id_fault
from duizhao.pinyin import Readings, readings_from_file
from duizhao.problems import DuizhaoError, Position, Problem, Severity, error, visible
from duizhao.ui import Interface, interface_from_file
from duizhao.witness import Witness, witness_from_file
from duizhao.writers.about import about_markdown
from duizhao.writers.concordance import concordance_markdown, concordance_path
from duizhao.writers.glossary_page import glossary_markdown
from duizhao.writers.leaf import leaf_markdown
from duizhao.writers.overview import overview_markdown
from duizhao.writers.source import source_markdown, source_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Where the inputs are and which languages the site has; the first is Chinese."""

    root: Path
    seeds: str = "seeds"
    translations: str = "translations"
    languages: tuple[str, ...] = ("zh", "en")
    pdf: bool = True
    updating: bool = False  # catalogs may be behind the edition: they are being updated


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that is published, ready for the writers."""

    options: Options
    laws: tuple[Law, ...]
    glossary: Glossary
    readings: Readings
    interfaces: dict[str, Interface] = field(repr=False)

    def view(self, law: Law, language: str) -> View:
        """A law as pages of an interface language show it."""
        others = [code for code in self.options.languages if code != "zh"]
        pair = language if language != "zh" else others[0]
        return View(
            law=law,
            ui=self.interfaces[language],
            pair_ui=self.interfaces[pair],
            pair=law.bilingual[pair],
            languages=self.options.languages,
        )

    def witnesses(self) -> dict[str, tuple[Law, ...]]:
        """The laws made from each witness, by the witness's name."""
        found: dict[str, list[Law]] = {}
        for law in self.laws:
            found.setdefault(law.witness.name, []).append(law)
        return {name: tuple(laws) for name, laws in found.items()}

    def readings_of_prints(self) -> Readings:
        """The readings, with the glossary's terms as words that are written together."""
        terms = (term.zh for term in self.glossary.terms)
        return self.readings.with_words(t for t in terms if not t.startswith("本"))

    def law(self, law_id: str) -> Law:
        """The law with an id; KeyError where there is none."""
        for law in self.laws:
            if law.id == law_id:
                return law
        raise KeyError(law_id)


def site_from_options(options: Options) -> Site:
    """Read everything.  Raises DuizhaoError with the problems of all laws together."""
    seeds = options.root / options.seeds
    translations = options.root / options.translations
    problems: list[Problem] = [
        _unsafe(Position(file="mkdocs.yml"), code, fault)
        for code in options.languages
        if (fault := language_fault(code))
    ]
    if problems:
        raise DuizhaoError(problems)
    laws = []
    for path in sorted(seeds.glob("*/edition.toml")):
        try:
            laws.append(law_from_folder(path, options))
        except DuizhaoError as reason:
            problems.extend(reason.problems)
    readings, glossary = Readings(), Glossary()
    try:
        readings = readings_from_file(seeds / "pinyin.toml", name=f"{options.seeds}/pinyin.toml")
        glossary = glossary_from_file(
            seeds / "glossary.toml", readings, name=f"{options.seeds}/glossary.toml"
        )
    except DuizhaoError as reason:
        problems.extend(reason.problems)
    if not laws and not problems:
        problems.append(
            error(
                "no-laws",
                Position(file=options.seeds),
                "There is no law to publish.",
                f"put one into {options.seeds}/<law-id>/edition.toml",
            )
        )
    if problems:
        raise DuizhaoError(problems)
    return Site(
        options=options,
        laws=tuple(laws),
        glossary=glossary,
        readings=readings,
        interfaces={code: interface_from_file(translations, code) for code in options.languages},
    )


def _unsafe(place: Position, name: str, fault: str) -> Problem:
    return error("unsafe-name", place, f"`{visible(name)}` cannot be a name: {fault}.", "rename it")


def law_from_folder(path: Path, options: Options) -> Law:
    """One law from its edition.toml, its witness and its catalogs."""
    decisions = decisions_from_file(path, name=str(path.relative_to(options.root)))
    if fault := law_id_fault(decisions.law.id):
        raise DuizhaoError([_unsafe(decisions.position("law", 0, "id"), decisions.law.id, fault)])
    if decisions.law.id != path.parent.name:
        raise DuizhaoError(
            [
                error(
                    "law-id",
                    decisions.position("law", 0, "id"),
                    f"The id `{decisions.law.id}` is not the name of the folder,"
                    f" `{path.parent.name}`.",
                    "make them the same: the id is part of the law's address",
                )
            ]
        )
    witness = witness_of(decisions, options)
    edition = edition_from_decisions(decisions, witness)
    bilingual = {}
    for language in options.languages:
        if language != "zh":
            relative = f"{options.translations}/{language}/LC_MESSAGES/{decisions.law.id}.po"
            catalog = catalog_from_file(options.root / relative, language=language, name=relative)
            faults = [p for p in check_catalog(edition, catalog) if p.severity is Severity.ERROR]
            if faults and not options.updating:
                raise DuizhaoError(faults)
            bilingual[language] = bilingual_from_edition(edition, catalog)
    return law_from_parts(decisions, witness, edition, bilingual)


def witness_of(decisions: Decisions, options: Options) -> Witness:
    """The witness that an edition.toml names, checked against its digest."""
    if len(decisions.witness) != 1:
        raise DuizhaoError(
            [
                error(
                    "edition-missing-key",
                    Position(file=decisions.path),
                    f"An edition has one [[witness]], not {len(decisions.witness)}.",
                    "add the file, its SHA-256 and a description",
                )
            ]
        )
    source = decisions.witness[0]
    path = (options.root / options.seeds / source.file).resolve()
    if not path.is_relative_to((options.root / options.seeds).resolve()):
        raise DuizhaoError(
            [
                error(
                    "witness-outside",
                    decisions.position("witness", 0, "file"),
                    f"`{source.file}` lies outside {options.seeds}/.",
                    "copy the witness into seeds/witnesses/",
                )
            ]
        )
    if fault := file_fault(path.name):
        raise DuizhaoError([_unsafe(decisions.position("witness", 0, "file"), path.name, fault)])
    try:
        return witness_from_file(path, name=f"{options.seeds}/{source.file}", sha256=source.sha256)
    except DuizhaoError as reason:
        keys = {"witness-missing": "file", "witness-changed": "sha256"}
        raise DuizhaoError(
            replace(p, position=decisions.position("witness", 0, keys[p.code]))
            if p.code in keys
            else p
            for p in reason.problems
        ) from reason


def check_site(site: Site) -> Iterator[Problem]:
    """Every problem of the site's laws: accounting of the witnesses, then translations."""
    yield from check_witnesses(site)
    for language in site.options.languages:
        if language != "zh":
            yield from check_translations(catalogs(site, language), site.glossary)


def check_witnesses(site: Site) -> Iterator[Problem]:
    """The accounting of the witnesses, and what cannot be seen in the texts."""
    for laws in site.witnesses().values():
        yield from check_accounting(laws[0].witness, [(w.decisions, w.edition) for w in laws])
    for law in site.laws:
        yield from check_invisible(Checked.of(law.witness, law.edition))


def catalogs(site: Site, language: str) -> list[tuple[Edition, Catalog]]:
    """Each law's edition with its catalog in a language."""
    folder = f"{site.options.translations}/{language}/LC_MESSAGES"
    return [
        (
            law.edition,
            catalog_from_file(
                site.options.root / folder / f"{law.id}.po",
                language=language,
                name=f"{folder}/{law.id}.po",
            ),
        )
        for law in site.laws
    ]


def require_sound(site: Site) -> None:
    """Raise DuizhaoError where a witness is not accounted for; catalogs were read strictly."""
    errors = [p for p in check_witnesses(site) if p.severity is Severity.ERROR]
    if errors:
        raise DuizhaoError(errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A generated page: its Markdown file, its text, and what the theme must know."""

    path: str
    markdown: str = field(repr=False)
    language: str
    kind: str
    title: str
    law_id: str = ""
    slug: str = ""


PRINT_FORMS = ("zh", "parallel")


def print_path(law: Law, leaf: Leaf, form: str) -> str:
    """Where a leaf's PDF stands, below the site's root."""
    name = leaf.slug.replace("/", "-")
    return f"pdf/{law.id}/{name}.{'zh' if form == 'zh' else 'zh-en' if form == 'parallel' else form}.pdf"


def pages(site: Site) -> Iterator[Page]:
    """Every generated page of the site, law by law."""
    found: dict[str, dict[str, list[Occurrence]]] = {}
    for language in site.options.languages:
        ui = site.interfaces[language]
        for name, laws in site.witnesses().items():
            views = {law.id: site.view(law, language) for law in laws}
            line_fates: tuple[Fate, ...] = fates(
                laws[0].witness, [(w.decisions, w.edition) for w in laws]
            )
            path = source_path(language, name)
            yield Page(
                path=path,
                markdown=source_markdown(ui, views, line_fates, path),
                language=language,
                kind="source",
                title=ui("The source, line by line"),
            )
        for law in site.laws:
            yield from law_pages(site, site.view(law, language))
        pair_ui = site.view(site.laws[0], language).pair_ui
        if pair_ui.language not in found:
            found[pair_ui.language] = concordance(site.laws, pair_ui.language, site.glossary)
        places = found[pair_ui.language]
        yield from concordance_pages(site, language, places)
        yield Page(
            path=f"{language}/glossary.md",
            markdown=glossary_markdown(
                ui,
                pair_ui,
                site.glossary,
                {
                    term.slug: concordance_path(language, letter)
                    for letter, terms in letters(site.glossary, places)
                    for term in terms
                },
            ),
            language=language,
            kind="glossary",
            title=ui("Glossary"),
        )


def concordance_pages(
    site: Site, language: str, found: dict[str, list[Occurrence]]
) -> Iterator[Page]:
    """The concordance, a page for each letter that a term begins with."""
    ui = site.interfaces[language]
    views = {law.id: site.view(law, language) for law in site.laws}
    cited = {law.id: citations(law.edition) for law in site.laws}
    groups = dict(letters(site.glossary, found))
    for letter, terms in groups.items():
        yield Page(
            path=concordance_path(language, letter),
            markdown=concordance_markdown(ui, views, cited, found, terms, letter, list(groups)),
            language=language,
            kind="glossary",
            title=ui("Concordance: {letter}", letter=letter.upper()),
        )


def law_pages(site: Site, view: View) -> Iterator[Page]:
    """The pages of one law in one interface language."""
    law = view.law
    source = source_path(view.language, law.witness.name)
    prints = {
        leaf.slug: {form: print_path(law, leaf, form) for form in PRINT_FORMS}
        for leaf in law.leaves
        if site.options.pdf
    }
    yield Page(
        path=view.path("index"),
        markdown=overview_markdown(view, source, prints),
        language=view.language,
        kind="overview",
        title=view.title(),
        law_id=law.id,
        slug="index",
    )
    for leaf in law.leaves:
        markdown, _ = leaf_markdown(view, leaf, site.glossary, source)
        yield Page(
            path=view.path(leaf.slug),
            markdown=markdown,
            language=view.language,
            kind="leaf",
            title=leaf_title(view, leaf),
            law_id=law.id,
            slug=leaf.slug,
        )
    yield Page(
        path=view.path("about"),
        markdown=about_markdown(view, source),
        language=view.language,
        kind="about",
        title=view.ui("About this text"),
        law_id=law.id,
        slug="about",
    )


def leaf_title(view: View, leaf: Leaf) -> str:
    """A leaf's heading in the page's language."""
    if leaf.division is None:
        return view.title()
    chinese = " ".join(str(leaf.division.heading.text).split())
    return view.words(leaf.division.heading.eid, chinese)
