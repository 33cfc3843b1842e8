"""Writes entries for what a run found, ready to be pasted into a baseline: all but the reason and the owner."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import yaml

from conformance.run.baseline.assess import Assessment, assess, clock_day
from conformance.run.baseline.entry import ANYWHERE, Baseline, Entry, said
from conformance.run.baseline.load import UNWRITTEN
from conformance.run.finding import DEVIATIONS, Finding, Verdict, place
from conformance.run.summary import Tally

_PATIENCE = timedelta(days=90)
"""Long enough for a vendor's release, short enough that nobody forgets why."""
_AHEAD = "  "
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True)
class Wishes:
    """What every suggested entry says alike."""

    owner: str = f"{UNWRITTEN}: who"
    reason: str = f"{UNWRITTEN}: why"
    link: str = ""
    expires: date | None = None
    """Default: ninety days after the run."""
    readings: bool = False
    """Whether the observed readings are written down too, so that a changed one is noticed."""


def suggestion(tally: Tally, baseline: Baseline, wishes: Wishes) -> str:
    """A YAML text with an entry for everything that keeps a run from conforming and that no entry accepts yet.

    Args:
        tally: the run, added up.
        baseline: what is accepted already; where it has a file, only what is to be added is written.
        wishes: what all entries say.

    Returns:
        A whole baseline file, or the lines to add; a comment that says so where there is nothing to accept.
    """
    today = clock_day(tally)
    findings = _wanted(tally, baseline, today)
    parts = [_item(finding, today, wishes) for finding in findings]
    rows = {id_: sorted(options) for id_, options in sorted(tally.readings.items()) if id_ not in baseline.readings}
    readings = _dumped({"readings": {id_: row[0] if len(row) == 1 else row for id_, row in rows.items()}})
    more = [f"\n{readings}"] if wishes.readings and rows else []
    if baseline.path:
        head = f"# To be added to {said(baseline.path)}:\n" if parts or more else "# Nothing is to be added.\n"
        return "".join([head, *parts, *more])
    head = f"# What a run of {today} found. Accept only what you can live with, and say why.\nversion: 1\n"
    return "".join([head, "accepted:\n" if parts else "accepted: []\n", *parts, *more])


def _wanted(tally: Tally, baseline: Baseline, today: date) -> list[Finding]:
    """The deviations first, then what is not testable; what is blocked only where nothing of these holds it."""
    chosen: list[Finding] = []
    for stage in (DEVIATIONS, {Verdict.NOT_TESTABLE}, {Verdict.BLOCKED}):
        sketch = replace(baseline, entries=(*baseline.entries, *(_sketch(finding, today) for finding in chosen)))
        assessment = assess(_numbered(sketch), tally)
        keys = {_sketch(finding, today).key for finding in chosen}
        for finding in _left(assessment, tally):
            key = _sketch(finding, today).key
            if finding.verdict in stage and key not in keys:
                keys.add(key)
                chosen.append(finding)
    return chosen


def _left(assessment: Assessment, tally: Tally) -> Iterable[Finding]:
    yield from assessment.unexpected
    incomplete = set(assessment.incomplete)
    for finding in tally.findings.values():
        if finding.requirement in incomplete and finding.id not in assessment.accepted:
            yield finding


def _sketch(finding: Finding, today: date) -> Entry:
    """The entry that would accept a finding."""
    deviates = finding.verdict in DEVIATIONS
    flaky = finding.verdict is Verdict.INCONCLUSIVE
    return Entry(
        finding.requirement, finding.verdict, "", "", today, today,
        where=place(finding.where) if deviates else ANYWHERE,
        reading=finding.reading if deviates else "", option=finding.actual if deviates and finding.reading else "",
        # Rounded up: one in three is 0.34, so that the very rate that was seen is accepted.
        max_rate=math.ceil(finding.failed / finding.attempts * 100) / 100 if flaky and finding.attempts else None,
    )  # fmt: skip


def _numbered(baseline: Baseline) -> Baseline:
    """Entries are told apart by their number."""
    return replace(baseline, entries=tuple(replace(row, number=n) for n, row in enumerate(baseline.entries, start=1)))


def _item(finding: Finding, today: date, wishes: Wishes) -> str:
    entry = _sketch(finding, today)
    if finding.verdict in DEVIATIONS:
        comment = f"expected {said(finding.expected)}, got {said(finding.actual)}"
    else:
        comment = said(finding.actual)
    row: dict[str, Any] = {"requirement": entry.requirement}
    row |= {"where": entry.where} if finding.verdict in DEVIATIONS else {}
    row |= {"verdict": str(entry.verdict)}
    row |= {"max_rate": entry.max_rate} if entry.max_rate is not None else {}
    row |= {"reading": {entry.reading: entry.option}} if entry.reading else {}
    row |= {"reason": wishes.reason, "owner": wishes.owner}
    row |= {"link": wishes.link} if wishes.link else {}
    row |= {"first_seen": today, "expires": wishes.expires or today + _PATIENCE}
    return f"{_AHEAD}# {finding.id}: {comment}\n" + textwrap.indent(_dumped([row]), _AHEAD)


def _dumped(value: Mapping[str, Any] | list[Any]) -> str:
    """YAML that reads back as it was: PyYAML leaves some line breaks of Unicode bare, so these are written as escapes."""
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)
    if not text.replace("\n", "").isprintable():
        text = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=False, width=1000)
    return text
