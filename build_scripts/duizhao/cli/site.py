"""Commands for a site as a whole: `init` begins one, `doctor` and `verify` look at it."""

from __future__ import annotations

import argparse
import errno
import json
import shlex
from collections.abc import Callable
from pathlib import Path

from duizhao.cli.parser import Add
from duizhao.commands.doctor import Finding, examinations
from duizhao.commands.starter import write_starter
from duizhao.commands.verify import check_inputs, check_outputs, manifest_in
from duizhao.ground.problem_words import said, spoken
from duizhao.ground.problems import counted, display_width, phrase
from duizhao.writers.downloads import check_file

_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def add_site_commands(add: Add, out: Callable[[str], None]) -> None:
    """Hang the commands of this module into the command line; `out` prints a result."""
    init = add("init", _init, "begin a new site with one invented regulation", "init mysite")
    init.add_argument("folder", type=Path)
    init.set_defaults(say=out)
    summary = "say what is missing on this machine, and how to get it"
    add("doctor", _doctor, summary, "doctor").set_defaults(say=out)
    verify = add("verify", _verify, "check a published folder against its manifest", "verify site")
    verify.add_argument(
        "site", type=Path, help="the published folder, or one .xml, .json or .epub of it"
    )
    verify.add_argument("--sources", type=Path, help="check that these sources made it, too")
    verify.add_argument("--format", choices=("text", "json"), default="text")
    verify.set_defaults(say=out)


def system_fault(reason: OSError | UnicodeError) -> str:
    """What the system refused, in words: place, cause, remedy."""
    if isinstance(reason, UnicodeError):
        told = said(f"A text holds a character that no file can: {reason}.")
        return f"render  {told}\n  {said('Do: take it out')}"
    # Where a file is copied or renamed, the second is the one that could not be written.
    place = reason.filename2 or reason.filename or said("the disk")
    told = said(f"The system refuses it: {reason.strerror or reason}.")
    if reason.errno in _FULL:
        remedy = said("Do: free space, then run it again; what was published is whole")
    elif reason.errno in _FORBIDDEN:
        remedy = said(
            "Do: mend the permissions or name another folder, then run it again;"
            " what was published is whole"
        )
    elif reason.errno == errno.ENOENT:
        remedy = said(
            "Do: correct the name, or put it there, then run it again; what was published is whole"
        )
    else:
        remedy = said("Do: mend that, then run it again; what was published is whole")
    return f"{place}  system  {told}\n  {remedy}"


def _init(options: argparse.Namespace) -> int:
    count = write_starter(options.folder.resolve())
    options.say(said(f"{counted(count, 'file', 'files')} in {options.folder}"))
    folder = shlex.quote(str(options.folder))
    options.say(said(f"next: cd {folder}; duizhao build; duizhao add my-law.docx"))
    return 0


def _doctor(options: argparse.Namespace) -> int:
    found = list(examinations())
    for finding in found:
        options.say(_line(finding))
    return 1 if any(f.essential and not f.fine for f in found) else 0


def _line(finding: Finding) -> str:
    sign = said("ok" if finding.fine else "MISSING" if finding.essential else "absent")
    line = f"{sign}{' ' * (7 - display_width(sign))}  {said(f'{finding.what}: {finding.says}')}"
    return line if finding.fine else f"{line}\n         {said(f'Do: {finding.remedy}')}"


def _verify(options: argparse.Namespace) -> int:
    if options.site.is_file():
        check_file(options.site.read_bytes(), str(options.site))
        options.say(said(f"{options.site}: as it was published"))
        return 0
    manifest = manifest_in(options.site)
    problems = list(check_outputs(options.site, manifest))
    if options.sources:
        problems += check_inputs(options.sources.resolve(), manifest)
    if options.format == "json":
        rows = [{"code": p.code, "file": p.position.file, "message": p.message} for p in problems]
        options.say(json.dumps(rows, ensure_ascii=False, indent=1))
        return 1 if problems else 0
    for problem in problems:
        options.say(spoken(problem))
    made = manifest["inputs"] if options.sources else {}
    sound = counted(len(manifest["outputs"]), "file", "files")
    if made:
        sound = phrase(f"{sound} and {counted(len(made), 'source', 'sources')}")
    wrong = counted(len(problems), "problem", "problems")
    options.say(said(wrong if problems else f"{sound} as the manifest says"))
    return 1 if problems else 0
