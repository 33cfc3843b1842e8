"""What the target was seen to do where its document leaves a choice."""

from __future__ import annotations

from rich.console import Console

from conformance.contract import Contract, Reading
from conformance.report.evidence import Evidence
from conformance.report.layout import heading, items


def print_readings(evidence: Evidence, console: Console) -> None:
    """Prints the observed readings in plain words, API by API."""
    for contract in evidence.contracts:
        seen = {id_: options for id_, options in evidence.tally.readings.items() if id_ in contract.readings}
        if seen:
            heading(console, f"Where the document leaves a choice, this {contract.title} …")
            items(console, (f"{said(contract, id_, sorted(seen[id_]))} ({id_})" for id_ in sorted(seen)))


def said(contract: Contract, reading: str, options: list[str]) -> str:
    """The observed options of a reading in plain words: "answers JSON when …"."""
    return "; at other times ".join(_plain(contract.readings[reading], option) for option in options)


def _plain(reading: Reading, option: str) -> str:
    if option in reading.options:
        return reading.options[option].plain
    return f"shows {option} (asked was: {reading.question})"
