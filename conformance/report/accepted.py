"""What a baseline accepts in a run, and where it no longer fits."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from conformance.report.layout import heading, items, plural
from conformance.run.baseline import Assessment
from conformance.run.finding import Finding


def print_assessment(assessment: Assessment, console: Console) -> None:
    """Prints how much is accepted, then one sentence for each tooth of the baseline that bites."""
    heading(console, f"Baseline: {assessment.baseline.path or 'none'}")
    items(console, [*told(assessment), *assessment.sentences])


def told(assessment: Assessment) -> list[str]:
    """How much is accepted, and how much of the baseline is about something else than this run."""
    at_work = len({entry.number for entry in assessment.accepted.values()})
    entries = f"{at_work} {'entry' if at_work == 1 else 'entries'}"
    lines = [f"{plural(len(assessment.accepted), 'finding')} accepted by {entries}"] if at_work else ["nothing is accepted"]
    silent = len(assessment.unjudged)
    about = "is about something" if silent == 1 else "are about things"
    return lines + ([f"{silent} of {len(assessment.baseline.entries)} entries {about} that this run did not judge"]
                    if silent else [])  # fmt: skip


def acceptance(findings: Sequence[Finding], assessment: Assessment) -> str:
    """Who accepts the findings of one requirement, and until when; "" where none is accepted."""
    entries = {finding.id: assessment.accepted[finding.id] for finding in findings if finding.id in assessment.accepted}
    if not entries:
        return ""
    entry = next(iter(entries.values()))
    terms = f"until {entry.expires}, {entry.owner}: {entry.reason}"
    some = "" if len(entries) == len(findings) else f"{len(entries)} of {len(findings)} places "
    return f"{some}accepted {terms}"
