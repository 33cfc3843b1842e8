"""A comparison on a terminal: a table of what differs, then each difference with its reason and the two answers."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from conformance.report.diff.model import Change, Comparison, Kind
from conformance.report.diff.words import described, headline, told_rows
from conformance.report.layout import heading, items, labelled, plural
from conformance.wire.excerpt import visible

STYLES = {Kind.NEW: "bold red", Kind.CHANGED: "yellow", Kind.NO_LONGER_JUDGED: "yellow", Kind.FIXED: "green",
          Kind.UNCHANGED: "dim"}  # fmt: skip
_ROWS, _DETAILED, _LINES = 200, 25, 24
_MARKS = {"-": "red", "+": "green"}


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Prints the whole comparison; the last line is the answer."""
    heading(console, "What differs between the two runs")
    labelled(console, [("old", str(comparison.old.path)), ("new", str(comparison.new.path))])
    labelled(console, [(name, f"{then or 'nothing'} → {now or 'nothing'}") for name, then, now in comparison.headers])
    open_ = [change for change in comparison.changes if change.kind is not Kind.UNCHANGED]
    if open_:
        console.print()
        console.print(_table(open_[:_ROWS]))
        if len(open_) > _ROWS:
            console.print(Text(f"  and {plural(len(open_) - _ROWS, 'row')} more; --format json has all", style="dim"))
    for number, change in enumerate(open_[:_DETAILED], start=1):
        _print_change(number, change, console)
    if len(open_) > _DETAILED:
        console.print()
        console.print(Text(f"{len(open_) - _DETAILED} more are told in the table; --format html tells all.", style="dim"))
    if comparison.remarks:
        heading(console, "To be kept in mind")
        items(console, comparison.remarks)
    heading(console, headline(comparison), "bold red" if comparison.exit_status else "bold green")


def _table(changes: list[Change]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("what", "requirement", "where", "before", "now", "whose"):
        table.add_column(name, overflow="fold", no_wrap=name in {"what", "requirement"})
    for change in changes:
        finding = change.finding if change.subject == "finding" else None
        cells = (change.requirement or change.id, finding.where if finding else "", change.before, change.now, change.owners)
        table.add_row(Text(str(change.kind), style=STYLES[change.kind]), *(Text(visible(cell)) for cell in cells))
    return table


def _print_change(number: int, change: Change, console: Console) -> None:
    heading(console, f"{number}. {described(change)}", STYLES[change.kind])
    labelled(console, told_rows(change))
    for whose in change.whose:
        labelled(console, [(str(whose.owner), whose.why), ("asked", whose.asked)])
        for line in whose.difference[:_LINES]:
            shown = Text(f"    {visible(line[:1])} {visible(line[1:])}", style=_MARKS.get(line[:1], "dim"))
            console.print(shown, no_wrap=True, overflow="ellipsis", crop=True)
        if len(whose.difference) > _LINES:
            console.print(Text("      … more; --format html shows it", style="dim"))
