"""How `conformance run` ends: the report or the gate's lines, `summary.json` in the light of the baseline, the status."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.cli.files import from_here

if TYPE_CHECKING:
    from conformance.run.baseline import Assessment, Baseline

_STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
"""Where GitHub names the file whose Markdown it shows beside a job."""


def conclude(run_file: Path, accepted: Baseline | None, *, gate: bool) -> int:
    """Prints what came out and answers the exit status.

    Args:
        run_file: the evidence.
        accepted: the baseline, where there is one; `summary.json` then says how the run looks in its light.
        gate: whether a CI log reads it: one line for each thing, no report.

    Raises:
        OSError: `summary.json` or the step summary cannot be written.
    """
    from conformance.run.summary import SUMMARY_FILE

    path = from_here(run_file)
    assessment = _gated(path, accepted) if gate else _reported(path, accepted)
    if accepted is not None:
        _amend(run_file.with_name(SUMMARY_FILE), assessment)
    return assessment.exit_status


def failed(text: str, *, gate: bool) -> None:
    """Says on standard error why a run could not begin; as an annotation too, where GitHub reads the log."""
    click.echo(f"Error: {text}", err=True)
    if gate:
        from conformance.report.gate import failure

        for line in failure(text):
            click.echo(line)


def _reported(path: Path, accepted: Baseline | None) -> Assessment:
    from conformance.report import print_report, read, screen
    from conformance.run.baseline import Baseline, assess

    evidence = read(path)
    assessment = assess(accepted or Baseline(), evidence.tally)
    print_report(evidence, screen(), assessment if accepted is not None else None)
    return assessment


def _gated(path: Path, accepted: Baseline | None) -> Assessment:
    from conformance.report.gate import gate_lines
    from conformance.report.gathered import gather
    from conformance.report.markdown import to_markdown
    from conformance.run.baseline import Baseline, assess

    gathered = gather(path)
    assessment = assess(accepted or Baseline(), gathered.tally)
    for line in gate_lines(gathered.tally, assessment, path):
        click.echo(line)
    summary = os.environ.get(_STEP_SUMMARY)
    if summary:
        with Path(summary).open("a", encoding="utf-8") as stream:
            stream.write(to_markdown(gathered, assessment if accepted is not None else None) + "\n")
    return assessment


def _amend(summary_file: Path, assessment: Assessment) -> None:
    """The exit status with the baseline takes the place of the one without."""
    content = json.loads(summary_file.read_text(encoding="utf-8"))
    content |= {"exit": assessment.exit_status, "baseline": assessment.to_json()}
    summary_file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
