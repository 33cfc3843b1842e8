"""Holds a run against a baseline: what is accepted, and the four teeth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from conformance.contract import Level
from conformance.run.baseline.entry import Baseline, Entry, said, told
from conformance.run.finding import DEVIATIONS, Finding, Verdict, place
from conformance.run.summary import Tally

_SILENT = frozenset({Verdict.NOT_TESTABLE, Verdict.BLOCKED})
"""Nothing was judged, and a finding says why."""
_KEPT = frozenset({Verdict.PASS, Verdict.OBSERVED})
_NAMED = 6
"""So many ids stand in one sentence."""


@dataclass(frozen=True)
class Changed:
    """A reading that is observed in another way than the baseline says."""

    reading: str
    before: frozenset[str]
    now: frozenset[str]
    line: int


@dataclass(frozen=True)
class Assessment:
    """A run as its baseline sees it. Each entry stands in one of the tuples, or accepts something."""

    baseline: Baseline
    accepted: Mapping[str, Entry] = field(default_factory=dict)
    """By finding id, the entry that accepts it; what an accepted deviation blocks is accepted with it."""
    overdue: Mapping[str, Entry] = field(default_factory=dict)
    """By finding id, the expired entry that accepted it: the entry is told, not the finding."""
    unexpected: tuple[Finding, ...] = ()
    """The deviations that no entry accepts."""
    changed: tuple[Changed, ...] = ()
    passing: tuple[Entry, ...] = ()
    """Their requirement is kept now."""
    unmatched: tuple[Entry, ...] = ()
    """They match nothing."""
    expired: tuple[Entry, ...] = ()
    unjudged: tuple[Entry, ...] = ()
    """This run did not judge what they are about, so it says nothing about them."""
    incomplete: tuple[str, ...] = ()
    """The requirements that were not judged although they should have been, where no entry accepts that."""
    remarks: Mapping[int, str] = field(default_factory=dict)
    """By the number of an entry, the sentence on what is wrong with it."""
    sentences: list[str] = field(default_factory=list)
    """One for each tooth that bites, those of the entries included, in the order of the exit statuses."""
    exit_status: int = 0
    """That of the run, in the light of the baseline."""

    def to_json(self) -> dict[str, Any]:
        """The member `baseline` of `summary.json`."""
        return {
            "file": self.baseline.path,
            "accepted": {id_: entry.number for id_, entry in self.accepted.items()},
            "overdue": {id_: entry.number for id_, entry in self.overdue.items()},
            "unexpected": [finding.id for finding in self.unexpected],
            "changed_readings": [row.reading for row in self.changed],
            "passing": [entry.number for entry in self.passing],
            "unmatched": [entry.number for entry in self.unmatched],
            "expired": [entry.number for entry in self.expired],
            "unjudged": [entry.number for entry in self.unjudged],
            "incomplete": list(self.incomplete),
            "sentences": self.sentences,
        }


def clock_day(tally: Tally) -> date:
    """The day of the run by its own clock (in UTC); what "today" is for a baseline."""
    return date.fromisoformat(str(tally.header["clock"])[:10]) if "clock" in tally.header else date.min


def assess(baseline: Baseline, tally: Tally) -> Assessment:
    """Holds a run against a baseline, on the day of the run by its own clock.

    Args:
        baseline: what is accepted; an empty one leaves the exit status as it is.
        tally: the run, added up.
    """
    return _Assessor(baseline, tally).assessment()


class _Assessor:
    def __init__(self, baseline: Baseline, tally: Tally) -> None:
        self.baseline, self.tally, self.today = baseline, tally, clock_day(tally)
        self.rows = {id_: row for contract in tally.contracts for id_, row in contract.requirements.items()}
        """What is on trial."""
        self.found: dict[str, list[Finding]] = defaultdict(list)
        self.placed: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in tally.findings.values():
            if finding.requirement in self.rows:
                self.found[finding.requirement].append(finding)
                self.placed[finding.requirement, place(finding.where)].append(finding)
        self.finished = tally.complete and not tally.trouble
        self.matched: set[int] = set()
        self.accepted: dict[str, Entry] = {}
        self.overdue: dict[str, Entry] = {}

    def assessment(self) -> Assessment:
        for entry in self.baseline.entries:
            self._match(entry)
        self._follow()
        unexpected = tuple(self._unexpected())
        changed = tuple(self._changed())
        sorted_out: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.baseline.entries:
            sorted_out[self._kind(entry)].append(entry)
        passing, unmatched, expired, unjudged = (
            tuple(sorted_out[kind]) for kind in ("passing", "unmatched", "expired", "unjudged")
        )
        incomplete = tuple(self._incomplete())
        status = self.tally.status(
            deviates=bool(unexpected or changed) or self._unexplained(),
            stale=bool(passing or unmatched or expired),
            unjudged=bool(incomplete),
        )
        remarks = {entry.number: _of_passing(entry) for entry in passing}
        remarks |= {entry.number: self._of_unmatched(entry) for entry in unmatched}
        remarks |= {entry.number: self._of_expired(entry) for entry in expired}
        sentences = [f"Unexpected deviation: {told(f)} ({f.id}); no entry accepts it." for f in unexpected]
        sentences += [*map(_of_changed, changed), *remarks.values()]
        sentences += [f"Not judged: {_some(incomplete)}; no entry accepts that."] if incomplete else []
        return Assessment(self.baseline, self.accepted, self.overdue, unexpected, changed, passing, unmatched, expired,
                          unjudged, incomplete, remarks, sentences, status)  # fmt: skip

    def _match(self, entry: Entry) -> None:
        expired = entry.expired(self.today)
        own: Sequence[Finding] = self.found.get(entry.requirement, ())
        if entry.only_place is not None:  # a run can have thousands of places, and a baseline an entry for each
            own = self.placed.get((entry.requirement, entry.only_place), ())
        for finding in own:
            if not any(entry.objections(finding, self.tally.readings)):
                self.matched.add(entry.number)
                (self.overdue if expired else self.accepted).setdefault(finding.id, entry)

    def _follow(self) -> None:
        """Who accepts a deviation accepts what it blocks: nobody has to list that."""
        for id_ in self.accepted:
            self.overdue.pop(id_, None)
        held = {**self.overdue, **self.accepted}
        for findings in self.found.values():
            for finding in findings:
                if finding.verdict is Verdict.BLOCKED and finding.id not in held:
                    entries = self._roots(finding.blocked_by, held, frozenset({finding.requirement}))
                    if entries:
                        late = next((entry for entry in entries if entry.expired(self.today)), None)
                        (self.overdue if late else self.accepted)[finding.id] = late or entries[0]

    def _roots(self, requirement: str, held: Mapping[str, Entry], seen: frozenset[str]) -> list[Entry]:
        """The entries that hold all that is wrong with a requirement; none where something is left."""
        own = self.found.get(requirement, [])
        own = [f for f in own if f.verdict in DEVIATIONS] or [f for f in own if f.verdict in _SILENT]
        entries: list[Entry] = []
        for finding in own:
            above = [held[finding.id]] if finding.id in held else []
            if not above and finding.verdict is Verdict.BLOCKED and finding.blocked_by not in seen:
                above = self._roots(finding.blocked_by, held, seen | {requirement})
            if not above:
                return []
            entries += above
        return entries

    def _left(self, requirement: str, among: frozenset[Verdict]) -> list[Finding]:
        """The findings with such a verdict that no entry holds."""
        own = (finding for finding in self.found.get(requirement, ()) if finding.verdict in among)
        return [finding for finding in own if finding.id not in self.accepted and finding.id not in self.overdue]

    def _unexpected(self) -> Iterator[Finding]:
        for verdict in (Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.WARN):
            for requirement in self.found:
                yield from self._left(requirement, frozenset({verdict}))

    def _unexplained(self) -> bool:
        """Whether a requirement deviates and no finding says how, so that no entry can accept it."""
        deviating = (id_ for id_, verdict in self.tally.counted.items() if verdict in DEVIATIONS)
        return any(all(f.verdict not in DEVIATIONS for f in self.found.get(id_, ())) for id_ in deviating)

    def _incomplete(self) -> Iterator[str]:
        unjudged = set(self.tally.unjudged)
        for id_ in sorted(unjudged | self.found.keys()):
            # What was hidden behind a deviation comes to light when that is accepted.
            bared = self.rows[id_].level != Level.MAY and self.tally.verdicts.get(id_) in DEVIATIONS
            bared = bared and not self._left(id_, DEVIATIONS)
            explained = any(finding.verdict in _SILENT for finding in self.found.get(id_, ()))
            if (id_ in unjudged and not explained) or ((id_ in unjudged or bared) and self._left(id_, _SILENT)):
                yield id_

    def _changed(self) -> Iterator[Changed]:
        for reading, before in self.baseline.readings.items():
            now = frozenset(self.tally.readings.get(reading, ()))
            # A run that looked less far may have seen fewer of them.
            if not now <= before:
                yield Changed(reading, before, now, self.baseline.lines.get(reading, 0))

    def _kind(self, entry: Entry) -> str:
        """In which tuple an entry belongs; "" for one that does its work."""
        late = "expired" if entry.expired(self.today) else ""
        if entry.number in self.matched:
            return late
        verdict = self.tally.verdicts.get(entry.requirement) if entry.requirement in self.rows else None
        alike = any(finding.verdict is entry.verdict for finding in self.found.get(entry.requirement, ()))
        if self.finished and verdict in _KEPT:
            # What shows now and then need not show in every run.
            return late if entry.max_rate is not None else "passing"
        if self.finished and (alike or verdict in DEVIATIONS or verdict is Verdict.NOT_APPLICABLE):
            return "unmatched"
        if self.finished and entry.requirement in self.rows and self.rows[entry.requirement].untested:
            return "unmatched"
        return late or "unjudged"

    def _of_unmatched(self, entry: Entry) -> str:
        others = [told(finding) for finding in self.found.get(entry.requirement, ())]
        verdict = self.tally.verdicts.get(entry.requirement)
        if others:
            instead = f"the run has {_some(others, 2)}"
        elif verdict is None:
            instead = f"no test judges {entry.requirement}"
        else:
            instead = f"{entry.requirement} is {verdict}"
        return f"Matches nothing: {entry.name} accepts {entry.accepts}, {instead}; correct the entry or remove it."

    def _of_expired(self, entry: Entry) -> str:
        days = f"until {entry.expires}, the run is of {self.today}"
        return f"Expired: {entry.name} accepted {entry.accepts} {days}; ask {said(entry.owner)}, then renew or remove it."


def _of_passing(entry: Entry) -> str:
    return f"Passes now: {entry.name} accepts {entry.accepts}, but {entry.requirement} is kept; remove the entry."


def _of_changed(row: Changed) -> str:
    before, now = (said(" and ".join(sorted(options))) for options in (row.before, row.now))
    return f"Changed reading: {row.reading} is observed as {now}, the baseline (line {row.line}) has {before}."


def _some(texts: Sequence[str], most: int = _NAMED) -> str:
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more
