"""What a check can say: a requirement was kept, was broken, or was kept by one of its readings.

Outcomes are values. Who collects them, and what verdict follows, is `judge`'s matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

verifies = pytest.mark.verifies
"""Cites the requirement ids that a test (or a check on every answer) judges; unknown ids stop collection."""


@dataclass(frozen=True)
class Kept:
    """The exchanges show that the requirement is kept."""

    requirement: str
    exchanges: tuple[str, ...] = ()


@dataclass(frozen=True)
class Broken:
    """The exchanges show that the requirement is broken."""

    requirement: str
    where: str
    expected: str
    actual: str
    exchanges: tuple[str, ...] = ()
    hint: str = ""
    """One next step for the reader; the requirement's own hint where empty."""


@dataclass(frozen=True)
class Observed:
    """Where the document leaves it open, what the target was seen to do."""

    requirement: str
    reading: str
    option: str
    exchanges: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unseen:
    """An optional thing never showed, which the document allows."""

    requirement: str


@dataclass(frozen=True)
class Untested:
    """A part of a test could not be judged; `reason` says what would make it testable."""

    requirement: str
    reason: str


Outcome = Kept | Broken | Observed | Unseen | Untested


def kept_if(
    holds: bool, requirement: str, *, where: str, expected: object, actual: object, exchanges: Iterable[str]
) -> Kept | Broken:
    """`Kept` when the condition holds, else `Broken` with the difference."""
    shown = tuple(exchanges)
    if holds:
        return Kept(requirement, shown)
    return Broken(requirement, where, str(expected), str(actual), shown)
