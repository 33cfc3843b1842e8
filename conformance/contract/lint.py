"""Refuses a contract that does not hold together: ids, citations, readings, OpenAPI files and examples.

Pure: contracts and the ids that the suite cites in, complaints out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from conformance.contract.complaint import Complaint
from conformance.contract.lint_examples import example_complaints
from conformance.contract.lint_openapi import openapi_complaints
from conformance.contract.model import Contract, Reading, Requirement

__all__ = ["Complaint", "lint"]


def lint(contracts: Sequence[Contract], tests: Mapping[str, Collection[str]], answers: Collection[str]) -> list[Complaint]:
    """Everything that is wrong with the contracts, file by file; empty when they hold together.

    Args:
        contracts: all of them, because ids are unique over all APIs.
        tests: the requirement ids that each test cites, by the test's name.
        answers: the ids that the checks on every answer judge.

    Raises:
        ContractError: a file beside those already read (examples) is missing or malformed.
    """
    cited = frozenset(answers).union(*tests.values())
    found = [*_shared_ids(contracts), *_unknown_citations(contracts, tests)]
    for contract in contracts:
        found += _requirements(contract, cited)
        found += _readings(contract)
        found += openapi_complaints(contract)
        found += example_complaints(contract)
    return list(dict.fromkeys(found))


def _shared_ids(contracts: Iterable[Contract]) -> Iterator[Complaint]:
    owners: dict[str, str] = {}
    for contract in contracts:
        for file, ids in (("requirements.yaml", contract.requirements), ("readings.yaml", contract.readings)):
            for id_ in ids:
                owner = owners.setdefault(id_, contract.id)
                if owner != contract.id:
                    yield Complaint(contract.folder / file, id_, f"{owner} has this id too; ids are unique over all APIs")


def _unknown_citations(contracts: Iterable[Contract], tests: Mapping[str, Collection[str]]) -> Iterator[Complaint]:
    known = {id_ for contract in contracts for id_ in contract.requirements}
    for test, ids in tests.items():
        file, _, name = test.partition("::")
        for id_ in ids:
            if id_ not in known:
                yield Complaint(Path(file), name, f"cites {id_}, which no requirements.yaml has")
        if not ids:
            yield Complaint(Path(file), name, "cites no requirement; add @verifies(…)")


def _requirements(contract: Contract, cited: Collection[str]) -> Iterator[Complaint]:
    file = contract.folder / "requirements.yaml"
    for id_, row in contract.requirements.items():
        if id_ not in cited and not row.untested:
            yield Complaint(file, id_, "no check cites it; write one, or say under `untested` why none can")
        if id_ in cited and row.untested:
            yield Complaint(file, id_, "a check cites it, and yet `untested` says that nothing can show it")
        for problem in (*_row_problems(contract, row), *_body_problems(contract, row)):
            yield Complaint(file, id_, problem)


def _row_problems(contract: Contract, row: Requirement) -> Iterator[str]:
    if not row.text:
        yield "has no text"
    if row.source.document not in contract.vendor.documents:
        yield f"source: vendor.yaml has no document {row.source.document!r}"
    for operation in row.operations:
        if operation not in contract.operations:
            yield f"operations: openapi.yaml has no operation {operation!r}"
    for reading in row.readings:
        if reading not in contract.readings:
            yield f"readings: readings.yaml has no reading {reading!r}"
        elif row.id not in contract.readings[reading].requirements:
            yield f"readings: {reading!r} does not name this requirement in turn"


def _body_problems(contract: Contract, row: Requirement) -> Iterator[str]:
    documented = {code for operation in contract.operations.values() for code in operation.errors}
    for code in row.codes:
        if code not in documented:
            yield f"codes: openapi.yaml documents no error code {code}"
    for field in row.fields:
        if not _known_field(contract, field):
            yield f"fields: no body has a member {field}"


def _known_field(contract: Contract, field: str) -> bool:
    bodies = [operation.answer for operation in contract.operations.values()]
    bodies += [operation.request for operation in contract.operations.values() if operation.request]
    return any(_declares(body.schema, field) for body in bodies)


def _declares(schema: object, field: str) -> bool:
    for part in field.removeprefix("$").replace("[*]", ".[]").split(".")[1:]:
        holder = schema if isinstance(schema, Mapping) else {}
        schema = holder.get("items") if part == "[]" else holder.get("properties", {}).get(part)
    return isinstance(schema, Mapping)


def _readings(contract: Contract) -> Iterator[Complaint]:
    file = contract.folder / "readings.yaml"
    for id_, row in contract.readings.items():
        for problem in _reading_problems(contract, row):
            yield Complaint(file, id_, problem)


def _reading_problems(contract: Contract, row: Reading) -> Iterator[str]:
    for requirement in row.requirements:
        if requirement not in contract.requirements:
            yield f"requirements: requirements.yaml has no requirement {requirement!r}"
        elif row.id not in contract.requirements[requirement].readings:
            yield f"requirements: {requirement} does not name this reading in turn"
    for statement in row.statements:
        if statement.document not in contract.vendor.documents:
            yield f"statements: vendor.yaml has no document {statement.document!r}"
    if not row.requirements and not row.untested:
        yield "no requirement depends on it; name one, or say under `untested` why nothing can show it"
    if not row.options and not row.free and not row.untested:
        yield "has no options; give them, or say `free: true`"
    if row.options and not any(option.accepted for option in row.options.values()) and not row.free:
        yield "accepts none of its options, so no target could keep the contract"
