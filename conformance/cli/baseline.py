"""`conformance baseline`: accepted deviations, suggested from a run, held against a run, and explained."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.cli import exits
from conformance.cli.files import FILE, RUN, run_file

if TYPE_CHECKING:
    from conformance.run.baseline import Assessment
    from conformance.run.summary import Tally

_RUN = click.argument("named", metavar="RUN", type=RUN)
_BASELINE = click.option("--baseline", "baseline_file", metavar="FILE", required=True, type=FILE, help="The baseline.")


@click.group()
def baseline() -> None:
    """Deviations that are accepted for a while: who accepts them, why, and until when.

    RUN is a run.jsonl, or the folder that holds one.
    """


@baseline.command()
@_RUN
@click.option("--baseline", "baseline_file", metavar="FILE", type=FILE,
              help="Suggest only what this baseline does not accept yet.")  # fmt: skip
@click.option("--owner", default="", help="Whom to ask about all of it.")
@click.option("--reason", default="", help="Why all of it is accepted.")
@click.option("--link", default="", help="Where all of it is followed up.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="Its last day; default: 90 days after the run.")
@click.option("--readings", is_flag=True, help="Write the observed readings too, so that a changed one is noticed.")
def suggest(
    named: Path, baseline_file: Path | None, owner: str, reason: str, link: str, expires: datetime | None, readings: bool
) -> None:
    """Print entries for what keeps RUN from conforming, ready to be pasted."""
    from conformance.run.baseline import Baseline, Wishes, suggestion

    known = Baseline.read(baseline_file) if baseline_file else Baseline()
    plain = Wishes()
    last: date | None = expires.date() if expires else None
    wishes = Wishes(owner or plain.owner, reason or plain.reason, link, last, readings)
    click.echo(suggestion(_tally(named), known, wishes), nl=False)


@baseline.command()
@_RUN
@_BASELINE
def check(named: Path, baseline_file: Path) -> int:
    """Hold RUN against a baseline and end with the status that the run has in its light."""
    from conformance.report.accepted import told

    assessment, _ = _assessed(named, baseline_file)
    for line in (*told(assessment), *assessment.sentences):
        click.echo(line)
    click.echo(f"exit status {assessment.exit_status}")
    return assessment.exit_status


@baseline.command()
@_RUN
@_BASELINE
@click.argument("about", metavar="[ID]", default="")
def explain(named: Path, baseline_file: Path, about: str) -> None:
    """Say why each finding of RUN is accepted or not, and what each entry does.

    ID names one finding (OC-508-1a2b3c), requirement (OC-508) or entry (2).
    """
    from conformance.run.baseline import explanation

    assessment, tally = _assessed(named, baseline_file)
    try:
        lines = explanation(assessment, tally, about)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    click.echo("\n".join(lines) or "The run has no deviation, and the baseline no entry.")


@baseline.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
def lint(files: tuple[Path, ...]) -> int:
    """Check the form of baseline files, without a run."""
    from conformance.run.baseline import Baseline, BaselineError

    status = exits.CONFORMS
    for file in files:
        try:
            entries = len(Baseline.read(file).entries)
            click.echo(f"{file}: {entries} {'entry' if entries == 1 else 'entries'}, well formed")
        except BaselineError as error:
            click.echo(str(error), err=True)
            status = exits.UNUSABLE
    return status


@baseline.command()
def schema() -> None:
    """Print the JSON Schema of baseline files, for editors."""
    from conformance.run.baseline import SCHEMA_FILE

    click.echo(SCHEMA_FILE.read_text(encoding="utf-8"), nl=False)


def _tally(named: Path) -> Tally:
    from conformance.run.summary import tally

    return tally(run_file(named))


def _assessed(named: Path, baseline_file: Path) -> tuple[Assessment, Tally]:
    from conformance.run.baseline import Baseline, assess

    accepted = Baseline.read(baseline_file)  # before the run file, which may be large
    tally = _tally(named)
    return assess(accepted, tally), tally
