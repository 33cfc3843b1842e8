"""One walk through a run file that gathers what the page tells; what it keeps does not grow with the exchanges."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from conformance.contract import Contract
from conformance.report.page.coverage import Coverage
from conformance.report.page.latency import Latency
from conformance.report.page.lifecycle import Diagram, Follower, diagrams
from conformance.run.runfile import read_lines
from conformance.run.summary import Tally

_FIRST, _LAST = 2, 3
_TESTS = 4
"""Tests that are named for a requirement: those that judge the fewest others beside it."""
_TELLING = 2
"""Of these, how many show their last exchanges."""


@dataclass
class Asked:
    """The exchanges of one test: how many, the first and the last of them."""

    count: int = 0
    first: list[str] = field(default_factory=list)
    last: deque[str] = field(default_factory=lambda: deque(maxlen=_LAST))

    def add(self, id_: str) -> None:
        """Takes the id of one."""
        self.count += 1
        if len(self.first) < _FIRST:
            self.first.append(id_)
        else:
            self.last.append(id_)

    @property
    def ids(self) -> list[str]:
        """Those that are remembered."""
        return [*self.first, *self.last]


@dataclass
class Judged:
    """The tests that judged one requirement."""

    count: int = 0
    narrowest: list[tuple[int, str]] = field(default_factory=list)

    def add(self, test: str, beside: int) -> None:
        """Takes a test that judged so many requirements."""
        self.count += 1
        if (beside, test) not in self.narrowest:
            self.narrowest = sorted([*self.narrowest, (beside, test)])[:_TESTS]

    @property
    def tests(self) -> list[str]:
        """The tests that say most about it."""
        return [test for _, test in self.narrowest]


@dataclass
class Gathered:
    """What one walk brought together."""

    tally: Tally = field(default_factory=Tally)
    latencies: dict[str, Latency] = field(default_factory=dict)
    coverages: dict[str, Coverage] = field(default_factory=dict)
    diagrams: dict[str, list[tuple[Diagram, Follower | None]]] = field(default_factory=dict)
    tests: dict[str, Asked] = field(default_factory=dict)
    judged: dict[str, Judged] = field(default_factory=dict)
    operations: Counter[str] = field(default_factory=Counter)
    observed: dict[tuple[str, str], str] = field(default_factory=dict)
    """Reading and option → the first exchange that shows it."""

    @cached_property
    def credentials(self) -> dict[str, tuple[str, ...]]:
        """By vendor, the names of the credentials that a question needs."""
        vendors = [coverage.contract.vendor for coverage in self.coverages.values()]
        return {vendor.id: vendor.credentials for vendor in vendors}

    def telling(self, requirement: str) -> list[str]:
        """The last exchanges of the tests that say most about a requirement."""
        judged = self.judged.get(requirement)
        asked = [self.tests[test] for test in judged.tests[:_TELLING] if test in self.tests] if judged else []
        return [id_ for one in asked for id_ in one.ids[-_LAST:]]

    def add(self, line: Mapping[str, Any]) -> None:
        """Takes one line of the run file."""
        self.tally.add(line)
        match line["kind"]:
            case "header":
                for contract in self.tally.contracts:
                    self._open(contract)
            case "exchange":
                self._exchange(line)
            case "verdicts":
                for requirement in line["verdicts"]:
                    self.judged.setdefault(requirement, Judged()).add(line["test"], len(line["verdicts"]))
            case "reading":
                for id_ in line["exchanges"][:1]:
                    self.observed.setdefault((line["reading"], line["option"]), id_)

    def _open(self, contract: Contract) -> None:
        self.coverages[contract.id] = Coverage(contract)
        self.diagrams[contract.id] = [
            (diagram, Follower(contract, diagram.follow) if diagram.follow else None) for diagram in diagrams(contract)
        ]

    def _exchange(self, line: Mapping[str, Any]) -> None:
        name = line["operation"]
        self.operations[name] += 1
        if line["test"]:
            self.tests.setdefault(line["test"], Asked()).add(line["id"])
        api, _, operation = name.partition(" ")
        coverage = self.coverages.get(api)
        if coverage is None:
            return
        latency = self.latencies.setdefault(name, Latency())
        if line["response"] is None:
            latency.failures += 1
        else:
            latency.add(line["milliseconds"])
        content = coverage.add(operation, line)
        for _, follower in self.diagrams[api]:
            if follower is not None:
                follower.add(operation, line, content)


def gather(path: Path) -> Gathered:
    """Walks through a run file once.

    Raises:
        RunFileError: it cannot be read.
        ContractError: a diagram cannot be read.
    """
    result = Gathered()
    for line in read_lines(path):
        result.add(line)
    for shown in result.diagrams.values():
        for _, follower in shown:
            if follower is not None:
                follower.finish()
    return result
