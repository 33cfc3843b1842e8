"""Verdicts, and findings: what a reader is told about each requirement that is not simply kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """The closed set of verdicts, worst first: where several hold for one requirement, the first counts."""

    FAIL = "fail"
    SUITE_ERROR = "suite_error"
    INCONCLUSIVE = "inconclusive"
    WARN = "warn"
    BLOCKED = "blocked"
    NOT_TESTABLE = "not_testable"
    OBSERVED = "observed"
    PASS = "pass"  # noqa: S105 (no password, a verdict)
    NOT_APPLICABLE = "not_applicable"


_RANK = {verdict: rank for rank, verdict in enumerate(Verdict)}
DEVIATIONS = frozenset({Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.WARN})
"""What counts against the target."""


READING = "reading "
"""How the place of a finding begins that is about a refused reading; the id of the reading follows."""


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that counts, of several for one requirement.

    Raises:
        ValueError: there is none.
    """
    return min(verdicts, key=_RANK.__getitem__)


@dataclass(frozen=True)
class Finding:
    """Something to tell a reader about a requirement."""

    id: str
    """The same from run to run as long as it is the same deviation (`OS-106-3fa2c1`)."""
    verdict: Verdict
    requirement: str
    api: str
    test: str
    where: str = ""
    expected: str = ""
    actual: str = ""
    exchanges: tuple[str, ...] = ()
    next_step: str = ""
    failed: int = 0
    """In how many attempts it showed …"""
    attempts: int = 0
    """… of how many."""
    blocked_by: str = ""

    @property
    def reading(self) -> str:
        """The reading that it refuses, or ""."""
        return self.where.removeprefix(READING) if self.where.startswith(READING) else ""

    @property
    def often(self) -> str:
        """Where attempts disagree, in how many of them it showed (`in 1 of 3 attempts`); else ""."""
        return f"in {self.failed} of {self.attempts} attempts" if self.verdict is Verdict.INCONCLUSIVE else ""

    def to_json(self) -> dict[str, Any]:
        """The finding as one line of the run file."""
        return {"kind": "finding", **asdict(self)}

    @staticmethod
    def from_json(line: Mapping[str, Any]) -> Finding:
        """The finding that a line of the run file holds.

        Raises:
            KeyError: a member is missing.
        """
        members = {key: value for key, value in line.items() if key != "kind"}
        members["verdict"] = Verdict(members["verdict"])
        members["exchanges"] = tuple(members["exchanges"])
        return Finding(**members)


def place(where: str) -> str:
    """A place without the numbers of its entries: the same fault in another row is the same fault."""
    return re.sub(r"\[\d+\]", "[*]", where)


def finding_id(requirement: str, *distinguishing: str) -> str:
    """A stable id for a finding of a requirement."""
    digest = hashlib.sha256("\0".join(map(place, distinguishing)).encode()).hexdigest()
    return f"{requirement}-{digest[:6]}"
