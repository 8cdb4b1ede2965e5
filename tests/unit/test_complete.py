"""A run that lost a test on the way has failed, and says which."""

from __future__ import annotations

from typing import cast

import pytest
from tests.complete import Complete


class _Session:
    exitstatus: int = pytest.ExitCode.OK


@pytest.mark.parametrize(
    ("ended", "left", "status"),
    [
        (("a", "b"), [], pytest.ExitCode.OK),
        (("a",), ["b"], pytest.ExitCode.TESTS_FAILED),
        ((), ["a", "b"], pytest.ExitCode.TESTS_FAILED),
    ],
)
def test_what_never_ended_fails_the_run(
    ended: tuple[str, ...], left: list[str], status: int
) -> None:
    complete, session = Complete(), _Session()
    for _ in range(2):  # each process has found all tests
        complete.pytest_xdist_node_collection_finished(["a", "b"])
    for nodeid in ended:
        complete.pytest_runtest_logfinish(nodeid)
    complete.pytest_sessionfinish(cast("pytest.Session", session))
    assert (complete.left_out(), session.exitstatus) == (left, status)
