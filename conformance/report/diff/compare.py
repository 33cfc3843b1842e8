"""Compares two runs: first what differs, then whose change it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from conformance.contract import ContractError, Requirement, apis, load
from conformance.report.diff.headers import differences
from conformance.report.diff.judged import COMPARED, SILENT, Judged, read_judged
from conformance.report.diff.model import Change, Comparison, Kind
from conformance.report.diff.owner import Attribution
from conformance.report.layout import words
from conformance.run.finding import Finding
from conformance.run.rejudge import rejudge
from conformance.run.runfile import RunFileError
from conformance.run.version import drawing_libraries, suite_identity

_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|\d\d-\d\d-\d{4}|/Date\([^)]*\)/"
)
_ID = re.compile(r"\b(?:\d{4,}|[0-9a-f]{8}-[0-9a-f-]{27})\b", re.IGNORECASE)
_ORDER = {kind: number for number, kind in enumerate(Kind)}
Rejudge = Callable[[Path, Path], Path]


def compare(old: Path, new: Path, *, again: Rejudge = rejudge) -> Comparison:
    """Holds two runs against each other.

    Args:
        old: the run file of the earlier run.
        new: that of the later one.
        again: judges a run file with today's suite into a folder.

    Raises:
        RunFileError: one of them cannot be read, or judged nothing.
    """
    before, after = read_judged(old), read_judged(new)
    rows = _rows(before, after)
    found = [replace(change, row=rows.get(change.requirement)) for change in _changes(before, after)]
    remarks = list(_remarks(before, after))
    if any(change.kind is not Kind.UNCHANGED for change in found):
        with TemporaryDirectory(prefix="conformance-diff-") as folder:
            before_again = _again(before, Path(folder) / "old", again, remarks)
            after_again = after if _todays(after) else _again(after, Path(folder) / "new", again, remarks) or after
            found = Attribution(before, before_again, after_again, after).owned(found)
    found.sort(key=lambda change: (_ORDER[change.kind], change.requirement or change.id, change.id))
    return Comparison(before, after, tuple(found), differences(before, after), tuple(remarks))


def _again(judged: Judged, folder: Path, again: Rejudge, remarks: list[str]) -> Judged | None:
    """A run, judged once more; None where it cannot be."""
    try:
        return read_judged(again(judged.path, folder))
    except RunFileError as error:
        remarks.append(f"Whose changes they are cannot all be told: {error}")
        return None


def _todays(judged: Judged) -> bool:
    """Whether the suite and the contract that are installed here made a run."""
    header = judged.header
    contracts = {api: load(api).digest for api in header.get("contracts", {}) if api in apis()}
    same = header.get("suite") == suite_identity() and header.get("contracts") == contracts
    return same and header.get("libraries") == drawing_libraries()


def _remarks(old: Judged, new: Judged) -> Iterator[str]:
    for name, judged in (("old", old), ("new", new)):
        if not judged.tally.complete:
            yield f"The {name} run was stopped before every test had its turn: what it did not come to was not judged."
    shared = set(old.header.get("apis", ())) & set(new.header.get("apis", ()))
    if not shared:
        yield "The runs have no API in common: nothing can be compared."
    if str(old.header.get("clock", "")) > str(new.header.get("clock", "")):
        yield "The run that stands as the old one is the later one by its clock; are they in the right order?"


def _rows(old: Judged, new: Judged) -> dict[str, Requirement]:
    """The requirements' rows, as far as this installation has them."""
    found: dict[str, Requirement] = {}
    for api in dict.fromkeys((*old.header.get("apis", ()), *new.header.get("apis", ()))):
        try:
            found.update(load(api).requirements)
        except ContractError:
            continue
    return found


def _changes(old: Judged, new: Judged) -> Iterator[Change]:
    told: set[str] = set()
    for change in _findings(old, new):
        if change.kind is not Kind.UNCHANGED:
            told.add(change.requirement)
        yield change
    yield from _verdicts(old, new, told)
    for reading in sorted(old.tally.readings.keys() | new.tally.readings.keys()):
        then, now = (" and ".join(sorted(judged.tally.readings.get(reading, ()))) for judged in (old, new))
        kind = Kind.UNCHANGED if then == now else Kind.CHANGED if now else Kind.NO_LONGER_JUDGED
        yield Change(kind, "reading", reading, "", then or "not observed", now or "not observed")


def _findings(old: Judged, new: Judged) -> Iterator[Change]:
    """Deviations, one by one."""
    ids = dict.fromkeys(f.id for judged in (old, new) for f in judged.tally.findings.values() if f.verdict in COMPARED)
    for id_ in ids:
        then, now = old.deviation(id_), new.deviation(id_)
        known = now or then
        assert known is not None  # noqa: S101 (the id comes from one of them)
        requirement = known.requirement
        if then and now:
            kind = Kind.UNCHANGED if alike(then, now) else Kind.CHANGED
        elif now:
            kind = Kind.NEW
        else:
            verdict = new.verdict(requirement)
            kind = Kind.NO_LONGER_JUDGED if verdict is None or verdict in SILENT else Kind.FIXED
        yield Change(kind, "finding", id_, requirement, _said(old, requirement, then), _said(new, requirement, now),
                     then, now)  # fmt: skip


def _verdicts(old: Judged, new: Judged, told: set[str]) -> Iterator[Change]:
    """The requirements of which no finding tells that they changed."""
    for requirement in sorted(old.tally.counted.keys() | new.tally.counted.keys()):
        then, now = old.verdict(requirement), new.verdict(requirement)
        if requirement in told or (then == now and then in COMPARED):
            continue
        unjudged = now is None or now in SILENT
        was_judged = then is not None and then not in SILENT
        kind = Kind.UNCHANGED if then == now else Kind.NO_LONGER_JUDGED if unjudged and was_judged else Kind.CHANGED
        yield Change(kind, "verdict", requirement, requirement, _said(old, requirement), _said(new, requirement),
                     old.silence(requirement), new.silence(requirement))  # fmt: skip


def _said(judged: Judged, requirement: str, finding: Finding | None = None) -> str:
    verdict = finding.verdict if finding else judged.verdict(requirement)
    return words(verdict) if verdict else "not judged"


def alike(then: Finding, now: Finding) -> bool:
    """Whether two findings with one id say the same, but for dates, times and the ids of single orders."""
    return then.verdict is now.verdict and all(
        _steady(getattr(then, name)) == _steady(getattr(now, name)) for name in ("expected", "actual")
    )


def _steady(text: str) -> str:
    return _ID.sub("<id>", _MOMENT.sub("<moment>", text))


