"""`conformance diff` and `conformance history`: what differs between runs, and how it went over time."""

from __future__ import annotations

from pathlib import Path

import click

from conformance.cli.files import FILE, RUN, deliver, from_here, printed, run_file

_WIDTH = 120
"""Of a report for a terminal that goes into a file."""


@click.command()
@click.argument("old", type=RUN)
@click.argument("new", type=RUN)
@click.option("--format", "form", type=click.Choice(["terminal", "html", "markdown", "json"]), default="terminal",
              show_default=True)  # fmt: skip
@click.option("--out", type=FILE, help="Write here instead of to standard output; html: by default diff.html beside NEW.")
def diff(old: Path, new: Path, form: str, out: Path | None) -> int:
    """Hold two runs against each other, and tell whose each change is.

    OLD and NEW are run files, or the folders that hold one. What is new, fixed, changed or no longer judged is told with
    its owner: the vendor, the suite, the contract, the test data or the configuration. For that, the old evidence is
    judged once more with this release; no request is sent. Ends with 1 where there is a new deviation.
    """
    from conformance.report.diff import compare

    old_file, new_file = (run_file(from_here(named)) for named in (old, new))
    comparison = compare(old_file, new_file)
    _folder(out)
    match form:
        case "terminal":
            from conformance.report.diff.terminal import print_comparison

            printed(lambda console: print_comparison(comparison, console), out, _WIDTH)
        case "html":
            from conformance.report.diff.page import to_page

            deliver(to_page(comparison), out or new_file.with_name("diff.html"))
        case "markdown":
            from conformance.report.diff.markdown import to_markdown

            deliver(to_markdown(comparison), out)
        case _:
            from conformance.report.diff.jsonform import to_json

            deliver(to_json(comparison), out)
    return comparison.exit_status


@click.group()
def history() -> None:
    """How runs went over time: a file of their results, which are small, without their evidence."""


@history.command()
@click.argument("store", metavar="FOLDER", type=click.Path(path_type=Path))
@click.argument("runs", metavar="RUN...", nargs=-1, required=True, type=RUN)
@click.option("--label", default="", help="What was judged, such as a release of the vendor; default: the target's name.")
def add(store: Path, runs: tuple[Path, ...], label: str) -> None:
    """Keep the results of one or more runs in FOLDER.

    FOLDER is made where there is none; it holds history.sqlite. A name that ends with .sqlite is the file itself. A run
    that is there already is not kept twice.
    """
    from conformance.report.history import add as keep

    for run in runs:
        path = run_file(from_here(run))
        known = not keep(store, path, label)
        click.echo(f"{path}: {'is there already' if known else 'added'}", err=True)


@history.command()
@click.argument("store", metavar="FOLDER", type=click.Path(path_type=Path, exists=True))
@click.option("--format", "form", type=click.Choice(["terminal", "html", "json"]), default="terminal", show_default=True)
@click.option("--out", type=FILE, help="Write here instead of to standard output; html: by default history.html in FOLDER.")
def show(store: Path, form: str, out: Path | None) -> None:
    """Show how the runs in FOLDER went, and what was judged side by side.

    FOLDER holds a history.sqlite, or runs (run.jsonl in any folder below it), or is a .sqlite file.
    """
    from conformance.report.history import read

    past = read(store)
    _folder(out)
    match form:
        case "terminal":
            from conformance.report.history.terminal import print_history

            printed(lambda console: print_history(past, console), out, _WIDTH)
        case "html":
            from conformance.report.history.page import to_page

            deliver(to_page(past), out or (store if store.is_dir() else store.parent) / "history.html")
        case _:
            from conformance.report.history.jsonform import to_json

            deliver(to_json(past), out)


def _folder(out: Path | None) -> None:
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
