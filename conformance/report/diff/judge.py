"""The judge has changed: the same answers are judged otherwise, by the suite or by the contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conformance.report.diff.four import Four
from conformance.report.diff.judged import COMPARED, Judged
from conformance.report.diff.model import Change, Owner, Whose
from conformance.report.layout import some, words


class JudgeOwner:
    """Tells the suite from the contract."""

    def __init__(self, four: Four) -> None:
        self.four = four

    def whose(self, change: Change, *, old: bool) -> Whose:
        """1: the same answers are judged otherwise, the old ones or (`old` false) the new ones."""
        made, today = (self.four.old, self.four.old_again) if old else (self.four.new, self.four.new_again)
        how = self._judged_how(change, made, today)
        owner, why = self._changed_judge(change, made, today)
        return Whose(owner, f"{why}; {how}")

    def _changed_judge(self, change: Change, made: Judged, today: Judged) -> tuple[Owner, str]:
        before, after = made.header, today.header
        for requirement in self._requirements(change, made, today):
            told = _part(before, after, "clauses", requirement)
            if told:
                return Owner.CONTRACT, f"the contract's row {requirement} {told}"
        suite_changed = before.get("suite") != after.get("suite") or before.get("suite") is None
        operations = self._operations(change)
        schemas = [name for name in operations if _part(before, after, "operations", name)]
        api = self.four.api(change)
        elsewhere = before.get("contracts", {}).get(api) != after.get("contracts", {}).get(api)
        if schemas and not suite_changed:
            return Owner.CONTRACT, f"the contract says something else of {some(schemas)}"
        if elsewhere and not suite_changed:
            return Owner.CONTRACT, f"the contract of {api} changed"
        if suite_changed:
            versions = [_version(header) for header in (before, after)]
            beside = f" (the contract of {some(schemas) if schemas else api} changed too)" if schemas or (
                elsewhere and "clauses" not in before) else ""  # fmt: skip
            return Owner.SUITE, f"the suite changed, from {versions[0]} to {versions[1]}{beside}"
        if before.get("libraries") != after.get("libraries"):
            return Owner.SUITE, "the libraries that draw its questions are of another release"
        return Owner.SUITE, "the same suite judges the same answers in another way"

    def _judged_how(self, change: Change, made: Judged, today: Judged) -> str:
        which = "old" if made is self.four.old else "new"
        if change.requirement and today.lacks(change.requirement):
            return f"today it asks what the {which} run did not ask, so the answer to that is not known"
        then, now = _told(made, change), _told(today, change)
        if change.subject == "finding" and then == now:
            then, now = _detailed(made, change), _detailed(today, change)
        return f"the {which} evidence was judged {then}, and is judged {now} today"

    def _requirements(self, change: Change, *runs: Judged) -> Iterable[str]:
        if change.requirement:
            return (change.requirement,)
        rows = {id_ for judged in runs for contract in judged.tally.contracts for id_ in (
            contract.readings[change.id].requirements if change.id in contract.readings else ())}  # fmt: skip
        return sorted(rows)

    def _operations(self, change: Change) -> list[str]:
        api = self.four.api(change)
        return [f"{api} {name}" for name in change.row.operations] if change.row else []


def _told(judged: Judged, change: Change) -> str:
    if change.subject == "reading":
        return " and ".join(sorted(judged.tally.readings.get(change.id, ()))) or "not observed"
    finding = judged.deviation(change.id) if change.subject == "finding" else None
    verdict = finding.verdict if finding else judged.verdict(change.requirement)
    if change.subject == "finding" and finding is None and verdict in COMPARED:
        return "as kept at this place"
    return f"“{words(verdict)}”" if verdict else "not at all"


def _detailed(judged: Judged, change: Change) -> str:
    finding, told = judged.deviation(change.id), _told(judged, change)
    return f"{told} (expected {finding.expected}, got {finding.actual})" if finding else told


def _part(before: Any, after: Any, table: str, name: str) -> str:
    """How a row of a header's table has changed: `changed`, `is new`, `is gone`, or not at all."""
    if table not in before or table not in after:
        return ""
    then, now = before[table].get(name), after[table].get(name)
    if then == now:
        return ""
    return "changed" if then and now else "is new" if now else "is gone"


def _version(header: Any) -> str:
    suite = header.get("suite") or {}
    digest = f" ({suite['digest'][:8]})" if "digest" in suite else ""
    return f"{suite.get('version', 'an unknown one')}{digest}"
