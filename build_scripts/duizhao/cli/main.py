"""The command line: `duizhao COMMAND`, or `python build_scripts COMMAND`.

Exit codes: 0 fine, 1 problems found (or a full disk), 2 wrong use, 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from duizhao.building.whole.guards import require_apart
from duizhao.building.whole.publish import write_all
from duizhao.cli.add import add_add, add_laws
from duizhao.cli.bench import add_bench
from duizhao.cli.build import add_build
from duizhao.cli.check import add_check, translations
from duizhao.cli.exchange import ACTIONS, add_exchange, exchange
from duizhao.cli.export import add_export
from duizhao.cli.parser import Command, Parser, add_parser
from duizhao.cli.printing import add_print
from duizhao.cli.quote import add_quote, quote
from duizhao.cli.release import add_changes
from duizhao.cli.serve import add_serve
from duizhao.cli.site import add_site_commands, system_fault
from duizhao.cli.split import add_split
from duizhao.cli.translate import begun, chosen, update
from duizhao.commands.cite import ids_in, quotation, require_language, site_of
from duizhao.editing.parse_json import parse_json
from duizhao.ground.garbage import looked_for_seldom
from duizhao.ground.pool import Workers
from duizhao.ground.problem_words import LANGUAGE, language_of, said, spoken
from duizhao.ground.problems import (
    DuizhaoError,
    Position,
    WrongUseError,
    counted,
    error,
    harmless,
    phrase,
)
from duizhao.site.kept_laws import KeptLaws
from duizhao.site.pipeline import Site, site_from_options
from duizhao.site.site_pages import pages
from duizhao.sources.witness import witness_from_file


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    spoke = LANGUAGE.set(language_of(os.environ))
    try:
        return _run(_parser().parse_args(arguments))
    finally:
        LANGUAGE.reset(spoke)


def _run(options: argparse.Namespace) -> int:
    """Run the command chosen; what stops it is said in words, without a traceback."""
    command: Command = options.command
    try:
        return command(options)
    except DuizhaoError as reason:
        if options.debug:
            traceback.print_exc()
        for problem in reason.problems:
            _say(spoken(problem))
        return 2 if isinstance(reason, WrongUseError) else 1
    except (OSError, UnicodeError) as reason:
        if isinstance(reason, BrokenPipeError):
            sys.stderr.close()
            return 1
        if options.debug:
            traceback.print_exc()
        _say(system_fault(reason))
        return 1
    except KeyboardInterrupt:
        _say(said("interrupted"))
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="duizhao",
        description=said("Publish Chinese law in two languages."),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--root", type=Path, default=None, help="folder of mkdocs.yml")
    parser.add_argument("--debug", action="store_true", help="show tracebacks")
    commands = parser.add_subparsers(title=said("commands"), required=True, metavar="COMMAND")

    def add(name: str, run: Command, summary: str, example: str) -> argparse.ArgumentParser:
        sub = add_parser(commands, name, summary, example)
        sub.set_defaults(command=run)
        return sub

    add_build(add, _root, _say)
    add_check(add, _root, _site, _out, _say)
    parse = add(
        "parse", _parse, "read a text of law and print its structure as JSON", "parse law.txt"
    )
    parse.add_argument("file", type=Path)
    examine = add("examine", _examine, "report what is broken in a witness", "examine page.txt")
    examine.add_argument("file", type=Path)
    examine.add_argument("--out", type=Path, help="write a proposed edition.toml for each law here")
    examine.add_argument("--format", choices=("text", "json"), default="text")
    add_add(add, _add)
    add_bench(add, _bench)
    cite = add("cite", _cite, "a provision with its citation and status", "cite community 第七条")
    cite.add_argument("law", help="its id, or a part of its title")
    cite.add_argument("citation", help="第十三条第二款, art 13(2), art_13__para_2")
    cite.add_argument("--language", default="zh", help="of the link and the status")
    cite.add_argument("--format", choices=("text", "json"), default="text")
    markdown = add(
        "markdown", _markdown, "write the Markdown of all pages", "markdown build/markdown"
    )
    markdown.add_argument("folder", type=Path)
    add_serve(add, _root, _say)
    translate = add("translate", _translate, "keep the catalogs up to date", "translate update")
    actions = translate.add_subparsers(title=said("actions"), required=True, metavar="ACTION")
    for name, summary in (
        ("update", phrase("bring the catalogs up to date with the Chinese")),
        ("status", phrase("show the progress of the translation by law and chapter")),
        ("check", phrase("check the translations against the Chinese")),
    ):
        action = add_parser(actions, name, summary, f"translate {name} xizang-community-governance")
        action.set_defaults(action=name)
        action.add_argument("law", nargs="*", help="ids, or parts of titles (default: all)")
        if name != "update":
            action.add_argument("--format", choices=("text", "json"), default="text")
    add_exchange(actions)
    add_site_commands(add, _out)
    add_changes(add, _out, _root)
    add_print(add, _pdf)
    add_quote(add, _quote)
    add_export(add, _root, _say, _put)
    add_split(add, _say)
    return parser


def _say(text: str) -> None:
    """A line for people, on standard error."""
    sys.stderr.write(harmless(text) + "\n")


def _out(text: str) -> None:
    """A result, on standard output."""
    sys.stdout.write(harmless(text) + "\n")


def _put(path: Path, data: bytes) -> bool:
    """A result as a file; of the name `-`, on standard output.  Whether it is a file."""
    if str(path) == "-":
        sys.stdout.buffer.write(data)
        return False
    path.write_bytes(data)
    return True


def encode_with(errors: str) -> None:
    """Let a handler of errors encode what the encoding of standard output lacks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors=errors)


