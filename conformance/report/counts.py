"""One table for each API: how many requirements got which verdict, by the force of their clause."""

from __future__ import annotations

from collections import Counter

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from conformance.contract import Contract, Level
from conformance.report.evidence import Evidence
from conformance.report.layout import STYLES, words
from conformance.run.finding import Verdict


def print_counts(evidence: Evidence, contract: Contract, console: Console) -> None:
    """Prints the table of one API, those rows included that nothing can test or that were not judged."""
    verdicts = {id_: v for id_, v in evidence.tally.verdicts.items() if id_ in contract.requirements}
    name = f"{contract.title} ({contract.id})"
    if not verdicts:
        console.print(Text(f"{name}: not judged in this run"), soft_wrap=True)
        return
    rest = {id_: row for id_, row in contract.requirements.items() if id_ not in verdicts}
    console.print(Text(name, style="bold"), soft_wrap=True)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    table.add_column("requirements", no_wrap=True)
    for level in (*Level, "all"):
        table.add_column(str(level), justify="right")
    for verdict in Verdict:
        ids = [id_ for id_, given in verdicts.items() if given is verdict]
        _row(table, words(verdict), STYLES[verdict], ids, contract)
    _row(table, "untested (with a reason)", "dim", [id_ for id_, row in rest.items() if row.untested], contract)
    _row(
        table,
        "not judged in this run",
        "dim",
        [id_ for id_, row in rest.items() if not row.untested],
        contract,
    )
    _row(table, "all", "", list(contract.requirements), contract)
    console.print(table)


def _row(table: Table, name: str, style: str, ids: list[str], contract: Contract) -> None:
    if ids:
        counts = Counter(contract.requirements[id_].level for id_ in ids)
        cells = [str(counts[level] or "") for level in Level]
        table.add_row(Text(name, style=style), *cells, str(len(ids)))
