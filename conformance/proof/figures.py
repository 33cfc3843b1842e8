"""The proof in figures: a Markdown table for the README, and the same on a terminal."""

from __future__ import annotations

import re
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from conformance.contract import Level
from conformance.proof.matrix import Matrix, Proof
from conformance.report.layout import items, plural

_MARKED = re.compile(r"(<!-- proof -->\n).*?(<!-- end -->)", re.DOTALL)


def rows(matrix: Matrix) -> list[tuple[str, str]]:
    """Every figure, by name."""
    killed = [outcome for outcome in matrix.faults if outcome.killed]
    found: list[tuple[str, str]] = []
    for level in (Level.MUST, Level.SHOULD):
        counts = matrix.of_level(level)
        provable = counts.total() - counts[Proof.UNTESTABLE]
        found.append((f"testable *{level}* requirements proven", f"{counts[Proof.PROVEN]} of {provable}"))
    found.append(("requirements that nothing can test, each with its reason", str(_untestable(matrix))))
    found.append(("seeded faults told under their own requirement", f"{len(killed)} of {len(matrix.faults)}"))
    clean = len(matrix.personalities) - len(matrix.alarms)
    found.append(("personalities that nobody was blamed for", f"{clean} of {len(matrix.personalities)}"))
    found.append(("errors of the suite", str(len(matrix.errors))))
    found.append(("requests until a fault is told, median", f"{matrix.requests_to_kill:g}"))
    return found


def markdown(matrix: Matrix) -> str:
    """The figures as a table."""
    lines = ["| the proof | |", "| --- | --- |", *(f"| {name} | {figure} |" for name, figure in rows(matrix))]
    return "\n".join(lines) + "\n"


def has_marks(file: Path) -> bool:
    """Whether a Markdown file says where the figures go."""
    return _MARKED.search(file.read_text(encoding="utf-8")) is not None


def update(file: Path, matrix: Matrix) -> None:
    """Writes the figures between the marks of a Markdown file."""
    table, text = markdown(matrix), file.read_text(encoding="utf-8")
    file.write_text(_MARKED.sub(lambda match: match[1] + table + match[2], text), encoding="utf-8")


def show(matrix: Matrix, console: Console) -> None:
    """Prints the figures, then why the proof does not hold, if it does not."""
    table = Table(box=box.SIMPLE_HEAD, show_header=False)
    for name, figure in rows(matrix):
        table.add_row(name.replace("*", ""), figure)
    console.print(table)
    reasons = matrix.gate()
    if reasons:
        console.print(f"The proof does not hold: {plural(len(reasons), 'reason')}.", style="bold red")
        items(console, reasons)
    else:
        console.print("The proof holds.", style="bold green")


def _untestable(matrix: Matrix) -> int:
    return sum(row.standing == Proof.UNTESTABLE and row.level is not Level.MAY for row in matrix.standings)
