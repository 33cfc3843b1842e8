"""`conformance report`: a run file in, any of the reports out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.cli.files import FILE, RUN, deliver, from_here, printed, run_file, written

if TYPE_CHECKING:
    from conformance.report.gathered import Gathered
    from conformance.run.baseline import Assessment
    from conformance.run.summary import Tally

_FORMATS = ("terminal", "json", "html", "junit", "markdown", "ticket", "sarif", "ctrf", "badge")
_WIDTH = 100
"""Of a report for a terminal that goes into a file."""


@click.command()
@click.argument("named", metavar="RUN", type=RUN)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="terminal", show_default=True)
@click.option("--out", type=FILE, help="Write here instead of to standard output; html: by default report.html beside RUN.")
@click.option("--finding", metavar="ID", default="",
              help="What the ticket is about: a finding, a requirement, or how just one of them begins.")  # fmt: skip
@click.option("--baseline", "baseline_file", metavar="FILE", type=FILE, help="Tell what this baseline accepts apart.")
def report(named: Path, form: str, out: Path | None, finding: str, baseline_file: Path | None) -> None:
    """Report on RUN again: a run.jsonl, or the folder that holds one.

    \b
    terminal   for reading on a screen
    json       summary and findings
    html       one page that can be sent to anybody
    junit      JUnit XML: a case for each requirement
    markdown   a summary for a pull request
    ticket     one finding (--finding), for the vendor's issue tracker
    sarif      SARIF 2.1.0: a result for each deviation
    ctrf       Common Test Report Format
    badge      SVG; the endpoint of shields.io where --out ends with .json
    """
    if finding and form != "ticket":
        raise click.UsageError(f"--finding goes with --format ticket, not with {form}")
    if baseline_file and form == "ticket":
        raise click.UsageError("--baseline says nothing about a single finding; leave it out of --format ticket")
    baseline = _Baseline(baseline_file)
    path = run_file(from_here(named))
    match form:
        case "terminal":
            _terminal(path, out, baseline)
        case "html":
            _page(path, out or path.with_name("report.html"), baseline)
        case _:
            deliver(_text(path, form, finding, out, baseline), out)


class _Baseline:
    """A baseline that is read before the run file, which may be large, and held against the run after it."""

    def __init__(self, file: Path | None) -> None:
        from conformance.run.baseline import Baseline

        self.known = Baseline.read(file) if file else None

    def against(self, tally: Tally) -> Assessment | None:
        """How the run stands, or None where there is no baseline."""
        from conformance.run.baseline import assess

        return assess(self.known, tally) if self.known else None


def _terminal(path: Path, out: Path | None, baseline: _Baseline) -> None:
    from conformance.report import print_report, read

    evidence = read(path)
    assessment = baseline.against(evidence.tally)
    printed(lambda console: print_report(evidence, console, assessment), out, _WIDTH)


def _page(path: Path, out: Path, baseline: _Baseline) -> None:
    from conformance.report.page import write

    write(path, out, against=baseline.against)
    written(out)


def _text(path: Path, form: str, finding: str, out: Path | None, baseline: _Baseline) -> str:
    from conformance.report.gathered import gather

    gathered = gather(path)
    assessment = baseline.against(gathered.tally)
    match form:
        case "json":
            from conformance.report import to_json

            return to_json(gathered.evidence, assessment) + "\n"
        case "junit":
            from conformance.report.junit import to_junit

            return to_junit(gathered, assessment)
        case "markdown":
            from conformance.report.markdown import to_markdown

            return to_markdown(gathered, assessment)
        case "sarif":
            from conformance.report.sarif import to_sarif

            return to_sarif(gathered, assessment)
        case "ctrf":
            from conformance.report.ctrf import to_ctrf

            return to_ctrf(gathered, assessment)
        case "badge":
            from conformance.report.badge import badge, to_shields, to_svg

            shown = badge(gathered, assessment)
            return to_shields(shown) if out and out.suffix == ".json" else to_svg(shown)
        case _:
            return _ticket(gathered, finding)


def _ticket(gathered: Gathered, finding: str) -> str:
    from conformance.report.ticket import UnclearFindingError, ticket

    try:
        return ticket(gathered, finding)
    except UnclearFindingError as error:
        raise click.UsageError(str(error)) from None

