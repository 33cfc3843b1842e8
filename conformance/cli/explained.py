"""One row of the contract, told in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conformance.checks.passive import answer_requirements
from conformance.contract import Contract, Reading, Requirement
from conformance.report import screen
from conformance.report.layout import heading, labelled


def print_requirement(contract: Contract, row: Requirement, tests: Sequence[str]) -> None:
    """Prints a requirement: the clause, its source, what it is about, how it is judged, and its readings."""
    console = screen()
    heading(console, f"{row.id} ({row.level}, {row.area}), {contract.title}")
    document = contract.vendor.documents[row.source.document]
    rows = [
        ("clause", row.text),
        (
            "source",
            f"{document.title}, {row.source.section}" + (f", row {row.source.row}" if row.source.row else ""),
        ),
        ("", document.url),
        ("operations", ", ".join(_operations(contract, row))),
        ("fields", ", ".join(row.fields)),
        *(("code", f"{code}: {message}") for code, message in _codes(contract, row).items()),
        ("hint", row.hint),
        ("untested", row.untested),
        ("tests", "\n".join(tests)),
    ]
    if row.id in answer_requirements(contract):
        rows.append(("checked", "on every answer that shows it"))
    labelled(console, rows)
    for reading in row.readings:
        print_reading(contract, contract.readings[reading])


def print_reading(contract: Contract, row: Reading) -> None:
    """Prints a reading: the question, the statements that clash, and each option with its evidence."""
    console = screen()
    heading(console, f"Reading {row.id}, {contract.title}")
    rows = [("question", row.question)]
    rows += [("document", f"{source.row} ({source.section})") for source in row.statements]
    for option in row.options.values():
        rows.append(("accepted" if option.accepted else "refused", f"{option.id}: the target {option.plain}"))
        rows.append(("", option.evidence))
    rows += [("accepted", "any other, which is recorded")] if row.free else []
    rows += [("evidence", row.strength), ("judges", ", ".join(row.requirements)), ("untested", row.untested)]
    labelled(console, rows)


def _operations(contract: Contract, row: Requirement) -> Iterator[str]:
    for id_ in row.operations:
        operation = contract.operations[id_]
        yield f"{operation.method} {operation.path}"


def _codes(contract: Contract, row: Requirement) -> dict[int, str]:
    documented = {code: error for op in contract.operations.values() for code, error in op.errors.items()}
    return {code: documented[code].message for code in row.codes if code in documented}
