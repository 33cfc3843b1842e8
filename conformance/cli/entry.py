"""`conformance`: the group of commands, and the one place where errors become a line and an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

import conformance
from conformance.cli import (
    baseline,
    compare,
    evidence,
    exits,
    perturb,
    prove,
    reference,
    report,
    run,
    targets,
)

_INTERRUPTED = 130
"""What a shell expects of a command that Ctrl-C ended."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(conformance.__version__, prog_name="conformance")
def commands() -> None:
    """Ask an order API whether it keeps the contract that its document states.

    \b
    Exit status: 0 conforms · 1 deviation · 2 the baseline no longer fits · 3 wrong configuration or
    unreachable target · 4 error of the suite · 5 incomplete
    """


commands.add_command(run.run)
commands.add_command(report.report)
commands.add_command(evidence.judge)
commands.add_command(evidence.replay)
commands.add_command(evidence.verify)
commands.add_command(compare.diff)
commands.add_command(compare.history)
commands.add_command(baseline.baseline)
commands.add_command(prove.prove)
commands.add_command(perturb.perturb)
commands.add_command(targets.sandbox)
commands.add_command(targets.target)
commands.add_command(targets.doctor)
commands.add_command(reference.requirements)
commands.add_command(reference.explain)
commands.add_command(reference.contract)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and ends the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter of an answer must not end the report.
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    try:
        status = commands.main(arguments, prog_name="conformance", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        status = exits.UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        status = _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough of it; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = exits.CONFORMS
    except Exception as error:
        status = _explained(error)
    sys.exit(status or 0)


def _explained(error: Exception) -> int:
    """Says what is wrong in one line, where the user can mend it; anything else is our own fault."""
    from conformance.contract import ContractError
    from conformance.run.baseline import BaselineError
    from conformance.run.runfile import RunFileError
    from conformance.target import TargetError

    if isinstance(error, OSError) and error.filename:
        click.echo(f"Error: {error.filename}: {error.strerror}", err=True)
        return exits.UNUSABLE
    if isinstance(error, BaselineError | ContractError | RunFileError | TargetError | OSError):
        click.echo(f"Error: {error}", err=True)
        return exits.UNUSABLE
    traceback.print_exception(error)
    click.echo(
        "Error: this is a fault of the suite and of nobody else; please report it with the lines above.",
        err=True,
    )
    return exits.SUITE_ERROR