def _root(options: argparse.Namespace) -> Path:
    """The folder of mkdocs.yml: the one given, or the nearest above here.

    Raises DuizhaoError where there is none.
    """
    here = Path(options.root or "").resolve()
    for folder in (here, *(() if options.root else here.parents)):
        if (folder / "mkdocs.yml").is_file():
            return folder
    hint = "name the folder of a site, or begin a new one with `duizhao init`"
    if options.root is None:
        message = "There is no mkdocs.yml here or above."
        hint = "go to the folder of a site, name it with --root, or begin one with `duizhao init`"
    elif here.is_dir():
        message = "This is not the folder of a site: there is no mkdocs.yml in it."
    else:
        message = "This is a file." if here.exists() else "There is no such folder."
    raise DuizhaoError([error("no-site", Position(file=str(here)), message, hint)])


def _site(options: argparse.Namespace) -> tuple[Site, KeptLaws | None]:
    """The site with all its laws, and where they are kept.

    They rest, and what was read before is not read again.
    """
    from duizhao.building.mkdocs.site_build import inputs_from_config  # mkdocs is slow to import

    settings, kept = inputs_from_config(_root(options))
    with looked_for_seldom(), Workers() as workers:
        return site_from_options(settings, kept, workers), kept


def _parse(options: argparse.Namespace) -> int:
    found = parse_json(witness_from_file(options.file))
    _out(json.dumps(found, ensure_ascii=False, indent=1))
    none = [p for p in found["problems"] if p["code"] == "no-article" and p["severity"] == "error"]
    if len(none) < len(found["laws"]):
        return 0
    told = said("No article (第一条 …) was found in this file.")
    _say(f"{options.file.name}  no-article  {told}")
    return 1


def _examine(options: argparse.Namespace) -> int:
    from duizhao.commands.add import namer
    from duizhao.editing.examine.findings import examined
    from duizhao.editing.examine.propose import proposal
    from duizhao.editing.examine.report import report_json, report_lines

    found = examined(witness_from_file(options.file))
    if options.format == "json":
        _out(json.dumps(report_json(found), ensure_ascii=False, indent=1))
    else:
        for line in report_lines(found):
            _out(line)
    if options.out:
        id_of = namer()
        named = [(law, id_of(law.title, n)) for n, law in enumerate(found.laws, 1)]
        witness = f"witnesses/{options.file.name}"
        drafts = (
            (
                f"{law_id}/edition.toml",
                proposal(found, law, law_id=law_id, witness_file=witness),
            )
            for law, law_id in named
        )
        count = write_all(options.out, drafts)
        _say(said(f"{counted(count, 'draft', 'drafts')} in {options.out}"))
    return 0


def _add(options: argparse.Namespace) -> int:
    from duizhao.building.mkdocs.site_build import options_from_config  # mkdocs is slow to import

    return add_laws(options, options_from_config(_root(options)), _out, _say)


def _bench(options: argparse.Namespace) -> int:
    from duizhao.cli.bench import bench

    text, summary, code = bench(options, _root(options), _say)
    if text:
        _out(text)
    if summary:
        _say(summary)
    return code


def _pdf(options: argparse.Namespace) -> int:
    from duizhao.building.mkdocs.site_build import (  # mkdocs is slow to import
        inputs_from_config,
        print_options,
    )
    from duizhao.cli.printing import write_pdf

    root = _root(options)
    write_pdf(options, inputs_from_config(root), print_options(root), _put, _say)
    return 0


def _cite(options: argparse.Namespace) -> int:
    from duizhao.building.mkdocs.site_build import inputs_from_config, site_url

    settings, kept = inputs_from_config(_root(options))
    require_language(options.language, settings.languages)
    site = site_of(settings, options.law, kept)
    for problem in site.unread:
        _say(spoken(problem))
    base = site_url(settings.root)
    found = quotation(site, options.law, options.citation, language=options.language, base=base)
    if options.format == "json":
        _out(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return 0
    for line in (found.citation_zh, *found.text_zh, ""):
        _out(line)
    for line in (*filter(None, (found.citation, *found.text)), ""):
        _out(line)
    between = "；" if options.language == "zh" else "; "
    _out(f"[{between.join(found.status)}]")
    _out(found.url)
    return 0


def _quote(options: argparse.Namespace) -> int:
    return quote(options, *_site(options), _out)


def _markdown(options: argparse.Namespace) -> int:
    from duizhao.building.mkdocs.site_build import folders_from_config  # mkdocs is slow to import

    root = _root(options)
    require_apart(options.folder, root, folders_from_config(root))
    site, _ = _site(options)
    count = write_all(options.folder, ((p.path, p.markdown) for p in pages(site)))
    _say(said(f"{counted(count, 'file', 'files')} in {options.folder}"))
    return 0


def _translate(options: argparse.Namespace) -> int:
    if options.action in ("status", "check"):
        return translations(options, *_site(options), _out)
    from duizhao.building.mkdocs.site_build import inputs_from_config  # mkdocs is slow to import

    settings, kept = inputs_from_config(_root(options))
    settings = replace(settings, updating=True)
    names = [options.law] if options.action in ACTIONS else options.law
    site = site_from_options(replace(settings, only=ids_in(settings, names)), kept)
    if options.action in ACTIONS:
        code, lines = exchange(options, site, _say, _put)
        for line in lines:
            _out(line)
        return code
    for line in begun(settings):
        _say(line)
    for law in chosen(site, options.law):
        for line in update(settings, site.glossary, law):
            _say(line)
    return 0
