"""What another program says through its logger and its exceptions, taken back from it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from duizhao.ground.problems import DuizhaoError


@contextmanager
def warnings_of(name: str) -> Iterator[list[str]]:
    """What a logger warns of meanwhile; MkDocs sets up no handler of its own for that."""
    found: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)


def ours_in(reason: BaseException | None) -> DuizhaoError | None:
    """The problems that made MkDocs stop, if they are ours: it raises its own in their place."""
    while reason is not None and not isinstance(reason, DuizhaoError):
        reason = reason.__cause__ or reason.__context__
    return reason
