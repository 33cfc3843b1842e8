"""Collects the outcomes of one attempt at a test. The verdict policy reads them afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from conformance.checks.outcome import Broken, Kept, Observed, Outcome, Unseen, Untested


class Nonconformance(Exception):
    """A requirement is broken, and the test can or should not go on."""

    def __init__(self, broken: Iterable[Broken]) -> None:
        self.broken = tuple(broken)
        super().__init__(
            "; ".join(f"{item.requirement} at {item.where}: expected {item.expected}, got {item.actual}"
                      for item in self.broken)
        )  # fmt: skip


class Blocked(Exception):
    """A test cannot judge because of another finding, named by its requirement."""

    def __init__(self, requirement: str, why: str = "") -> None:
        self.requirement = requirement
        super().__init__(why or f"follows from {requirement}")


class NotTestable(Exception):
    """Something that the test needs is missing; the text says what would make it testable."""


class NotApplicable(Exception):
    """The target says that it does not offer what the test asks for."""


@dataclass
class Attempt:
    """What one attempt at a test brought to light."""

    kept: Counter[str] = field(default_factory=Counter)
    observed: list[Observed] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    unseen: set[str] = field(default_factory=set)
    untested: dict[str, str] = field(default_factory=dict)


class Judge:
    """Takes outcomes. In a property's example a broken requirement ends the example at once, so that it shrinks."""

    def __init__(self) -> None:
        self.attempt = Attempt()
        self.evidence: Counter[str] = Counter()
        """How often each requirement was kept in the run so far."""
        self.faults: dict[str, Broken] = {}
        """The first fault of each requirement in the run so far."""
        self._in_example = False
        self.raised: Nonconformance | None = None
        """The last thing that ended an example of a property."""

    def said(self, requirement: str) -> bool:
        """Whether any answer of the run said something about a requirement."""
        return bool(self.evidence[requirement]) or requirement in self.faults

    def begin(self) -> Attempt:
        """Starts a new attempt and forgets the last one."""
        self.attempt = Attempt()
        return self.attempt

    def __call__(self, *outcomes: Outcome | Iterable[Outcome]) -> bool:
        """Takes what a check says; answers whether nothing was broken.

        Raises:
            Nonconformance: in an example of a property, at the first thing that is broken.
        """
        broken = self._take(outcomes)
        if broken and self._in_example:
            self.raised = Nonconformance(broken)
            raise self.raised
        self.attempt.broken += broken
        return not broken

    def passively(self, outcomes: Iterable[Outcome]) -> bool:
        """Takes what the checks on every answer say, and never ends anything; answers whether nothing was broken."""
        broken = self._take((outcomes,))
        self.attempt.broken += broken
        return not broken

    def demand(self, *outcomes: Outcome | Iterable[Outcome]) -> None:
        """Takes outcomes without which the test makes no sense.

        Raises:
            Nonconformance: something was broken.
        """
        if not self(*outcomes):
            raise Nonconformance(self.attempt.broken)

    @contextmanager
    def example(self) -> Iterator[None]:
        """Around the body of a property: what is broken inside belongs to the example, which may be shrunk away."""
        self._in_example = True
        try:
            yield
        finally:
            self._in_example = False

    def _take(self, outcomes: Iterable[Outcome | Iterable[Outcome]]) -> list[Broken]:
        broken: list[Broken] = []
        for outcome in _flat(outcomes):
            match outcome:
                case Kept(requirement):
                    self.attempt.kept[requirement] += 1
                    self.evidence[requirement] += 1
                case Observed(requirement):
                    self.evidence[requirement] += 1
                    if outcome not in self.attempt.observed:
                        self.attempt.observed.append(outcome)
                case Unseen(requirement):
                    self.attempt.unseen.add(requirement)
                case Untested(requirement, reason):
                    self.attempt.untested[requirement] = reason
                case Broken():
                    broken.append(outcome)
                    self.faults.setdefault(outcome.requirement, outcome)
        return broken


def _flat(outcomes: Iterable[Outcome | Iterable[Outcome]]) -> Iterator[Outcome]:
    for outcome in outcomes:
        if isinstance(outcome, Outcome):
            yield outcome
        else:
            yield from outcome
