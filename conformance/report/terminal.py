"""The report on a terminal: how each API did, what is wrong and how to see it, what was observed.

Answers are strangers' texts. They reach the screen only as rich `Text` (no markup is read in them) and only
through `visible` (no control character is obeyed).
"""

from __future__ import annotations

from rich.console import Console

from conformance.report.accepted import print_assessment
from conformance.report.closing import print_closing
from conformance.report.counts import print_counts
from conformance.report.evidence import Evidence
from conformance.report.missing import print_missing
from conformance.report.problem import print_problem, shown_exchanges
from conformance.report.readings import print_readings
from conformance.run.baseline import Assessment


def screen() -> Console:
    """Standard output; 80 columns where it is no terminal."""
    return Console(markup=False, emoji=False, highlight=False)


def print_report(evidence: Evidence, console: Console, assessment: Assessment | None = None) -> None:
    """Prints the whole report, in the light of a baseline where there is one; the last line is the exit status.

    Raises:
        RunFileError: the run file cannot be read.
    """
    for contract in evidence.contracts if evidence.tally.verdicts else ():
        print_counts(evidence, contract, console)
    known = shown_exchanges(evidence)
    for number, problem in enumerate(evidence.problems, start=1):
        print_problem(known, problem, number, console, assessment)
    print_missing(evidence, console)
    print_readings(evidence, console)
    if assessment is not None:
        print_assessment(assessment, console)
    print_closing(evidence, console, assessment)
