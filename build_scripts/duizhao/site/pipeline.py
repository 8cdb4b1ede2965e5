"""The pipeline: the one module that knows the order of the stages.

::

    seeds/<law-id>/edition.toml ─► decisions ─► witness ─► edition ─► law (with catalogs)
    laws that share a witness ─► accounting
    site = laws + glossary + interfaces ─► pages (Markdown), prints (PDF), search records
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from duizhao.editing.decisions import Decisions, decisions_from_file
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.editing.history import history_from_file
from duizhao.editing.redirects import (
    NAME,
    Redirects,
    check_laws,
    redirects_from_file,
    with_redirects,
)
from duizhao.ground.input_file import bytes_of
from duizhao.ground.names import file_fault, language_fault, languages_fault, law_id_fault
from duizhao.ground.pool import WORTH_PROCESSES, Workers
from duizhao.ground.problems import DuizhaoError, Position, Problem, error, visible
from duizhao.languages.bilingual import bilingual_from_edition
from duizhao.languages.catalog import Catalog, catalog_from_file
from duizhao.languages.checks import refused, units_by_line
from duizhao.languages.citing import name_of
from duizhao.languages.glossary import Glossary, glossary_from_file
from duizhao.languages.law import Law, View, law_from_parts
from duizhao.languages.pinyin import Readings, readings_from_file
from duizhao.languages.ui import Interface, interface_from_file
from duizhao.parser.edition import Edition
from duizhao.site.kept_laws import Files, KeptLaws
from duizhao.site.options import Options
from duizhao.sources.witness import Witness, witness_from_file


@dataclass(frozen=True, kw_only=True)
class Site:
    """Everything that is published, ready for the writers."""

    options: Options
    laws: tuple[Law, ...]
    glossary: Glossary
    readings: Readings
    interfaces: dict[str, Interface] = field(repr=False)
    faults: tuple[Problem, ...] = ()  # of catalogs, where the options let them pass
    unread: tuple[Problem, ...] = ()  # of laws that are not here, where the options go on without
    redirects: Redirects = field(default_factory=Redirects)

    def view(self, law: Law, language: str) -> View:
        """A law as pages of an interface language show it."""
        pair_ui = self.pair_ui(language)
        return View(
            law=law,
            ui=self.interfaces[language],
            pair_ui=pair_ui,
            languages=self.options.languages,
            shelf=self.shelf,
        )

    @cached_property
    def shelf(self) -> dict[str, Law]:
        """The laws by the names under which others cite them."""
        return {name_of(law.summary.metadata.title): law for law in self.laws}

    def pair_ui(self, language: str) -> Interface:
        """The interface in the language that pages of `language` show beside the Chinese."""
        return self.interfaces[language if language != "zh" else self.options.others[0]]

    def witnesses(self) -> dict[str, tuple[Law, ...]]:
        """The laws made from each witness, by the witness's name."""
        found: dict[str, list[Law]] = {}
        for law in self.laws:
            found.setdefault(law.summary.witness, []).append(law)
        return {name: tuple(laws) for name, laws in found.items()}

    @cached_property
    def days(self) -> dict[str, str]:
        """The day of each law's latest change by its id, under "" that of all laws."""
        found = {
            law.id: max(
                [law.summary.metadata.edition_date, *(change.date for change in law.history)]
            )
            for law in self.laws
        }
        return {**found, "": max(found.values(), default="")}

    def law(self, law_id: str) -> Law:
        """The law with an id; KeyError where there is none."""
        return self._by_id[law_id]

    @cached_property
    def _by_id(self) -> dict[str, Law]:
        return {law.id: law for law in self.laws}


