"""The parser of the command line, which speaks the reader's language, and how commands hang in it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn

from duizhao.ground.problem_words import said
from duizhao.ground.problems import phrase

#: What runs a command: it takes the options and gives the exit code.
Command = Callable[[argparse.Namespace], int]
#: Hangs a command into the command line: its name, what runs it, its summary, an example.
Add = Callable[[str, Command, str, str], argparse.ArgumentParser]

#: What argparse itself says where a command is used wrongly.
_WRONG_USE = (
    phrase("the following arguments are required: {0}"),
    phrase("unrecognized arguments: {0}"),
    phrase("argument {0}: expected one argument"),
    phrase("argument {0}: expected at least one argument"),
    phrase("argument {0}: invalid choice: {1} (choose from {2})"),
    phrase("argument {0}: invalid {1} value: {2}"),
    phrase("argument {0}: ignored explicit argument {1}"),
    phrase("ambiguous option: {0} could match {1}"),
)
_HEADS = (
    phrase("usage: "),
    phrase("positional arguments:"),
    phrase("options:"),
    phrase("show this help message and exit"),
)


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` whose help and refusals are said in the language of the command."""

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        """As argparse has it; the help is translated."""
        if isinstance(settings.get("help"), str):
            settings["help"] = said(settings["help"])
        return super().add_argument(*names, **settings)

    def format_usage(self) -> str:
        """The usage, with its head translated."""
        return _headed(super().format_usage())

    def format_help(self) -> str:
        """The help, with its heads translated."""
        return _headed(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Say what was used wrongly, and end with exit code 2."""
        self.exit(2, f"{self.format_usage()}{self.prog}: {said(message)}\n")


def add_parser(commands: Any, name: str, summary: str, example: str) -> argparse.ArgumentParser:
    """A command, or a part of one, among the subparsers `commands`, with its help."""
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=said(summary),
        description=said(summary),
        epilog=f"{said('example:')}\n  duizhao {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return made


def _headed(text: str) -> str:
    for head in _HEADS:
        text = text.replace(head, said(head), 1)
    return text
