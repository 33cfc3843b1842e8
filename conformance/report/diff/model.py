"""The values that a comparison is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from conformance.contract import Requirement
from conformance.report.diff.judged import Judged
from conformance.run.finding import DEVIATIONS, Finding


class Kind(StrEnum):
    """What became of something, in the order in which a reader is told."""

    NEW = "new"
    CHANGED = "changed"
    NO_LONGER_JUDGED = "no longer judged"
    FIXED = "fixed"
    UNCHANGED = "unchanged"


class Owner(StrEnum):
    """Whose change it is."""

    VENDOR = "vendor"
    SUITE = "suite"
    CONTRACT = "contract"
    TEST_DATA = "test data"
    CONFIGURATION = "configuration"
    INTERRUPTION = "interruption"
    """Nobody's: a run was stopped before it came to this."""
    UNKNOWN = "unknown"
    """The old evidence cannot be judged again; the sentence says why."""


@dataclass(frozen=True)
class Whose:
    """An owner, and how that was found."""

    owner: Owner
    why: str
    asked: str = ""
    """The question to which the answers differ, with its ids in both runs."""
    difference: tuple[str, ...] = ()
    """Lines of the two answers; the first character says whose: `-` the old one, `+` the new one."""

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return {"owner": str(self.owner), "why": self.why, "asked": self.asked, "difference": list(self.difference)}


@dataclass(frozen=True)
class Change:
    """One thing that is compared: a deviation, a requirement's verdict, or a reading."""

    kind: Kind
    subject: str
    """`finding`, `verdict` or `reading`."""
    id: str
    """Of the finding, the requirement, or the reading."""
    requirement: str
    """Empty for a reading."""
    before: str
    now: str
    old: Finding | None = None
    new: Finding | None = None
    row: Requirement | None = None
    whose: tuple[Whose, ...] = ()

    @property
    def finding(self) -> Finding | None:
        """The finding of the new run, else that of the old one."""
        return self.new or self.old

    @property
    def owners(self) -> str:
        """Whose change it is, in words."""
        return " and ".join(dict.fromkeys(str(whose.owner) for whose in self.whose))

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "kind": str(self.kind), "subject": self.subject, "id": self.id, "requirement": self.requirement,
            "before": self.before, "now": self.now, "whose": [whose.to_json() for whose in self.whose],
            "old": self.old and self.old.to_json(), "new": self.new and self.new.to_json(),
        }  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """Two runs, compared."""

    old: Judged
    new: Judged
    changes: tuple[Change, ...]
    headers: tuple[tuple[str, str, str], ...] = ()
    """What differs between the headers: name, then, now."""
    remarks: tuple[str, ...] = field(default=())
    """What limits the comparison."""

    def of(self, kind: Kind) -> list[Change]:
        """The changes of one kind."""
        return [change for change in self.changes if change.kind is kind]

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many there are of each kind."""
        return Counter(change.kind for change in self.changes)

    @property
    def owners(self) -> Mapping[str, int]:
        """How many changes each owner has; a change of two owners counts for both."""
        return Counter(
            str(owner) for change in self.changes if change.kind is not Kind.UNCHANGED
            for owner in {whose.owner for whose in change.whose}
        )  # fmt: skip

    @property
    def exit_status(self) -> int:
        """0 no new deviation, 1 some."""
        return int(any(change.new and change.new.verdict in DEVIATIONS for change in self.of(Kind.NEW)))
