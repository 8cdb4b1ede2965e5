"""Processes that start at once: one that has built a site forks them, each runs some code.

Reading the program and its tables is two thirds of a small build; a build to be killed needs
none of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

_PARENT = """
import contextlib, json, os, signal, sys
from duizhao.cli.main import main
with contextlib.redirect_stdout(sys.stderr):
    if main(["--root", sys.argv[1], "build", "--no-pdf"]):
        sys.exit("the first site could not be built")
for line in sys.stdin:
    kind, value = json.loads(line)
    if kind == "kill":
        try:
            os.kill(value, signal.SIGKILL)
        except ProcessLookupError:
            pass
    if kind == "start":
        pid = os.fork()
        if not pid:
            code, said = value
            file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            null = os.open(os.devnull, os.O_RDONLY)
            os.dup2(null, 0), os.dup2(file, 1), os.dup2(file, 2)
            sys.stdin = open(0, closefd=False)
            try:
                exec(code, {"__name__": "forked"})
                status = 0
            except SystemExit as end:
                status = end.code or 0
            except BaseException:
                sys.excepthook(*sys.exc_info())
                status = 70
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(status)
        print(pid, flush=True)
    else:
        print(os.waitstatus_to_exitcode(os.waitpid(value, 0)[1]), flush=True)
"""


class Forks:
    """Starts, ends and awaits processes that have `program`, a folder, on their path.

    Their parent builds the site in the folder `first`.
    """

    def __init__(self, program: Path, first: Path) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-c", _PARENT, str(first)],
            env={**os.environ, "PYTHONPATH": str(program)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _ask(self, kind: str, value: object) -> int:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(json.dumps([kind, value]) + "\n")
        self._parent.stdin.flush()
        return int(self._parent.stdout.readline())

    def start(self, code: str, said: Path = Path(os.devnull)) -> int:
        """Run `code`, which may raise SystemExit; what it says goes to a file.  Gives its id."""
        return self._ask("start", [code, str(said)])

    def kill(self, process: int) -> int:
        """Kill a process where it has not ended, and await it; its exit code as Popen has it."""
        return self._ask("kill", process)

    def wait(self, process: int) -> int:
        """Await a process; its exit code as Popen has it."""
        return self._ask("wait", process)

    def close(self) -> None:
        """End the parent, which has no children any more."""
        self._parent.communicate()
