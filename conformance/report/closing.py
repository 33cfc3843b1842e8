"""The last lines: the verdict in one sentence, the pace, where the files are, and the exit status."""

from __future__ import annotations

from collections import Counter

from rich.console import Console

from conformance.report.evidence import Evidence
from conformance.report.layout import heading, items, labelled, plural, unbroken, words
from conformance.run.finding import DEVIATIONS, Verdict

_STYLES = {0: "bold green", 1: "bold red", 5: "bold yellow"}


def print_closing(evidence: Evidence, console: Console) -> None:
    """Prints what remains to be said; the exit status last."""
    tally = evidence.tally
    if tally.leftovers:
        heading(console, "Left over on the target, please remove by hand:")
        items(console, tally.leftovers)
    heading(console, sentence(evidence), _STYLES.get(tally.exit_status, "bold magenta"))
    rows = [("notice", f"the contract of {api} is another now; judge again") for api in evidence.outdated]
    rows += [("target", _targets(evidence)), ("pace", _pace(evidence))]
    rows += [("seed", str(tally.header.get("seed", ""))), ("exit status", str(tally.exit_status))]
    unbroken(console, f"  evidence     {evidence.path}")
    labelled(console, rows)


def sentence(evidence: Evidence) -> str:
    """The verdict on the whole run in one sentence: the first that holds."""
    tally = evidence.tally
    counts = Counter(tally.counted.values())
    cases: tuple[tuple[object, str], ...] = (
        (tally.trouble, f"Nothing could be judged: {tally.trouble}"),
        (tally.broke, f"The suite broke, which says nothing about the target: {tally.broke}"),
        (tally.interrupted, "The run was interrupted before every test had its turn"),
        (not tally.ended, "The run broke off"),
        (not counts, "Nothing was judged: no test of the suite was executed"),
        (
            counts[Verdict.SUITE_ERROR],
            "The suite made an error of its own, so there is no verdict on the target",
        ),
        (any(counts[verdict] for verdict in DEVIATIONS), "The target deviates from its contract"),
        (
            counts[Verdict.NOT_TESTABLE] or counts[Verdict.BLOCKED],
            "No deviation, but not everything could be judged",
        ),
        (True, "The target keeps its contract"),
    )
    told = ", ".join(f"{counts[verdict]} {words(verdict)}" for verdict in Verdict if counts[verdict])
    judged = f"; {plural(counts.total(), 'requirement')}: {told}" if counts else ""
    return next(text for holds, text in cases if holds) + judged + "."


def _targets(evidence: Evidence) -> str:
    targets = evidence.tally.header.get("targets", ())
    return "; ".join(dict.fromkeys(f"{target['name']} at {target['base_url']}" for target in targets))


def _pace(evidence: Evidence) -> str:
    requests, seconds = evidence.tally.requests, evidence.tally.seconds
    rate = f" ({requests / seconds:,.0f} requests/s)" if seconds else ""
    return f"{plural(requests, 'request')} in {seconds:.1f} s{rate}"
