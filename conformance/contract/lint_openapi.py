"""Refuses an OpenAPI file in which something stands that no requirement covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract.complaint import Complaint
from conformance.contract.load import METHODS, read_yaml
from conformance.contract.model import Contract

_Node = Mapping[str, Any]
_Found = tuple[str, str]
"""Place and problem."""
_KEY = "x-requirement"


def openapi_complaints(contract: Contract) -> Iterator[Complaint]:
    """Operations, parameters, members, codes, statuses without a requirement, and ids that do not exist.

    The file is read as it is written, references unresolved: each place is told once, where it stands.

    Raises:
        ContractError: the file cannot be read.
    """
    file = contract.folder / "openapi.yaml"
    document = read_yaml(file)
    for place, problem in _problems(document, contract):
        yield Complaint(file, place, problem)


def _problems(document: _Node, contract: Contract) -> Iterator[_Found]:
    yield from _unknown(document, "", contract)
    for role, id_ in document.get("x-conformance", {}).items():
        if id_ not in contract.requirements:
            yield f"x-conformance.{role}", _no_such(id_)
    for path, item in document["paths"].items():
        yield from _parameters(item, document, f"paths.{path}")
        for method in METHODS:
            if method in item:
                yield from _operation(item[method], document, f"paths.{path}.{method}", contract)
    components: _Node = document.get("components", {})
    for kind in ("parameters", "requestBodies", "responses", "securitySchemes"):
        for name, node in components.get(kind, {}).items():
            place = f"components.{kind}.{name}"
            yield from _uncovered(node, document, place)
            yield from _contents(node, document, place)
    for name, schema in components.get("schemas", {}).items():
        yield from _members(schema, document, f"components.schemas.{name}")


def _operation(operation: _Node, document: _Node, place: str, contract: Contract) -> Iterator[_Found]:
    yield from _uncovered(operation, document, place)
    yield from _parameters(operation, document, place)
    if "requestBody" in operation:
        yield from _uncovered(operation["requestBody"], document, f"{place}.requestBody")
        yield from _contents(operation["requestBody"], document, f"{place}.requestBody")
    for status, response in operation.get("responses", {}).items():
        yield from _uncovered(response, document, f"{place}.responses.{status}")
        yield from _contents(response, document, f"{place}.responses.{status}")
    for code, row in operation.get("x-errors", {}).items():
        if row["requirement"] not in contract.requirements:
            yield f"{place}.x-errors.{code}", _no_such(row["requirement"])


def _parameters(holder: _Node, document: _Node, place: str) -> Iterator[_Found]:
    for index, parameter in enumerate(holder.get("parameters", ())):
        name = parameter.get("name", index)
        yield from _uncovered(parameter, document, f"{place}.parameters.{name}")


def _contents(holder: _Node, document: _Node, place: str) -> Iterator[_Found]:
    """The members of schemas that are written in place instead of under components."""
    for media_type, content in holder.get("content", {}).items():
        yield from _members(content.get("schema", {}), document, f"{place}.content.{media_type}")


def _members(schema: _Node, document: _Node, place: str) -> Iterator[_Found]:
    for name, sub in schema.get("properties", {}).items():
        yield from _uncovered(sub, document, f"{place}.{name}")
        yield from _members(sub, document, f"{place}.{name}")
    if "items" in schema:
        yield from _members(schema["items"], document, f"{place}[*]")


def _uncovered(node: _Node, document: _Node, place: str) -> Iterator[_Found]:
    if not node.get(_KEY) and not _target(node, document).get(_KEY):
        yield place, f"no requirement covers it; name one under {_KEY}"


def _target(node: _Node, document: _Node) -> _Node:
    """What a node refers to; nothing where it stands for itself."""
    reference = node.get("$ref")
    if not reference:
        return {}
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    target: _Node = found
    return target


def _unknown(node: Any, place: str, contract: Contract) -> Iterator[_Found]:
    """Every `x-requirement` of the file that names an id which does not exist."""
    if isinstance(node, Mapping):
        named = node.get(_KEY, ())
        for id_ in [named] if isinstance(named, str) else named:
            if id_ not in contract.requirements:
                yield place, _no_such(id_)
        for key, sub in node.items():
            yield from _unknown(sub, f"{place}.{key}".lstrip("."), contract)
    elif isinstance(node, list):
        for index, sub in enumerate(node):
            yield from _unknown(sub, f"{place}[{index}]", contract)


def _no_such(id_: str) -> str:
    return f"requirements.yaml has no requirement {id_!r}"
