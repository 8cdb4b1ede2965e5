"""No test is left out in silence where processes share them, and what tests measured is shown."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


class Complete:
    """Which tests the processes found, and which of them came to an end."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.ended: set[str] = set()

    def pytest_xdist_node_collection_finished(self, ids: Iterable[str]) -> None:
        self.found.update(ids)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.ended.add(nodeid)

    def left_out(self) -> list[str]:
        """The tests that were found and never ended."""
        return sorted(self.found - self.ended)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A run that was to be whole and is not has failed."""
        if session.exitstatus == pytest.ExitCode.OK and self.left_out():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name what was left out, and what tests recorded of themselves."""
        for report in terminalreporter.stats.get("passed", []):
            for name, value in report.user_properties:
                terminalreporter.write_line(f"{name}: {value}")
        if left := self.left_out():
            terminalreporter.section("left out", red=True, bold=True)
            for nodeid in left:
                terminalreporter.write_line(nodeid)
