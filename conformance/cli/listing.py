"""The requirements as rows, for eyes and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich import box
from rich.table import Table
from rich.text import Text

from conformance.contract import Contract, Requirement
from conformance.report import screen


def fields(contract: Contract, row: Requirement) -> Mapping[str, object]:
    """Everything that a requirement says, under the names of requirements.yaml."""
    return {
        "id": row.id,
        "api": contract.id,
        "level": str(row.level),
        "area": row.area,
        "text": row.text,
        "document": row.source.document,
        "section": row.source.section,
        "row": row.source.row,
        "operations": list(row.operations),
        "fields": list(row.fields),
        "codes": list(row.codes),
        "readings": list(row.readings),
        "hint": row.hint,
        "untested": row.untested,
    }


def cell(value: object) -> object:
    """A value as it stands in a CSV file."""
    return " ".join(map(str, value)) if isinstance(value, list) else value


def print_table(contracts: Iterable[Contract]) -> None:
    """One table for each API; a row that nothing can test says so."""
    console = screen()
    for contract in contracts:
        console.print(Text(f"{contract.title} ({contract.id})", style="bold"), soft_wrap=True)
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
        table.add_column("id", no_wrap=True)
        table.add_column("level")
        table.add_column("requirement", ratio=1)
        for row in contract.requirements.values():
            untested = Text(" (untested)", style="dim") if row.untested else Text()
            table.add_row(Text(row.id), Text(str(row.level)), Text(row.text) + untested)
        console.print(table)
