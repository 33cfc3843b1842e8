"""The findings as the page tells them: clause, expected against actual, the answer around the place, how to see it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.report.evidence import Problem
from conformance.report.layout import plural
from conformance.report.page.causes import Cause
from conformance.report.page.difference import Piece, marked
from conformance.report.page.pack import Packed
from conformance.report.page.reproduction import program
from conformance.run.finding import Finding, Verdict
from conformance.wire import Exchange
from conformance.wire.curl import curl_line
from conformance.wire.excerpt import Excerpt

if TYPE_CHECKING:
    from conformance.run.baseline import Assessment

DETAILED = 60
"""Findings that are written out with answer, curl line and program; the rest name their exchanges."""
_MORE, _STEPS = 12, 4


@dataclass(frozen=True)
class Told:
    """One problem as it is told."""

    problem: Problem
    finding: Finding
    expected: Sequence[Piece]
    actual: Sequence[Piece]
    excerpt: Excerpt | None
    exchange: Exchange | None
    status: str
    curl: str
    program: str
    shown: tuple[str, ...]
    """Ids of its exchanges that the page holds."""
    others: tuple[Finding, ...]
    more: int
    tag: str
    """What the baseline says of it, or ""."""

    @property
    def here(self) -> str:
        """What the marked line of the answer should show."""
        member = re.split(r"[./]", self.finding.where)[-1].partition("[")[0]
        return (
            f"{member}, expected: {self.finding.expected}"
            if member not in {"", "$"}
            else f"expected: {self.finding.expected}"
        )

    @property
    def rate(self) -> str:
        """How often it showed, where that needs to be said."""
        finding = self.finding
        return f"showed in {finding.failed} of {plural(finding.attempts, 'attempt')}" if finding.attempts else ""


@dataclass(frozen=True)
class Group:
    """A cause and its problems."""

    number: int
    cause: Cause
    told: tuple[Told, ...]


class Teller:
    """Tells problems with what is known of a run."""

    def __init__(self, packed: Packed, assessment: Assessment | None) -> None:
        self._packed = packed
        self._kept = {row[0] for row in packed.rows}
        self._assessment = assessment
        self._left = DETAILED

    def groups(self, causes: Sequence[Cause]) -> list[Group]:
        """The causes with everything that is told of them."""
        return [
            Group(number, cause, tuple(self._told(problem) for problem in cause.problems))
            for number, cause in enumerate(causes, start=1)
        ]

    def _told(self, problem: Problem) -> Told:
        finding = problem.findings[0]
        self._left -= 1
        steps = [self._packed.named[id_] for id_ in finding.exchanges[-_STEPS:] if id_ in self._packed.named]
        last = steps[-1] if steps and steps[-1].id == finding.exchanges[-1] and self._left >= 0 else None
        names = problem.contract.vendor.credentials
        expected, actual = marked(finding.expected, finding.actual)
        told = (
            f"{finding.requirement}: {problem.requirement.text}",
            f"expected: {finding.expected}",
            f"seen: {finding.actual}",
        )
        return Told(
            problem, finding, expected, actual,
            self._packed.excerpts.get(finding.id) if last else None,
            last,
            _status(last) if last else "",
            curl_line(last.request, names) if last else "",
            program(steps, names, told) if last else "",
            tuple(id_ for id_ in finding.exchanges if id_ in self._kept),
            problem.findings[1 : _MORE + 1],
            max(0, len(problem.findings) - 1 - _MORE),
            self._tag(problem),
        )  # fmt: skip

    def _tag(self, problem: Problem) -> str:
        if self._assessment is None or problem.verdict is Verdict.SUITE_ERROR:
            return ""
        entries = [self._assessment.accepted.get(finding.id) for finding in problem.findings]
        if any(entry is None for entry in entries):
            return "new since the baseline"
        entry = entries[0]
        return f"accepted until {entry.expires.isoformat()}: {entry.reason} ({entry.owner})" if entry else ""


def _status(exchange: Exchange) -> str:
    response = exchange.response
    if response is None:
        return exchange.failure
    kind = response.header("Content-Type") or "no Content-Type"
    return f"HTTP {response.status} {response.reason}, {kind}, {exchange.milliseconds:.0f} ms"
