"""Before a publication: `check --release`, what should stop it; `changes`, what it changes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from duizhao.cli.parser import Add
from duizhao.commands.cite import require_language
from duizhao.ground.problem_words import LANGUAGE, said
from duizhao.ground.problems import visible
from duizhao.languages.ui import Interface, interface_from_file
from duizhao.site.options import Options


def add_release(check: argparse.ArgumentParser) -> None:
    """Hang the options of the release gate into `check`."""
    check.add_argument(
        "--release", action="store_true", help="build too, and report what stops a publication"
    )
    check.add_argument(
        "--format", choices=("text", "json", "html", "sarif"), default="text",
        help="html and sarif: with --release",
    )  # fmt: skip
    check.add_argument("--language", help="of the report of --release: zh or en (default: LANG)")
    check.add_argument("--out", type=Path, help="write the report of --release here")
    check.add_argument(
        "--allow", action="append", default=[], metavar="CODE",
        help="with --release: findings of this code do not stop (may be repeated)",
    )  # fmt: skip


def of_release_only(options: argparse.Namespace) -> str:
    """The first option given to `check` that only the release gate heeds; "" where there is none."""
    if options.format not in ("text", "json"):
        return f"--format {options.format}"
    given = {"--out": options.out, "--allow": options.allow, "--language": options.language}
    return next((name for name, value in given.items() if value), "")


def release_gate(
    options: argparse.Namespace,
    root: Path,
    out: Callable[[str], None],
    say: Callable[[str], None],
) -> int:
    """Make every check and write the report; exit code 1 where something stops it.

    What is allowed and does not occur is said: a code may be misspelt, or mended.
    """
    from duizhao.building.mkdocs.site_build import inputs_from_config  # noqa: PLC0415 - mkdocs is slow to import
    from duizhao.commands.release import allowed, release  # noqa: PLC0415
    from duizhao.commands.release_report import REPORTS, verdict  # noqa: PLC0415

    settings, kept = inputs_from_config(root)
    ui = _interface(options, settings)
    codes = frozenset(options.allow)
    checks = list(release(root, settings, kept))
    for code in sorted(codes - {p.code for check in checks for p in check.problems}):
        say(said(f"--allow {visible(code)}: there is no such finding"))
    checks = [allowed(check, codes) for check in checks]
    _write(REPORTS[options.format](ui, checks), options.out, out)
    return 0 if verdict(checks) else 1


def add_changes(
    add: Add, out: Callable[[str], None], root: Callable[[argparse.Namespace], Path]
) -> None:
    """Hang `changes` into the command line; `out` prints, `root` finds the site's folder."""
    summary = "say what changed in the texts between two versions of a site's sources"
    sub = add("changes", _changes, summary, "changes ../main --language zh")
    sub.add_argument("before", type=Path, help="folder of the older version's mkdocs.yml")
    sub.add_argument("--language", help="of the report: zh or en (default: LANG)")
    sub.add_argument("--format", choices=("markdown", "json"), default="markdown")
    sub.add_argument("--out", type=Path, help="write the report here")
    sub.set_defaults(say=out, root_of=root)


def _changes(options: argparse.Namespace) -> int:
    from duizhao.building.mkdocs.site_build import options_from_config  # noqa: PLC0415 - mkdocs is slow to import
    from duizhao.commands.changes import as_json, changes, report  # noqa: PLC0415
    from duizhao.site.pipeline import site_from_options  # noqa: PLC0415

    settings = options_from_config(options.root_of(options))
    before = options_from_config(options.before.resolve())
    found = list(
        changes(
            site_from_options(replace(before, updating=True)),
            site_from_options(replace(settings, updating=True)),
        )
    )
    if options.format == "json":
        text = json.dumps(as_json(found), ensure_ascii=False, indent=1)
    else:
        text = report(_interface(options, settings), found).rstrip("\n")
    _write(text, options.out, options.say)
    return 0


def _interface(options: argparse.Namespace, settings: Options) -> Interface:
    if options.language:
        require_language(options.language, list(dict.fromkeys(("zh", "en", *settings.languages))))
    wanted = options.language or LANGUAGE.get()
    language = wanted if wanted in settings.languages else "en"
    return interface_from_file(settings.root / settings.translations, language)


def _write(text: str, path: Path | None, out: Callable[[str], None]) -> None:
    if path and str(path) != "-":
        path.write_text(text + "\n", encoding="utf-8")
    else:
        out(text)
