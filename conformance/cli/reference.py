"""`conformance requirements`, `conformance explain` and `conformance contract lint`: the contract itself."""

from __future__ import annotations

import csv
import difflib
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.cli import exits

if TYPE_CHECKING:
    from conformance.contract import Contract


@click.command()
@click.option("--api", "chosen", multiple=True, metavar="ID", help="Only this API (VENDOR/API); repeatable.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
def requirements(chosen: tuple[str, ...], form: str) -> None:
    """List the requirements, one row for each testable sentence of the documents."""
    from conformance.cli import listing

    rows = [listing.fields(contract, row) for contract in _contracts(chosen) for row in contract.requirements.values()]
    match form:
        case "json":
            click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        case "csv":
            writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows({name: listing.cell(value) for name, value in row.items()} for row in rows)
        case _:
            listing.print_table(_contracts(chosen))


@click.command()
@click.argument("id_", metavar="ID")
def explain(id_: str) -> None:
    """Tell everything about one requirement (OS-106) or reading (cart-limit)."""
    from conformance.cli import explained
    from conformance.run.citing import citations

    for contract in _contracts(()):
        if id_ in contract.requirements:
            tests = [test for test, ids in citations().items() if id_ in ids]
            explained.print_requirement(contract, contract.requirements[id_], tests)
            return
        if id_ in contract.readings:
            explained.print_reading(contract, contract.readings[id_])
            return
    known = [name for contract in _contracts(()) for name in (*contract.requirements, *contract.readings)]
    raise click.ClickException(f"no requirement or reading {id_!r}{_meant(id_, known)}")


@click.group()
def contract() -> None:
    """The contract's own files."""


@contract.command("lint")
def lint_() -> int:
    """Refuse a contract that does not hold together; one line for each problem."""
    from conformance.checks.passive import answer_requirements
    from conformance.contract.lint import lint
    from conformance.run.citing import citations

    contracts = _contracts(())
    answers = frozenset(id_ for each in contracts for id_ in answer_requirements(each))
    complaints = lint(contracts, citations(), answers)
    here = f"{Path.cwd()}{os.sep}"
    for complaint in complaints:
        click.echo(str(complaint).removeprefix(here))
    rows = sum(len(each.requirements) for each in contracts)
    told = f"{len(complaints)} problems" if len(complaints) != 1 else "1 problem"
    click.echo(f"{len(contracts)} contracts, {rows} requirements: {told if complaints else 'no problem'}.")
    return exits.DEVIATION if complaints else exits.CONFORMS


def _contracts(chosen: Iterable[str]) -> list[Contract]:
    """The contracts of the APIs that were asked for (by id, name or vendor); all of them where none was."""
    from conformance.contract import apis, load

    found: list[str] = []
    for name in chosen or apis():
        matching = [api for api in apis() if name in (api, *api.split("/"))]
        if not matching:
            raise click.ClickException(f"--api: no API {name!r}{_meant(name, apis())}")
        found += [api for api in matching if api not in found]
    return [load(api) for api in found]


def _meant(given: str, known: Iterable[str]) -> str:
    names = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(given.casefold(), names, n=3)
    return f"; did you mean {' or '.join(names[name] for name in close)}?" if close else "; see `conformance requirements`"
