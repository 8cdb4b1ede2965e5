"""How a reader refuses a file: one error, one problem."""

from __future__ import annotations

from duizhao.ground.problems import DuizhaoError, Position, error


def refusal(code: str, place: Position, message: str, hint: str) -> DuizhaoError:
    """A DuizhaoError that holds one problem."""
    return DuizhaoError([error(code, place, message, hint)])
