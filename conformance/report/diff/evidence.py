"""The evidence differs: by the vendor, by the data that were asked about, or by how the run was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from conformance.report.diff.four import Four
from conformance.report.diff.headers import Apart, Row
from conformance.report.diff.judged import COMPARED, SILENT
from conformance.report.diff.model import Change, Owner, Whose
from conformance.report.diff.questions import Place, Questions, questions
from conformance.report.twice import differing_lines
from conformance.run.finding import Verdict

_LINES = 40
_PAIRS = 500
"""So many pairs of answers are looked at for one test."""
_CONFIGURED = ("read_only", "environment", "media_types", "limits", "profile")
"""What of a configuration decides whether something can be judged."""


class EvidenceOwner:
    """Tells vendor, test data and configuration apart, for the changes that it is made with."""

    def __init__(self, four: Four, changes: Sequence[Change]) -> None:
        self.four = four
        self._blocking = {change.requirement: change for change in reversed(changes) if change.subject == "finding"}
        self._asked = self._questions(changes)

    def whose(self, change: Change, seen: frozenset[str] = frozenset()) -> Whose:
        """2: the evidence differs."""
        told = self._blocked(change, seen) or self._not_chosen(change) or self._pinned(change) or self._silent(change)
        return told or self._asked_and_answered(change)

    def _blocked(self, change: Change, seen: frozenset[str]) -> Whose | None:
        for judged in (self.four.new_again, self.four.old_again):
            silent = judged.silence(change.requirement)
            if silent is None or silent.verdict is not Verdict.BLOCKED or judged.verdict(change.requirement) not in SILENT:
                continue
            root = self._blocking.get(silent.blocked_by)
            if root is not None and root.requirement not in seen and root.requirement != change.requirement:
                whose = self.whose(root, seen | {change.requirement})
                return Whose(whose.owner, f"{silent.blocked_by} blocks it, and {whose.why}")
        return None

    def _not_chosen(self, change: Change) -> Whose | None:
        if not change.requirement:
            return None
        api = self.four.api(change)
        then, now = self.four.old_again, self.four.new_again
        for name, here, there in (("new", now, then), ("old", then, now)):
            if here.verdict(change.requirement) is not None:
                continue
            if api not in here.header.get("apis", ()):
                return Whose(Owner.CONFIGURATION, f"the {name} run did not choose the API {api}")
            missing = there.by_test.get(change.requirement, {}).keys() - here.tests
            if missing and here.tests:
                return Whose(Owner.CONFIGURATION, f"the {name} run did not choose the tests that judge it")
            if not here.tally.complete:
                return Whose(Owner.INTERRUPTION, f"the {name} run was stopped before it came to this")
        return None

    def _pinned(self, change: Change) -> Whose | None:
        reading = change.finding.reading if change.finding else ""
        if not reading:
            return None
        vendor = self.four.api(change).partition("/")[0]
        runs = (self.four.old, self.four.new)
        then, now = (judged.tally.target(vendor).get("pinned_readings", {}).get(reading) for judged in runs)
        if then == now:
            return None
        pins = f"the target file pins {reading} to {now or 'nothing'}, before to {then or 'nothing'}"
        return Whose(Owner.CONFIGURATION, pins)

    def _silent(self, change: Change) -> Whose | None:
        told = {judged.verdict(change.requirement) for judged in (self.four.old_again, self.four.new_again)}
        if not change.requirement or not told & (SILENT - {Verdict.BLOCKED}):
            return None
        wishes = self._wishes(change)
        configured = [row for row in wishes.configuration if row[0] in _CONFIGURED]
        if Verdict.NOT_APPLICABLE in told and configured:
            return Whose(Owner.CONFIGURATION, _rows(configured))
        if wishes.data:
            return Whose(Owner.TEST_DATA, _rows(self._needed(change, wishes.data)))
        if configured:
            return Whose(Owner.CONFIGURATION, _rows(configured))
        silent = self.four.new_again.silence(change.requirement) or self.four.old_again.silence(change.requirement)
        why = f": {silent.actual}" if silent and silent.actual else ""
        return Whose(Owner.TEST_DATA, f"the target file is the same, but the target has other data than it had{why}")

    def _needed(self, change: Change, rows: Sequence[Row]) -> Sequence[Row]:
        """The changed data that the missing line speaks of, where it does."""
        texts = " ".join(f.actual for judged in (self.four.old_again, self.four.new_again)
                         for f in judged.tally.findings.values() if f.requirement == change.requirement)  # fmt: skip
        named = [row for row in rows if f"{'.'.join(row[0].split('.')[:-1])}] {row[0].rpartition('.')[2]}" in texts]
        return named or rows

    def _asked_and_answered(self, change: Change) -> Whose:
        """2e to 2h: by what the tests that judge otherwise have asked, and what they were answered."""
        old, new = self._asked
        wishes, tests = self._wishes(change), self._tests(change)
        shown = self._pair(change, tests)
        first: tuple[Place, Place] | None = None
        touched = 0
        for test in tests:
            then, now = old.by_test.get(test, []), new.by_test.get(test, [])
            if any(place.touched for place in (*then, *now)):
                touched += 1
            elif first is None:
                first = next(self._differing(then, now), None)
        if first is not None:
            return self._told_pair(Owner.VENDOR, "the same question gets another answer", shown or first)
        if touched and wishes.data:
            named = [row for row in wishes.data if row[0].startswith(("data", "states"))]
            return self._told_pair(Owner.TEST_DATA, _rows(named), shown)
        if wishes.configuration:
            return self._told_pair(Owner.CONFIGURATION, _rows(wishes.configuration), shown)
        if wishes.data and not tests:
            return Whose(Owner.TEST_DATA, _rows(wishes.data))
        why = "the runs were asked for in the same way, and the target answers otherwise"
        return self._told_pair(Owner.VENDOR, why, shown)

    def _differing(self, then: Sequence[Place], now: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
        """Pairs of the same question with different answers, in the order of the new run."""
        old, new = self._asked
        for before, after in islice(_pairs(then, now), _PAIRS):
            if old.answer(old.exchange(before)) != new.answer(new.exchange(after)):
                yield before, after

    def _pair(self, change: Change, tests: Sequence[str]) -> tuple[Place, Place] | None:
        """The question that a finding shows, and the same one in the other run."""
        old, new = self._asked
        for finding, own, other, swapped in ((change.new, new, old, False), (change.old, old, new, True)):
            for id_ in reversed(finding.exchanges if finding else ()):
                shown = own.by_id.get(id_)
                if shown is None:
                    continue
                beside = [finding.test, *tests] if finding else tests
                for place in other.of(dict.fromkeys(beside)):
                    pair = (shown, place) if swapped else (place, shown)
                    if place.key == shown.key and old.answer(old.exchange(pair[0])) != new.answer(new.exchange(pair[1])):
                        return pair
        return None

    def _told_pair(self, owner: Owner, why: str, pair: tuple[Place, Place] | None) -> Whose:
        if pair is None:
            return Whose(owner, why)
        before, after = (asked.exchange(place) for asked, place in zip(self._asked, pair, strict=True))
        asked = f"{after.request.method} {after.request.url} ({before.id} in the old run, {after.id} in the new one)"
        return Whose(owner, why, asked, differing_lines(before, after, _LINES))

    def _tests(self, change: Change) -> list[str]:
        """The tests that judge a requirement otherwise, and those that tell its findings."""
        found = dict.fromkeys(f.test for f in (change.new, change.old) if f and f.verdict in COMPARED)
        then = self.four.old_again.by_test.get(change.requirement, {})
        now = self.four.new_again.by_test.get(change.requirement, {})
        found.update(dict.fromkeys(test for test in {**now, **then} if now.get(test) != then.get(test)))
        return list(found)

    def _questions(self, changes: Sequence[Change]) -> tuple[Questions, Questions]:
        tests = {test for change in changes for test in self._tests(change)}
        ids = [{id_ for finding in side if finding for id_ in finding.exchanges}
               for side in ([change.old for change in changes], [change.new for change in changes])]  # fmt: skip
        vendors = {self.four.api(change).partition("/")[0] for change in changes}
        values = {vendor: self.four.wishes(vendor).values for vendor in vendors}
        moments = self.four.old.header.get("clock") != self.four.new.header.get("clock")
        # Judged again, an exchange keeps its number.
        first = questions(self.four.old, tests, ids[0], values, moments=moments)
        return first, questions(self.four.new, tests, ids[1], values, moments=moments)

    def _wishes(self, change: Change) -> Apart:
        return self.four.wishes(self.four.api(change).partition("/")[0])


def _rows(rows: Sequence[Row]) -> str:
    shown = [f"{name} is {now}, before {then}" for name, then, now in rows[:3]]
    return "; ".join(shown) + (f"; and {len(rows) - 3} more" if len(rows) > 3 else "")


def _pairs(then: Sequence[Place], now: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """The same questions of two runs: the first of one kind with the first, the second with the second."""
    waiting: dict[bytes, list[Place]] = {}
    for place in reversed(then):
        waiting.setdefault(place.key, []).append(place)
    for place in now:
        if waiting.get(place.key):
            yield waiting[place.key].pop(), place
