"""A run as a comparison needs it: added up, and for each requirement the verdict of each test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.run.finding import DEVIATIONS, Finding, Verdict, worst
from conformance.run.runfile import RunFileError, read_header, read_lines
from conformance.run.summary import Tally

COMPARED = DEVIATIONS | {Verdict.SUITE_ERROR}
"""Findings with these verdicts are compared one by one."""
SILENT = frozenset({Verdict.NOT_TESTABLE, Verdict.NOT_APPLICABLE, Verdict.BLOCKED})
"""Nothing was judged."""
_ABSENT = "not in the evidence"


@dataclass
class Judged:
    """A run file, added up."""

    path: Path
    tally: Tally = field(default_factory=Tally)
    by_test: dict[str, dict[str, Verdict]] = field(default_factory=dict)
    """By requirement, what each test said of it."""
    tests: frozenset[str] = frozenset()
    """Those that were chosen."""

    @property
    def header(self) -> Mapping[str, Any]:
        """The first line."""
        return self.tally.header

    def verdict(self, requirement: str) -> Verdict | None:
        """The verdict of a requirement."""
        return self.tally.verdicts.get(requirement)

    def deviation(self, id_: str) -> Finding | None:
        """The finding with an id, where it is one that counts against somebody."""
        finding = self.tally.findings.get(id_)
        return finding if finding and finding.verdict in COMPARED else None

    def silence(self, requirement: str) -> Finding | None:
        """A finding that says why nothing was judged."""
        own = (f for f in self.tally.findings.values() if f.requirement == requirement and f.verdict in SILENT)
        return min(own, key=lambda finding: _ABSENT not in finding.actual, default=None)

    def lacks(self, requirement: str) -> bool:
        """Whether it could not be judged because the evidence does not hold what the suite asks."""
        silent = self.silence(requirement)
        return silent is not None and self.verdict(requirement) in SILENT and _ABSENT in silent.actual


def read_judged(path: Path) -> Judged:
    """Reads a run file once.

    Raises:
        RunFileError: it cannot be read, or nothing was judged because the run never began.
    """
    read_header(path)
    judged = Judged(path)
    for line in read_lines(path):
        judged.tally.add(line)
        match line["kind"]:
            case "plan":
                judged.tests = frozenset(line.get("tests", ()))
            case "verdicts":
                for requirement, verdict in line["verdicts"].items():
                    own = judged.by_test.setdefault(requirement, {})
                    known = [own[line["test"]]] if line["test"] in own else []
                    own[line["test"]] = worst([*known, Verdict(verdict)])
    if judged.tally.trouble:
        raise RunFileError(f"{path}: nothing was judged, so there is nothing to compare: {judged.tally.trouble}")
    return judged
