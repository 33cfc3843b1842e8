"""A history on a terminal: the runs, the deviations and their lives, what stands side by side, the latencies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from conformance.report.history.past import Past, told_span
from conformance.report.layout import STYLES, heading, plural, words
from conformance.wire.excerpt import visible

_ROWS = 100
_RUNS = 30
_PATTERN = 30
_RIGHT = frozenset({"requests", "seconds", "exit", "median", "95 %", "unanswered", "showed"})


def print_history(past: Past, console: Console) -> None:
    """Prints a whole history; of long tables the part that is newest or worst."""
    heading(console, f"{plural(len(past.runs), 'run')} of {plural(len(past.labels), 'target')}")
    _print(console, ("run", "label", "suite", "exit", "requests", "seconds", "verdicts"), (
        (run.day, run.label, run.suite, str(run.exit_status), f"{run.requests:,}", f"{run.seconds:.1f}",
         run.trouble or ", ".join(f"{words(verdict)} {number}" for verdict, number in run.counts))
        for run in past.runs[-_RUNS:]), len(past.runs))  # fmt: skip
    if past.lives:
        heading(console, "Deviations (x shows, ~ now and then, . kept, - not judged; the newest run last)")
        _print(console, ("requirement", "label", "state", "first seen", "lived", "runs", "showed", "where"), (
            (life.last.requirement, life.label, f"{life.state}{', flaky' if life.flaky else ''}", life.first_seen[:10],
             told_span(life.lived), life.pattern[-_PATTERN:], f"{life.rate:.0%}", life.last.place)
            for life in past.lives[:_ROWS]), len(past.lives))  # fmt: skip
    if len(past.columns) > 1 and (past.matrix or past.readings):
        heading(console, "Side by side, the newest run of each")
        rows = [(id_, *(words(cell) if cell else "" for cell in cells)) for id_, cells in past.matrix]
        rows += [(f"reading {id_}", *cells) for id_, cells in past.readings]
        _print(console, ("requirement", *(column.label for column in past.columns)), rows[:_ROWS], len(rows))
    if past.paces:
        heading(console, "Latency in milliseconds (median of each run, the newest last; 95 % of the newest run)")
        _print(console, ("operation", "label", "95 %", "unanswered", "median"), (
            (pace.operation, pace.label, f"{pace.slow:.1f}", str(pace.failures),
             " ".join("-" if median is None else f"{median:.1f}" for median in pace.medians[-8:]))
            for pace in past.paces[:_ROWS]), len(past.paces))  # fmt: skip


def _print(console: Console, names: Sequence[str], rows: Iterable[Sequence[str]], total: int) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for number, name in enumerate(names):
        table.add_column(Text(visible(name)), overflow="fold", no_wrap=number == 0,
                         justify="right" if name in _RIGHT else "left")  # fmt: skip
    styles = {words(verdict): style for verdict, style in STYLES.items()}
    shown = 0
    for row in rows:
        table.add_row(*(Text(visible(cell), style=styles.get(cell, "")) for cell in row))
        shown += 1
    console.print(table)
    if shown < total:
        console.print(Text(f"  {total - shown:,} more; --format json has all", style="dim"))
