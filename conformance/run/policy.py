"""The verdict policy: from the attempts at one test to a verdict for each requirement that it cites.

The whole policy is `verdict_of_broken` and `_silent`; everything else carries values from here to there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from conformance.checks import Broken, Observed
from conformance.checks.judge import Attempt
from conformance.contract import Contract, Level, Requirement
from conformance.run.finding import DEVIATIONS, READING, Finding, Verdict, finding_id, place, worst


@dataclass(frozen=True)
class Ending:
    """How a test ended, apart from what it said."""

    blocked_by: str = ""
    reason: str = ""
    """Why nothing more could be said: the missing line, what is not offered, what blocks."""
    verdict: Verdict | None = None
    """What the cited requirements get; None where the test ran to its end."""


@dataclass
class Judgement:
    """What a test says about its requirements, and about others that its answers broke."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    readings: list[Observed] = field(default_factory=list)


@dataclass(frozen=True)
class Policy:
    """Judges by the contracts of one vendor and the readings that the target file pins."""

    contracts: Sequence[Contract]
    pins: Mapping[str, str]

    def requirement(self, requirement: str) -> Requirement:
        """The row with an id.

        Raises:
            KeyError: no contract has it.
        """
        return self.contract_of(requirement).requirements[requirement]

    def contract_of(self, requirement: str) -> Contract:
        """The contract that an id belongs to.

        Raises:
            KeyError: no contract has it.
        """
        for contract in self.contracts:
            if requirement in contract.requirements:
                return contract
        raise KeyError(requirement)

    def key(self, broken: Broken) -> str:
        """What makes two deviations the same one: requirement and place, whatever row of a list it stands in."""
        return finding_id(broken.requirement, broken.where)

    def deviations(self, attempt: Attempt) -> dict[str, Broken]:
        """The deviations of an attempt by key, those from a reading that is not accepted or not pinned included."""
        refused = (broken for observed in attempt.observed if (broken := self._refused(observed)))
        found: dict[str, Broken] = {}
        for broken in (*attempt.broken, *refused):
            found.setdefault(self.key(broken), broken)
        return found

    def judge(
        self, test: str, cited: Sequence[str], attempts: Sequence[Attempt], ending: Ending,
        known: Mapping[str, Finding] = MappingProxyType({}), unfinished: Sequence[Attempt] = (),
    ) -> Judgement:  # fmt: skip
        """The verdicts of a test after its attempts (one, or several where a deviation was to be confirmed).

        A deviation that an earlier test has confirmed (`known`, by id) keeps the verdict that it got there. One that
        showed only in an attempt that did not come to its end (`unfinished`) counts as one that shows in some.
        """
        result = Judgement()
        seen = [self.deviations(attempt) for attempt in attempts]
        for late in map(self.deviations, unfinished):
            news = {key: broken for key, broken in late.items() if not any(key in deviations for deviations in seen)}
            seen += [news] if news else []
        attempts_at = {key: len(seen) if any(key in d for d in seen[len(attempts):]) else len(attempts)
                       for deviations in seen for key in deviations}  # fmt: skip
        keys = list(dict.fromkeys(key for deviations in seen for key in deviations))
        for key in keys:
            times = sum(key in deviations for deviations in seen)
            broken = next(deviations[key] for deviations in seen if key in deviations)
            finding = known.get(key) or self._finding(test, key, broken, times, attempts_at[key])
            if finding.verdict is not Verdict.OBSERVED:
                result.findings.append(finding)
            _worsen(result.verdicts, broken.requirement, finding.verdict)
        for attempt in attempts:
            result.readings += [observed for observed in attempt.observed if not self._refused(observed)]
            for observed in attempt.observed:
                if not self._refused(observed):
                    _worsen(result.verdicts, observed.requirement, Verdict.OBSERVED)
            for requirement in attempt.kept:
                _worsen(result.verdicts, requirement, Verdict.PASS)
            for requirement in attempt.unseen:
                _worsen(result.verdicts, requirement, Verdict.OBSERVED)
            for requirement, reason in attempt.untested.items():
                self._silent(result, test, requirement, Ending(reason=reason, verdict=Verdict.NOT_TESTABLE))
        for requirement in cited:
            # A test that did not come to its end has not judged what it cites, whatever it said on the way.
            if requirement not in result.verdicts or ending.verdict is not None:
                self._silent(result, test, requirement, ending)
        return result

    def verdict_of_broken(self, requirement: str, times: int, attempts: int) -> Verdict:
        """What a deviation is that showed in so many of so many attempts."""
        if times < attempts:
            return Verdict.INCONCLUSIVE
        match self.requirement(requirement).level:
            case Level.MUST:
                return Verdict.FAIL
            case Level.SHOULD:
                return Verdict.WARN
            case Level.MAY:
                return Verdict.OBSERVED

    def _silent(self, result: Judgement, test: str, requirement: str, ending: Ending) -> None:
        """A requirement about which the test said nothing, or not everything: never green."""
        blocking = ending.blocked_by or next((f.requirement for f in result.findings if f.verdict in DEVIATIONS), "")
        if ending.verdict is not None:
            verdict, reason = ending.verdict, ending.reason
        elif blocking:
            verdict, reason = Verdict.BLOCKED, f"follows from {blocking}"
        else:
            verdict, reason = Verdict.SUITE_ERROR, "the test ended without a word about this requirement"
        _worsen(result.verdicts, requirement, verdict)
        if verdict is not Verdict.NOT_APPLICABLE:
            blocked_by = blocking if verdict is Verdict.BLOCKED else ""
            result.findings.append(
                Finding(
                    id=finding_id(requirement, verdict, test),
                    verdict=verdict,
                    requirement=requirement,
                    api=self.contract_of(requirement).id,
                    test=test,
                    actual=reason,
                    next_step=_NEXT[verdict].format(blocked_by=blocked_by, reason=reason),
                    blocked_by=blocked_by,
                )
            )

    def _finding(self, test: str, key: str, broken: Broken, times: int, attempts: int) -> Finding:
        row = self.requirement(broken.requirement)
        return Finding(
            id=key,
            verdict=self.verdict_of_broken(broken.requirement, times, attempts),
            requirement=broken.requirement,
            api=self.contract_of(broken.requirement).id,
            test=test,
            where=broken.where,
            expected=broken.expected,
            actual=broken.actual,
            exchanges=broken.exchanges,
            next_step=broken.hint or row.hint or f"Compare {place(broken.where)} with {row.source}.",
            failed=times,
            attempts=attempts,
        )

    def _refused(self, observed: Observed) -> Broken | None:
        """The deviation, where a reading is not the pinned one, or not one that the contract accepts."""
        pinned = self.pins.get(observed.reading)
        if pinned is not None and pinned != observed.option:
            expected = f"the reading {pinned}, which the target file pins"
            return Broken(observed.requirement, f"{READING}{observed.reading}", expected, observed.option,
                          observed.exchanges)  # fmt: skip
        reading = self.contract_of(observed.requirement).readings[observed.reading]
        row = self.requirement(observed.requirement)
        if row.level is Level.MAY or reading.accepts(observed.option):
            return None
        accepted = " or ".join(option.id for option in reading.options.values() if option.accepted)
        return Broken(observed.requirement, f"{READING}{observed.reading}", accepted, observed.option,
                      observed.exchanges)  # fmt: skip


_NEXT = {
    Verdict.NOT_TESTABLE: "{reason}",
    Verdict.BLOCKED: "Mend {blocked_by} first, then run again.",
    Verdict.SUITE_ERROR: "This is ours, not the vendor's: please report it with the run file.",
}


def _worsen(verdicts: dict[str, Verdict], requirement: str, verdict: Verdict) -> None:
    verdicts[requirement] = worst((verdicts[requirement], verdict)) if requirement in verdicts else verdict
