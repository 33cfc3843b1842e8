"""The last lines: the verdict in one sentence, the pace, where the files are, and the exit status."""

from __future__ import annotations

from collections import Counter

from rich.console import Console

from conformance.report.evidence import Evidence
from conformance.report.layout import heading, items, labelled, plural, unbroken, words
from conformance.run.baseline import Assessment
from conformance.run.finding import DEVIATIONS, Verdict

_STYLES = {0: "bold green", 1: "bold red", 2: "bold yellow", 5: "bold yellow"}


def print_closing(evidence: Evidence, console: Console, assessment: Assessment | None = None) -> None:
    """Prints what remains to be said; the exit status last, that of the baseline where there is one."""
    tally = evidence.tally
    status = tally.exit_status if assessment is None else assessment.exit_status
    if tally.leftovers:
        heading(console, "Left over on the target, please remove by hand:")
        items(console, tally.leftovers)
    heading(console, sentence(evidence, assessment), _STYLES.get(status, "bold magenta"))
    rows = [("notice", f"the contract of {api} is another now; judge again") for api in evidence.outdated]
    rows += [("target", _targets(evidence)), ("pace", _pace(evidence))]
    rows += [("seed", str(tally.header.get("seed", ""))), ("exit status", str(status))]
    unbroken(console, f"  evidence     {evidence.path}")
    labelled(console, rows)


def sentence(evidence: Evidence, assessment: Assessment | None = None) -> str:
    """The verdict on the whole run in one sentence, and the verdicts counted."""
    counts = Counter(evidence.tally.counted.values())
    told = ", ".join(f"{counts[verdict]} {words(verdict)}" for verdict in Verdict if counts[verdict])
    judged = f"; {plural(counts.total(), 'requirement')}: {told}" if counts else ""
    return headline(evidence, assessment) + judged + "."


def headline(evidence: Evidence, assessment: Assessment | None = None) -> str:
    """The verdict on the whole run in a few words: the first that holds, in the light of the baseline."""
    tally = evidence.tally
    counts = Counter(tally.counted.values())
    deviates = any(counts[verdict] for verdict in DEVIATIONS)
    cases: tuple[tuple[object, str], ...] = (
        (tally.trouble, f"Nothing could be judged: {tally.trouble}"),
        (tally.broke, f"The suite broke, which says nothing about the target: {tally.broke}"),
        (tally.interrupted, "The run was interrupted before every test had its turn"),
        *(_of_baseline(assessment) if assessment and not counts[Verdict.SUITE_ERROR] else ()),
        (not tally.ended, "The run broke off"),
        (not counts, "Nothing was judged: no test of the suite was executed"),
        (
            counts[Verdict.SUITE_ERROR],
            "The suite made an error of its own, so there is no verdict on the target",
        ),
        (not assessment and deviates, "The target deviates from its contract"),
        (assessment and assessment.incomplete and deviates,
         "The target deviates only as the baseline accepts, but not everything could be judged"),
        (assessment and not assessment.incomplete and assessment.accepted,
         "The target deviates only as the baseline accepts" if deviates
         else "No deviation, and what could not be judged the baseline accepts"),
        (
            counts[Verdict.NOT_TESTABLE] or counts[Verdict.BLOCKED],
            "No deviation, but not everything could be judged",
        ),
        (True, "The target keeps its contract"),
    )  # fmt: skip
    return next(text for holds, text in cases if holds)


def _of_baseline(assessment: Assessment) -> tuple[tuple[object, str], ...]:
    only_readings = assessment.changed and not assessment.unexpected
    return (
        (assessment.exit_status == 1 and only_readings, "The target follows another reading than the baseline says"),
        (assessment.exit_status == 1, "The target deviates from its contract in a way that the baseline does not accept"),
        (assessment.exit_status == 2, "The target does nothing new, but the baseline no longer fits"),
    )


def _targets(evidence: Evidence) -> str:
    targets = evidence.tally.header.get("targets", ())
    return "; ".join(dict.fromkeys(f"{target['name']} at {target['base_url']}" for target in targets))


def _pace(evidence: Evidence) -> str:
    requests, seconds = evidence.tally.requests, evidence.tally.seconds
    rate = f" ({requests / seconds:,.0f} requests/s)" if seconds else ""
    return f"{plural(requests, 'request')} in {seconds:.1f} s{rate}"
