"""A run as cases that other tools count: one for each requirement that was judged, or should have been.

A requirement is the unit that stays the same from run to run, and the one that the summary counts; what pytest calls a
test is only how it was asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from conformance.contract import Contract, Requirement
from conformance.report.accepted import acceptance
from conformance.report.gathered import Gathered
from conformance.report.layout import words
from conformance.run.baseline import Assessment
from conformance.run.finding import DEVIATIONS, Finding, Verdict
from conformance.wire.excerpt import visible


class Outcome(StrEnum):
    """What the tools that count tests know."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    """Ours, or of the run as a whole; never the vendor's."""
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Case:
    """One requirement in a run."""

    contract: Contract
    requirement: Requirement
    verdict: Verdict | None
    """None where the run ended before it was judged."""
    outcome: Outcome
    reason: str
    """One line: what is wrong, or why it was not judged; "" for what is kept."""
    findings: tuple[Finding, ...]
    """What explains the verdict, the first to be shown first."""
    milliseconds: float

    @property
    def name(self) -> str:
        """Its id and clause."""
        return f"{self.requirement.id}: {self.requirement.text}"


def cases(gathered: Gathered, assessment: Assessment | None = None) -> Iterator[Case]:
    """The cases of a run, API by API, in the order of the contract.

    With a baseline, what it accepts is skipped, and its entry is the reason.
    """
    tally = gathered.tally
    accepted = assessment.accepted if assessment else {}
    explaining: dict[str, list[Finding]] = defaultdict(list)
    for finding in tally.findings.values():
        explaining[finding.requirement].append(finding)
    planned = set(tally.planned)
    for contract in tally.contracts:
        for row in contract.requirements.values():
            if row.id not in tally.verdicts and row.id not in planned:
                continue
            verdict, own = tally.verdicts.get(row.id), explaining[row.id]
            findings = tuple(finding for finding in own if finding.verdict is verdict) or tuple(own)
            outcome, reason = _outcome(verdict, findings)
            if assessment and outcome is Outcome.FAILED and findings and all(one.id in accepted for one in findings):
                outcome, reason = Outcome.SKIPPED, f"{visible(acceptance(findings, assessment))}; {reason}"
            yield Case(contract, row, verdict, outcome, reason, findings, gathered.milliseconds.get(row.id, 0.0))


def trouble(gathered: Gathered) -> str:
    """Why the run as a whole says less than it should: nobody answered, we broke, it was stopped; "" where it ended well."""
    tally = gathered.tally
    found: Mapping[str, object] = {
        f"nothing could be judged: {visible(tally.trouble)}": tally.trouble,
        f"the suite broke: {visible(tally.broke)}": tally.broke,
        "the run was interrupted before every test had its turn": tally.interrupted,
        "the run broke off": not tally.ended,
        "no test of the suite was executed": not tally.verdicts,
    }
    return next((text for text, holds in found.items() if holds), "")


def in_short(finding: Finding) -> str:
    """A finding in one line that no terminal obeys."""
    often = f" {finding.often}" if finding.often else ""
    place = f" at {finding.where}" if finding.where else ""
    text = f"{words(finding.verdict)}{often}{place}: expected {finding.expected}, got {finding.actual}"
    return " ".join(visible(text).split())


def _outcome(verdict: Verdict | None, findings: tuple[Finding, ...]) -> tuple[Outcome, str]:
    first = findings[0] if findings else None
    told = " ".join(visible(first.actual).split()) if first else ""
    match verdict:
        case Verdict.PASS | Verdict.OBSERVED:
            return Outcome.PASSED, ""
        case Verdict.FAIL | Verdict.INCONCLUSIVE | Verdict.WARN:
            return Outcome.FAILED, in_short(first) if first else words(verdict)
        case Verdict.SUITE_ERROR:
            return Outcome.ERROR, f"an error of the suite, not of the target: {told}"
        case Verdict.NOT_TESTABLE:
            return Outcome.SKIPPED, f"not testable: {told}"
        case Verdict.BLOCKED:
            return Outcome.SKIPPED, f"blocked: {told}"
        case Verdict.NOT_APPLICABLE:
            return Outcome.SKIPPED, "not applicable: the target does not offer it"
        case None:
            return Outcome.SKIPPED, "not judged: the run ended before"


def deviating(cases_: list[Case]) -> list[Finding]:
    """The findings that count against the target, case by case."""
    return [finding for case in cases_ for finding in case.findings if finding.verdict in DEVIATIONS]
