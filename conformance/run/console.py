"""The progress of a run on standard error: live lines in a terminal, one line for each module elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from conformance.run.finding import DEVIATIONS
from conformance.run.plugin import RUN

if TYPE_CHECKING:
    from conformance.run.session import Run

_BAR = 24


@dataclass(eq=False)  # pytest keeps plugins in sets
class Progress:
    """Stands in for pytest's own terminal reporter."""

    console: Console = field(default_factory=lambda: Console(file=sys.stderr, markup=False, emoji=False, highlight=False))
    total: Counter[str] = field(default_factory=Counter)
    """Tests by API, and (where lines are plain) by module."""
    done: Counter[str] = field(default_factory=Counter)
    _keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    _run: Run | None = None
    _live: Live | None = None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Counts what lies ahead."""
        self._run = session.config.stash.get(RUN, None)
        if self._run is None:
            return
        for item in session.items:
            self._keys[item.nodeid] = self._run.citations.api(item), _module(item)
            self.total.update(self._keys[item.nodeid])
        if self.console.is_terminal and session.items:
            self._live = Live(self, console=self.console, transient=True, refresh_per_second=8)
            self._live.start()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Counts a test; a module whose last test it was gets its line."""
        api, module = self._keys.get(nodeid, ("", ""))
        self.done.update((api, module))
        if self._live is None and self.done[module] == self.total[module]:
            self.console.print(f"{module}: {self.done[module]} tests; so far {self._sofar()}", soft_wrap=True)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Clears the live lines, so that what follows stands alone."""
        if self._live is not None:
            self._live.stop()

    def __rich__(self) -> Table:
        """The live lines: each API with its bar, and what the run has seen so far."""
        table = Table.grid(padding=(0, 2))
        for api in (key for key in self.total if "/" in key):
            bar = ProgressBar(total=self.total[api], completed=self.done[api], width=_BAR)
            table.add_row(Text(api), bar, Text(f"{self.done[api]}/{self.total[api]}"))
        table.add_row(Text(self._sofar(), style="dim"))
        return table

    def _sofar(self) -> str:
        found = [finding for conductor in self._conductors() for finding in list(conductor.findings.values())]
        deviations = sum(finding.verdict in DEVIATIONS for finding in found)
        requests = self._run.requests if self._run else 0
        return f"{requests} requests, {deviations or 'no'} deviation{'' if deviations == 1 else 's'}"

    def _conductors(self) -> list[Any]:
        return list(self._run.conductors.values()) if self._run else []


def _module(item: pytest.Item) -> str:
    """`imaterialise: order status scenarios`, from the module's name."""
    *_, vendor, module = item.module.__name__.split(".")  # type: ignore[attr-defined]
    return f"{vendor}: {module.removeprefix('test_').replace('_', ' ')}"