def site_from_options(
    options: Options, kept: KeptLaws | None = None, workers: Workers | None = None
) -> Site:
    """Read everything, laws that are `kept` from there, many others by `workers`.

    Raises DuizhaoError with the problems of all laws together.
    """
    seeds = options.root / options.seeds
    translations = options.root / options.translations
    problems: list[Problem] = [
        _unsafe(Position(file="mkdocs.yml"), code, fault)
        for code in options.languages
        if (fault := language_fault(code))
    ]
    problems += _languages(options.languages)
    if problems:
        raise DuizhaoError(problems)
    redirects = Redirects()
    try:
        redirects = redirects_from_file(seeds / NAME, name=f"{options.seeds}/{NAME}")
    except DuizhaoError as reason:
        problems.extend(reason.problems)
    workers = workers or Workers()
    words = workers.ahead(_words, options, kept)
    laws, faults, found = _laws(options, redirects, kept, workers)
    problems += () if options.partial else found
    readings, glossary = Readings(), Glossary()
    try:
        readings, glossary = words()
    except DuizhaoError as reason:
        problems.extend(reason.problems)
    if not (laws or found or problems):
        problems.append(
            error(
                "no-laws",
                Position(file=options.seeds),
                "There is no law to publish.",
                f"put one into {options.seeds}/<law-id>/edition.toml",
            )
        )
    if not (problems or options.only or options.partial):
        problems = list(check_laws(redirects, [law.id for law in laws]))
    if problems:
        raise DuizhaoError(problems)
    return Site(
        options=options,
        laws=tuple(laws),
        glossary=glossary,
        readings=readings,
        interfaces={code: interface_from_file(translations, code) for code in options.languages},
        faults=faults,
        unread=tuple(found) if options.partial else (),
        redirects=redirects,
    )


def _words(options: Options, kept: KeptLaws | None) -> tuple[Readings, Glossary]:
    """How words are read and rendered; the pinyin of terms takes long to find."""
    files = [options.root / options.seeds / name for name in ("pinyin.toml", "glossary.toml")]
    names = [f"{options.seeds}/{file.name}" for file in files]

    def read() -> tuple[Readings, Glossary]:
        readings = readings_from_file(files[0], name=names[0])
        return readings, glossary_from_file(files[1], readings, name=names[1])

    return kept.whole("words", files, read) if kept else read()


def _languages(codes: tuple[str, ...]) -> Iterator[Problem]:
    if fault := languages_fault(codes):
        shown = visible(", ".join(codes))
        message = f"`languages: [{shown}]` cannot be: {fault}."
        hint = "name the languages in mkdocs.yml, such as [zh, en]"
        yield error("configuration", Position(file="mkdocs.yml"), message, hint)


def _unsafe(place: Position, name: str, fault: str) -> Problem:
    return error("unsafe-name", place, f"`{visible(name)}` cannot be a name: {fault}.", "rename it")


@dataclass(frozen=True, slots=True, kw_only=True)
class _ToRead:
    """A law that is to be read; the result is kept where `files` are known."""

    path: Path
    options: Options
    redirects: Redirects
    files: Files | None
    kept: KeptLaws | None

    @property
    def settings(self) -> object:
        """What reading depends on beside the files."""
        options, law_id = self.options, self.path.parent.name
        folders = (options.seeds, options.translations, law_id)
        moved = sorted(self.redirects.of(law_id).items())
        return folders, options.languages, moved

    @property
    def size(self) -> int:
        """Characters of the law, roughly: bytes of its text by three."""
        there = (file for file in (self.files or {}).get("text", ()) if file.is_file())
        return sum(file.stat().st_size for file in there) // 3

    def known(self) -> Law | None:
        """The law as it is kept."""
        if not (self.kept and self.files):
            return None
        return self.kept.known(self.files, self.settings, partial(self.read, []))

    def read(self, faults: list[Problem]) -> Law:
        """The law; faults of its catalogs that were let pass are added."""
        return law_from_folder(self.path, self.options, faults, self.redirects)


_Outcome = tuple[Law | None, tuple[Problem, ...], tuple[Problem, ...]]


def _read(task: _ToRead) -> _Outcome:
    """A law, unless it is kept now; the faults of its catalogs that were let pass; what is wrong."""
    faults: list[Problem] = []
    try:
        lax = task.options.faulty or task.options.updating  # what is kept has no faults
        if task.kept and task.files and not lax:
            law = task.kept.law(task.files, task.settings, partial(task.read, faults))
            return None if task.known() else law, tuple(faults), ()
        return task.read(faults), tuple(faults), ()
    except DuizhaoError as reason:
        return None, tuple(faults), tuple(reason.problems)


