"""Runs one test of the suite: attempts, endings, verdicts, and lines for the run file.

A deviation that a test meets for the first time is asked for again before anybody is blamed: a fault that shows in every
attempt is a fault, one that shows in some is `inconclusive`, with k of n on record. Tests that use up test data are
attempted once.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from conformance.checks import Blocked, Nonconformance, NotApplicable, NotTestable, Unreadable
from conformance.checks.judge import Attempt
from conformance.run.finding import DEVIATIONS, Finding, Verdict, place
from conformance.run.policy import Ending, Judgement, Policy
from conformance.suite.context import Context
from conformance.target import Unmet
from conformance.wire import BudgetSpent, NotInEvidence, Refused

ATTEMPTS = 3
Write = Callable[[dict[str, Any]], None]


@dataclass
class Conductor:
    """Runs the tests of one vendor against one target, and keeps what was found."""

    context: Context
    policy: Policy
    write: Write
    findings: dict[str, Finding] = field(default_factory=dict)
    spoken: set[str] = field(default_factory=set)
    """The requirements that have a verdict already."""

    def run(self, test: str, cited: Sequence[str], body: Callable[[], Any], *, repeatable: bool) -> Judgement:
        """Attempts a test and writes down what it says.

        Args:
            test: its node id.
            cited: the requirement ids that it promises to judge.
            body: the test; called once, or again where a deviation is to be confirmed.
            repeatable: whether asking again changes nothing that the first attempt needed.
        """
        self.context.recorder.test = test
        before = self.context.recorder.count
        ending, attempts = self._attempt(body)
        unfinished: list[Attempt] = []
        while repeatable and len(attempts) < ATTEMPTS and self._news(attempts) and not ending.verdict:
            again_ending, again = self._attempt(body)
            if again_ending.verdict is not None:
                # An attempt that could not ask says nothing about the target; a bug of ours is said as ever.
                ending = again_ending if again_ending.verdict is Verdict.SUITE_ERROR else ending
                unfinished += again
                break
            attempts += again
        judgement = self.policy.judge(test, cited, attempts, ending, self.findings, unfinished)
        self.record(test, judgement, self.context.recorder.count - before)
        return judgement

    def blocked(self, test: str, cited: Sequence[str], requirement: str) -> Judgement:
        """Writes down that a test was not run because a root finding blocks its API."""
        ending = Ending(blocked_by=requirement, reason=f"follows from {requirement}", verdict=Verdict.BLOCKED)
        silent = [id_ for id_ in cited if id_ != requirement]
        judgement = self.policy.judge(test, silent, [Attempt()], ending)
        self.record(test, judgement, 0)
        return judgement

    def _attempt(self, body: Callable[[], Any]) -> tuple[Ending, list[Attempt]]:
        attempt = self.context.judge.begin()
        flaky: Attempt | None = None
        ending = Ending()
        try:
            body()
        except Nonconformance as error:
            attempt.broken += [broken for broken in error.broken if broken not in attempt.broken]
        except Blocked as error:
            ending = Ending(error.requirement, str(error), Verdict.BLOCKED)
        except Unreadable as error:
            ending = self._unreadable(attempt, str(error))
            if ending.verdict is Verdict.SUITE_ERROR and error.unblamed:
                ending = Ending(reason=f"the target refuses what the test has to ask first: {error}",
                                verdict=Verdict.NOT_TESTABLE)  # fmt: skip
        except (NotTestable, Unmet, Refused, NotInEvidence) as error:
            ending = Ending(reason=str(error), verdict=Verdict.NOT_TESTABLE)
        except BudgetSpent as error:
            ending = Ending(reason=f"{error}: raise limits.max_requests", verdict=Verdict.NOT_TESTABLE)
        except NotApplicable as error:
            ending = Ending(reason=str(error), verdict=Verdict.NOT_APPLICABLE)
        except Exception as error:  # a bug of ours is a verdict too, and never the vendor's
            flaky = _flaky(error)
            if flaky is None:
                ending = Ending(reason=_ours(error), verdict=Verdict.SUITE_ERROR)
            elif flaky.broken:
                attempt.broken += flaky.broken
            else:
                ending = self._unreadable(attempt, f"the target answers the same questions in different ways: {error}")
        ending = replace(ending, reason=self.context.recorder.redacted(ending.reason))
        # Hypothesis itself saw a failing example pass the second time: one attempt with, one without.
        return ending, [attempt, Attempt()] if flaky and flaky.broken else [attempt]

    def _unreadable(self, attempt: Attempt, reason: str) -> Ending:
        """Nothing to go on with: an earlier finding about the very member blocks, else what broke in this attempt."""
        about = [fault for fault in self.context.judge.faults.values() if place(fault.where).rpartition(".")[2] in reason]
        for broken in (*about, *attempt.broken):
            return Ending(broken.requirement, reason, Verdict.BLOCKED)
        return Ending(reason=f"an answer could not be read, and no finding says why: {reason}",
                      verdict=Verdict.SUITE_ERROR)  # fmt: skip

    def _news(self, attempts: Sequence[Attempt]) -> bool:
        """Whether an attempt met a deviation that no earlier test has."""
        return any(key not in self.findings for attempt in attempts for key in self.policy.deviations(attempt))

    def record(self, test: str, judgement: Judgement, requests: int) -> None:
        """Writes down what a test says; a finding that an earlier test had is not repeated."""
        for finding in judgement.findings:
            if finding.id not in self.findings:
                # A check may quote what was sent, and what was sent may hold a secret.
                clean = self.context.recorder.redacted
                self.findings[finding.id] = replace(
                    finding, where=clean(finding.where), expected=clean(finding.expected), actual=clean(finding.actual),
                    next_step=clean(finding.next_step),
                )  # fmt: skip
                self.write(self.findings[finding.id].to_json())
        for observed in judgement.readings:
            self.write({"kind": "reading", "requirement": observed.requirement, "reading": observed.reading,
                        "option": observed.option, "exchanges": list(observed.exchanges)})  # fmt: skip
        self.spoken |= set(judgement.verdicts)
        verdicts = {requirement: str(verdict) for requirement, verdict in sorted(judgement.verdicts.items())}
        self.write({"kind": "verdicts", "test": test, "requests": requests, "verdicts": verdicts})

    def fresh(self, judgement: Judgement, test: str) -> list[Finding]:
        """The deviations and suite errors that this test was the first to meet: those that turn it red."""
        counting = DEVIATIONS | {Verdict.SUITE_ERROR}
        mine = (self.findings[finding.id] for finding in judgement.findings)
        return [finding for finding in mine if finding.verdict in counting and finding.test == test]


def _flaky(error: BaseException) -> Attempt | None:
    """What broke in a property that did not go the same way again; None for an exception of another kind."""
    from hypothesis.errors import Flaky

    leaves = list(_leaves(error))
    ours = [leaf for leaf in leaves if not isinstance(leaf, Nonconformance | Unreadable | Blocked | Flaky)]
    if not isinstance(error, Flaky) or ours:
        return None
    return Attempt(broken=[item for leaf in leaves if isinstance(leaf, Nonconformance) for item in leaf.broken])


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _ours(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"
