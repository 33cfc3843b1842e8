"""Holds answers against a picture of the target's data that was read once, and blames nobody for data that change.

Somebody else may place or change an order while the run goes on. So before a mismatch is anybody's fault the picture is
taken again, twice: only when both new pictures agree with each other and not with the old one have the data changed, and
the question is asked once more. A target that answers the same question in two ways finds no excuse here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, cast

from conformance.checks import Answer, Broken, Outcome
from conformance.suite.context import Context


class Picture(Protocol):
    """What was read of the target's data."""

    def fingerprint(self) -> object:
        """Equal for two pictures that show the same data."""


P = TypeVar("P", bound=Picture)


@dataclass
class Steady(Generic[P]):
    """A picture that the tests of one vendor share, read when first asked for."""

    context: Context
    name: str
    """Where the context keeps it."""
    read: Callable[[], P]
    """Takes the picture; may raise what a test may raise."""

    @property
    def picture(self) -> P:
        """The picture as it was last found to be right."""
        if self.name not in self.context.shared:
            self.context.shared[self.name] = self.read()
        return cast(P, self.context.shared[self.name])

    def forget(self) -> None:
        """Takes the picture again when it is next asked for: the run itself has changed the data."""
        self.context.shared.pop(self.name, None)

    def judged(self, ask: Callable[[], Answer], judge: Callable[[P, Answer], Iterable[Outcome]]) -> Answer:
        """Asks, and hands the run's judge what `judge` finds in the answer beside the picture.

        Raises:
            Nonconformance: inside an example of a property, at the first thing that is broken.
        """
        picture = self.picture
        answer = ask()
        outcomes = list(judge(picture, answer))
        if any(isinstance(outcome, Broken) for outcome in outcomes) and self.data_changed():
            answer = ask()
            outcomes = list(judge(self.picture, answer))
        self.context.judge(outcomes)
        return answer

    def data_changed(self) -> bool:
        """Whether two new pictures agree with each other and differ from the old one; the last of them is kept then."""
        old, first, second = self.picture, self.read(), self.read()
        changed = first.fingerprint() == second.fingerprint() != old.fingerprint()
        if changed:
            self.context.shared[self.name] = second
        return changed
