"""Whose a change is: the decision procedure that the package's docstring describes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from conformance.report.diff.evidence import EvidenceOwner
from conformance.report.diff.four import Four
from conformance.report.diff.judge import JudgeOwner
from conformance.report.diff.judged import SILENT, Judged
from conformance.report.diff.model import Change, Kind, Owner, Whose


class Attribution:
    """Finds the owners of changes between two runs."""

    def __init__(self, old: Judged, old_again: Judged | None, new_again: Judged, new: Judged) -> None:
        self.four = Four(old, old_again or old, new_again, new)
        self.rejudged = old_again is not None

    def owned(self, changes: Sequence[Change]) -> list[Change]:
        """The same changes, each with its owners; what is unchanged has none."""
        open_ = [change for change in changes if change.kind is not Kind.UNCHANGED]
        judge, evidence = JudgeOwner(self.four), EvidenceOwner(self.four, open_)
        return [
            change if change.kind is Kind.UNCHANGED else replace(change, whose=tuple(self._whose(change, judge, evidence)))
            for change in changes
        ]

    def _whose(self, change: Change, judge: JudgeOwner, evidence: EvidenceOwner) -> Iterator[Whose]:
        four = self.four
        if not self.rejudged and not _same_judge(four):
            yield Whose(Owner.UNKNOWN, "another suite or contract made the old run, and its evidence cannot be judged again")
            return
        then, then_again, now_again, now = (
            _outcome(judged, change) for judged in (four.old, four.old_again, four.new_again, four.new)
        )
        judging = then != then_again or now != now_again
        if judging:
            yield judge.whose(change, old=then != then_again)
            if change.requirement and (four.old_again.lacks(change.requirement) or four.new_again.lacks(change.requirement)):
                return  # the answer to what is asked today is not known
        if then_again != now_again or not judging:
            yield evidence.whose(change)


def _same_judge(four: Four) -> bool:
    return all(four.old.header.get(name) == four.new.header.get(name) for name in ("suite", "contracts", "libraries"))


def _outcome(judged: Judged, change: Change) -> Any:
    """What a run says of the thing that is compared, in a form that can be compared."""
    if change.subject == "reading":
        return frozenset(judged.tally.readings.get(change.id, ()))
    verdict = judged.verdict(change.requirement)
    if change.subject == "verdict":
        return verdict
    finding = judged.deviation(change.id)
    if finding is not None:
        details = change.kind is Kind.CHANGED and change.old and change.new and change.old.verdict is change.new.verdict
        return (finding.verdict, finding.expected, finding.actual) if details else finding.verdict
    return verdict if verdict in SILENT or verdict is None else "kept there"