def _laws(
    options: Options, redirects: Redirects, kept: KeptLaws | None, workers: Workers
) -> tuple[tuple[Law, ...], tuple[Problem, ...], list[Problem]]:
    """All laws in the order of their folders, faults let pass, what is wrong with them."""
    if workers.elsewhere:  # the files are here
        with Workers() as own:
            return _laws(options, redirects, kept, own)
    tasks = [
        _ToRead(
            path=path,
            options=options,
            redirects=redirects.within(path.parent.name),
            files=_files(path, options) if kept else None,
            kept=kept,
        )
        for path in sorted(
            path
            for name in options.only or ("*",)
            for path in (options.root / options.seeds).glob(f"{name}/edition.toml")
        )
    ]
    laws = {task.path: law for task in tasks if (law := task.known())}
    rest = [task for task in tasks if task.path not in laws]
    alone = sum(task.size for task in rest) < WORTH_PROCESSES
    faults: list[Problem] = []
    problems: list[Problem] = []
    read = workers.mapped(_read, rest, name=lambda task: task.path.parent.name, alone=alone)
    for task, (law, passed, wrong) in zip(rest, read, strict=True):
        faults += passed
        problems += wrong
        if found := law or (None if wrong else task.known() or task.read([])):
            laws[task.path] = found
    return tuple(laws[t.path] for t in tasks if t.path in laws), tuple(faults), problems


def _files(path: Path, options: Options) -> Files | None:
    """The files of a law; None where its edition.toml does not say which may be its witness."""
    try:
        said = tomllib.loads(bytes_of(path).decode("utf-8-sig"))
        witness = _witness_file(said["witness"][0]["file"], options)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None  # reading it will say what is wrong
    if witness is None or file_fault(witness.name):
        return None
    catalogs = options.root / options.translations
    return {
        "text": (path, witness),
        "translation": [
            catalogs / code / f"LC_MESSAGES/{path.parent.name}.po" for code in options.others
        ],
        "history": (path.with_name("history.toml"),),
    }


def _witness_file(said: str, options: Options) -> Path | None:
    """The file that an edition.toml names, wherever links lead; None outside the seeds."""
    seeds = Path(os.path.realpath(options.root / options.seeds))
    path = Path(os.path.realpath(seeds / said))
    return path if path.is_relative_to(seeds) else None


def law_from_folder(
    path: Path, options: Options, faults: list[Problem], redirects: Redirects
) -> Law:
    """One law from its edition.toml, its witness and its catalogs.

    Faults of catalogs that the options let pass are added to `faults`.
    """
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
    edition = with_redirects(edition_from_decisions(decisions, witness), redirects)
    bilingual = {}
    for language in options.others:
        catalog = _catalog(edition, language, options, faults)
        bilingual[language] = bilingual_from_edition(edition, catalog)
    file = path.with_name("history.toml")
    changes = history_from_file(file, name=str(file.relative_to(options.root)))
    return law_from_parts(decisions, witness, edition, bilingual, changes)


def _catalog(edition: Edition, language: str, options: Options, faults: list[Problem]) -> Catalog:
    """A law's catalog; without its faulty entries where the options let faults pass."""
    name = f"{options.translations}/{language}/LC_MESSAGES/{edition.law_id}.po"
    passed: list[Problem] | None = [] if options.faulty else None
    catalog = catalog_from_file(options.root / name, language=language, name=name, faults=passed)
    found = [] if options.updating else refused(edition, catalog)
    if passed is None:
        if found:
            raise DuizhaoError(found)
        return catalog
    faults += passed + found
    units = units_by_line(catalog)
    wrong = {units.get(problem.position.line, "") for problem in found}
    sound = {eid: entry for eid, entry in catalog.entries.items() if eid not in wrong}
    return replace(catalog, entries=sound)


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
    place = decisions.position("witness", 0, "file")
    if "\0" in source.file:  # systems cannot even be asked for it
        raise DuizhaoError([_unsafe(place, source.file, file_fault(source.file))])
    path = _witness_file(source.file, options)
    if path is None:
        message = f"`{source.file}` lies outside {options.seeds}/."
        hint = "copy the witness into seeds/witnesses/"
        raise DuizhaoError([error("witness-outside", place, message, hint)])
    if fault := file_fault(path.name):
        raise DuizhaoError([_unsafe(place, path.name, fault)])
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
