"""Says why each finding is accepted or not, and what each entry does in a run."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.run.baseline.assess import Assessment
from conformance.run.baseline.entry import Entry, said, told
from conformance.run.finding import DEVIATIONS, Finding, Verdict
from conformance.run.summary import Tally

_ACCEPTABLE = DEVIATIONS | {Verdict.NOT_TESTABLE, Verdict.BLOCKED}


def explanation(assessment: Assessment, tally: Tally, about: str = "") -> list[str]:
    """The lines that explain an assessment: first the findings, then the entries.

    Args:
        assessment: the run in the light of its baseline.
        tally: the same run.
        about: a finding's id, a requirement's id or the number of an entry; all of them where it is empty.

    Raises:
        ValueError: neither the run nor the baseline has anything by this name.
    """
    entries = assessment.baseline.entries
    rows = {id_ for contract in tally.contracts for id_ in contract.requirements}
    findings = [f for f in tally.findings.values() if f.verdict in _ACCEPTABLE and f.requirement in rows]
    if about:
        number = int(about) if about.isdecimal() else 0
        wanted = next((entry.requirement for entry in entries if entry.number == number), about)
        findings = [f for f in findings if about in (f.id, f.requirement) or f.requirement == wanted]
        entries = tuple(e for e in entries if e.number == number or (not number and e.requirement == about))
    if about and not findings and not entries:
        raise ValueError(f"neither the run nor the baseline has {about!r}: give a finding, a requirement or an entry")
    lines = [line for finding in findings for line in _of_finding(finding, assessment, tally)]
    return lines + [line for entry in entries for line in _of_entry(entry, assessment, tally)]


def _of_finding(finding: Finding, assessment: Assessment, tally: Tally) -> Iterator[str]:
    yield f"{finding.id}: {told(finding)}"
    own = [entry for entry in assessment.baseline.entries if entry.requirement == finding.requirement]
    holding = assessment.accepted.get(finding.id) or assessment.overdue.get(finding.id)
    if holding:
        late = finding.id in assessment.overdue
        through = "" if holding in own else f", with {holding.requirement}, from which it follows"
        verb = "would be accepted" if late else "accepted"
        yield f"  {verb} by {holding.name}{through}: {said(holding.reason)} ({_terms(holding)})"
        if late:
            yield f"  but that entry expired on {holding.expires}"
    elif not own:
        yield f"  not accepted: no entry names {finding.requirement}"
    for entry in own:
        if entry is not holding:
            objections = "; ".join(entry.objections(finding, tally.readings))
            yield f"  {entry.name} does not accept it: {objections}" if objections else f"  {entry.name} accepts it too"


def _of_entry(entry: Entry, assessment: Assessment, tally: Tally) -> Iterator[str]:
    yield f"{entry.name}: {entry.accepts} ({_terms(entry)})"
    held = [id_ for rows in (assessment.accepted, assessment.overdue) for id_, row in rows.items() if row is entry]
    if held:
        yield f"  accepts {', '.join(held)}"
    if entry.number in assessment.remarks:
        yield f"  {assessment.remarks[entry.number]}"
    elif entry in assessment.unjudged:
        verdict = tally.verdicts.get(entry.requirement)
        why = f"the run says {verdict} about it" if verdict else "the run did not come to it"
        yield f"  no tooth bites: {why}, so nothing shows whether the entry is still needed"
    elif not held:
        yield "  nothing for it to do in this run: it shows in some attempts only, or another entry accepts it already"


def _terms(entry: Entry) -> str:
    link = f", {said(entry.link)}" if entry.link else ""
    return f"{said(entry.owner)}, {entry.first_seen} to {entry.expires}{link}"
