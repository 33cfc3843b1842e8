"""Refuses an example that does not keep its own contract, under `examples/` or in the OpenAPI file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from conformance.contract.bodies import BodySchema
from conformance.contract.complaint import Complaint
from conformance.contract.load import METHODS, read_yaml
from conformance.contract.model import Contract, Format, Operation
from conformance.contract.tree import types_of

_INDEX = "examples.yaml"
_Row = Mapping[str, Any]


def example_complaints(contract: Contract) -> Iterator[Complaint]:
    """Examples that are missing, that are in no list, or that do not validate.

    Raises:
        ContractError: the list of examples cannot be read.
    """
    folder = contract.folder / "examples"
    rows = read_yaml(folder / _INDEX, list)
    listed = {row["file"] for row in rows}
    for file in sorted(folder.iterdir()):
        if file.name not in listed | {_INDEX}:
            yield Complaint(folder / _INDEX, file.name, "this file is in the folder and not in the list")
    for row in rows:
        file = folder / row["file"]
        if not file.exists():
            yield Complaint(folder / _INDEX, row["file"], "this file is in the list and not in the folder")
            continue
        for place, problem in _file_problems(contract, row, file):
            yield Complaint(file, place, problem)
    for place, problem in _inline(contract):
        yield Complaint(contract.folder / "openapi.yaml", place, problem)


def _file_problems(contract: Contract, row: _Row, file: Path) -> Iterator[tuple[str, str]]:
    operation = contract.operations.get(row["operation"])
    if operation is None:
        yield _INDEX, f"openapi.yaml has no operation {row['operation']!r}"
        return
    if "media_type" not in row:
        yield from _question_problems(operation, file.read_text(encoding="utf-8").strip())
        return
    form = contract.vendor.format_of(row["media_type"])
    body = operation.request if row["kind"] == "request" else operation.answer
    if form is None or body is None:
        yield _INDEX, f"{operation.id} has no {row['kind']} body of type {row['media_type']}"
        return
    if row["kind"] == "response" and not operation.documents(row["status"]):
        yield _INDEX, f"{operation.id} documents no HTTP status {row['status']}"
    yield from _body_problems(body, form, file.read_bytes())


def _body_problems(body: BodySchema, form: Format, data: bytes) -> Iterator[tuple[str, str]]:
    try:
        problems = (
            body.examine_xml(body.read_xml(data)).problems
            if form is Format.XML
            else body.examine_json(json.loads(data)).problems
        )
    except ValueError as error:
        yield "body", f"not well-formed {form.upper()}: {error}"
        return
    for problem in problems:
        yield problem.where, f"expected {problem.expected}, got {problem.actual}"


def _question_problems(operation: Operation, url: str) -> Iterator[tuple[str, str]]:
    """A question that is a URL alone: its path and its parameters are the operation's."""
    parts = urlsplit(url)
    if not operation.fits(parts.path):
        yield "path", f"expected {operation.path}, got {parts.path}"
    known = {parameter["name"]: parameter for parameter in operation.parameters if parameter["in"] == "query"}
    for name, values in parse_qs(parts.query, keep_blank_values=True).items():
        if name not in known:
            yield f"parameter {name}", f"{operation.id} has no such parameter; there are {', '.join(known)}"
        else:
            yield from _value_problems(f"parameter {name}", known[name]["schema"], values)


def _value_problems(place: str, schema: _Row, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    many = "array" in types_of(schema)
    kinds = types_of(schema["items"] if many else schema)
    read = [int(value) if "integer" in kinds and value.lstrip("-").isdigit() else value for value in values]
    if not many and len(read) > 1:
        yield place, "stands more than once"
    for problem in BodySchema(schema, None).examine_json(read if many else read[0]).problems:
        yield place, f"expected {problem.expected}, got {problem.actual}"


def _inline(contract: Contract) -> Iterator[tuple[str, str]]:
    """The examples in the OpenAPI file, each beside the schema for which it stands there."""
    for path, item in contract.openapi["paths"].items():
        for method in METHODS:
            operation = item.get(method, {})
            holders = [operation.get("requestBody", {}), *operation.get("responses", {}).values()]
            for media_type, content in (pair for holder in holders for pair in holder.get("content", {}).items()):
                yield from _content_problems(contract, media_type, content)
            for parameter in (*item.get("parameters", ()), *operation.get("parameters", ())):
                yield from _parameter_problems(f"{path}.parameters.{parameter['name']}", parameter)


def _content_problems(contract: Contract, media_type: str, content: _Row) -> Iterator[tuple[str, str]]:
    form = contract.vendor.format_of(media_type)
    xsd = contract.folder / f"{contract.name}.xsd"
    body = BodySchema(content["schema"], xsd if xsd.exists() else None)
    for name, example in content.get("examples", {}).items():
        value = example["value"]
        place = f"example {name} as {media_type}"
        if form is None:
            yield place, "vendor.yaml does not name this media type"
        elif (form is Format.XML) is not isinstance(value, str):
            yield place, f"{form.upper()} is to be written as {'text' if form is Format.XML else 'YAML'}"
        else:
            data = value if isinstance(value, str) else json.dumps(value)
            for where, problem in _body_problems(body, form, data.encode()):
                yield place, f"{where}: {problem}"


def _parameter_problems(place: str, parameter: _Row) -> Iterator[tuple[str, str]]:
    if "example" in parameter:
        for problem in BodySchema(parameter["schema"], None).examine_json(parameter["example"]).problems:
            yield place, f"example: expected {problem.expected}, got {problem.actual}"
