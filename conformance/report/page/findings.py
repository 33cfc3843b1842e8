"""The findings as the page tells them: clause, expected against actual, what came before, how to see it again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from conformance.report.conversation import Conversation, Step
from conformance.report.cut import MARK
from conformance.report.evidence import Problem
from conformance.report.layout import plural
from conformance.report.legible import legible
from conformance.report.page.causes import Cause
from conformance.report.page.difference import Piece, marked
from conformance.report.page.pack import Packed
from conformance.report.page.reproduction import program
from conformance.run.finding import Finding, Verdict, place
from conformance.wire import Exchange
from conformance.wire.curl import curl_line
from conformance.wire.excerpt import Excerpt

if TYPE_CHECKING:
    from conformance.run.baseline import Assessment

DETAILED = 60
"""Findings that are written out with conversation, curl line and program; the rest name their exchanges."""
_MORE, _RELATED = 12, 6


@dataclass(frozen=True)
class Earlier:
    """An exchange before the one that shows a finding."""

    step: Step
    status: str

    @property
    def marked(self) -> bool:
        """Whether its answer shows where the expectation comes from."""
        return any(line.endswith(MARK) for line in self.step.came)


@dataclass(frozen=True)
class Told:
    """One problem as it is told."""

    problem: Problem
    finding: Finding
    expected: Sequence[Piece]
    actual: Sequence[Piece]
    given: Sequence[tuple[str, str]]
    """Each identifier of the question, and the state in which its thing was when the test began."""
    earlier: Sequence[Earlier]
    excerpt: Excerpt | None
    exchange: Exchange | None
    status: str
    curl: str
    program: str
    shown: tuple[str, ...]
    """Ids of its exchanges that the page holds."""
    others: tuple[Finding, ...]
    more: int
    related: Sequence[Finding]
    """Findings of other causes that the same answers show."""
    tag: str
    """What the baseline says of it, or ""."""

    @property
    def advice(self) -> str:
        """What to check first; nothing where that is only the clause at its place, which is told anyway."""
        bare = f"Compare {place(self.finding.where)} with {self.problem.requirement.source}."
        return "" if self.finding.next_step == bare else self.finding.next_step

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
        return f"showed in {finding.failed} of {plural(finding.attempts, 'attempt')}" if finding.attempts > 1 else ""


@dataclass(frozen=True)
class Group:
    """A cause and its problems."""

    number: int
    cause: Cause
    told: tuple[Told, ...]

    @property
    def size(self) -> int:
        """How many problems it is behind."""
        return len(self.told)


def detailed(causes: Sequence[Cause]) -> list[Problem]:
    """The problems that are written out."""
    return list(islice((problem for cause in causes for problem in cause.problems), DETAILED))


class Teller:
    """Tells problems with what is known of a run."""

    def __init__(
        self, packed: Packed, conversations: Mapping[str, Conversation], assessment: Assessment | None
    ) -> None:  # fmt: skip
        self._packed = packed
        self._kept = {row[0] for row in packed.rows}
        self._conversations = conversations
        self._assessment = assessment

    def groups(self, causes: Sequence[Cause]) -> list[Group]:
        """The causes with everything that is told of them."""
        related = _related(causes)
        return [
            Group(number, cause, tuple(self._told(problem, related[problem.requirement.id]) for problem in cause.problems))
            for number, cause in enumerate(causes, start=1)
        ]

    def _told(self, problem: Problem, related: Sequence[Finding]) -> Told:
        first = problem.findings[0]
        finding = legible(first)
        conversation = self._conversations.get(first.id, Conversation())
        exchanges = [step.exchange for step in conversation.steps]
        last = next((exchange for exchange in exchanges if exchange.id == first.exchanges[-1]), None)
        names = problem.contract.vendor.credentials
        expected, actual = marked(finding.expected, finding.actual)
        told = (
            f"{finding.requirement}: {problem.requirement.text}",
            f"expected: {finding.expected}",
            f"seen: {finding.actual}",
        )
        return Told(
            problem, finding, expected, actual,
            conversation.provided,
            [Earlier(step, _status(step.exchange)) for step in conversation.steps if step.exchange is not last],
            self._packed.excerpts.get(finding.id) if last else None,
            last,
            _status(last) if last else "",
            curl_line(last.request, names) if last else "",
            program(exchanges, names, told) if last else "",
            tuple(id_ for id_ in dict.fromkeys((*(e.id for e in exchanges), *finding.exchanges)) if id_ in self._kept),
            tuple(legible(other) for other in problem.findings[1 : _MORE + 1]),
            max(0, len(problem.findings) - 1 - _MORE),
            related,
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


def _related(causes: Sequence[Cause]) -> dict[str, list[Finding]]:
    """By requirement, the first findings of problems of other causes that one and the same answer shows."""
    deciding: dict[str, list[tuple[Cause, Problem]]] = {}
    for cause in causes:
        for problem in cause.problems:
            for id_ in dict.fromkeys(finding.exchanges[-1] for finding in problem.findings if finding.exchanges):
                deciding.setdefault(id_, []).append((cause, problem))
    order = {problem.requirement.id: problem.findings[0] for cause in causes for problem in cause.problems}
    found: dict[str, set[str]] = {id_: set() for id_ in order}
    for together in deciding.values():
        for cause, problem in together:
            found[problem.requirement.id] |= {other.requirement.id for also, other in together if also is not cause}
    return {id_: [first for other, first in order.items() if other in others][:_RELATED] for id_, others in found.items()}


def _status(exchange: Exchange) -> str:
    response = exchange.response
    if response is None:
        return exchange.failure
    kind = response.header("Content-Type") or "no Content-Type"
    return f"HTTP {response.status} {response.reason}, {kind}, {exchange.milliseconds:.0f} ms"
