"""What the commands share about files: the run that is named, and where a report goes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

RUN = click.Path(path_type=Path, exists=True)
"""A run file, or the folder that holds one."""
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


def run_file(named: Path) -> Path:
    """The run file that a user means.

    Raises:
        RunFileError: it cannot be read, or is no run file.
    """
    from conformance.run.runfile import RUN_FILE, read_header

    path = named / RUN_FILE if named.is_dir() else named
    read_header(path)
    return path


def from_here(path: Path) -> Path:
    """A path as it is told: from the current folder, so that a line with it can be copied."""
    return Path(os.path.relpath(path))


def deliver(text: str, out: Path | None) -> None:
    """Writes a report to standard output, or into a file where one is named.

    Raises:
        OSError: the file cannot be written.
    """
    if out is None:
        click.echo(text, nl=False)
        return
    out.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    written(out)


def printed(report: Callable[[Console], None], out: Path | None, width: int) -> None:
    """Prints a report for a terminal there, or into a file of this width where one is named.

    Raises:
        OSError: the file cannot be written.
    """
    from rich.console import Console

    from conformance.report import screen

    if out is None:
        report(screen())
        return
    with out.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        report(Console(file=stream, width=width, markup=False, emoji=False, highlight=False, no_color=True))
    written(out)


def written(out: Path) -> None:
    """Says where a report went; on standard error, beside what a shell may be collecting."""
    click.echo(f"{out} written", err=True)
