"""What the reports beside the page are made of: a run file added up, and single exchanges of it, one at a time.

A run file can be larger than the memory. It is read once for what is added up; a second time, for the exchanges that a
report shows, each of which is cut down before the next one is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from conformance.report.evidence import Evidence
from conformance.run.finding import Finding
from conformance.run.runfile import glimpse, read_lines
from conformance.run.summary import Tally
from conformance.wire import Exchange

_MOST = 500
"""Of how many findings a report shows the exchange; the pattern is plain long before that, and the rest is in the file."""
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Gathered:
    """A run file added up."""

    path: Path
    tally: Tally
    milliseconds: dict[str, float] = field(default_factory=dict)
    """Requirement → its share of the time that the target took to answer the tests that judged it."""

    @cached_property
    def evidence(self) -> Evidence:
        """The same run for what reports have in common."""
        return Evidence(self.path, self.tally)


def gather(path: Path) -> Gathered:
    """Reads a run file once.

    Raises:
        RunFileError: it cannot be read.
    """
    gathered, waiting = Gathered(path, Tally()), dict[str, float]()
    for line in read_lines(path):
        gathered.tally.add(line)
        match line["kind"]:
            case "exchange":
                waiting[line["test"]] = waiting.get(line["test"], 0.0) + line["milliseconds"]
            case "verdicts" if line["verdicts"]:
                share = waiting.pop(line["test"], 0.0) / len(line["verdicts"])
                for id_ in line["verdicts"]:
                    gathered.milliseconds[id_] = gathered.milliseconds.get(id_, 0.0) + share
    return gathered


def showing(
    path: Path, findings: Collection[Finding], cut: Callable[[Finding, Exchange, int], Shown]
) -> dict[str, Shown]:
    """What `cut` makes of the last exchange of each finding and the number of its line, by the finding's id.

    Raises:
        RunFileError: the run file cannot be read.
    """
    by_exchange: dict[str, list[Finding]] = {}
    for finding in list(findings)[:_MOST]:
        for id_ in finding.exchanges[-1:]:
            by_exchange.setdefault(id_, []).append(finding)
    return {
        finding.id: cut(finding, exchange, number)
        for number, exchange in exchanges(path, by_exchange)
        for finding in by_exchange[exchange.id]
    }


def exchanges(path: Path, ids: Collection[str]) -> Iterator[tuple[int, Exchange]]:
    """The exchanges with these ids and the numbers of their lines, in the order of the file; the others are not parsed.

    Raises:
        RunFileError: the run file cannot be read.
    """
    for seen in glimpse(path) if ids else ():
        if seen.id in ids:
            yield seen.number, seen.exchange()
