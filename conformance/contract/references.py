"""Resolves `$ref` inside one OpenAPI document, so that a schema stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def resolved(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same document with every local reference replaced by what it names.

    Raises:
        ValueError: a reference that leaves the document, that names nothing, or that contains itself.
    """

    def walk(node: Any, seen: tuple[str, ...]) -> Any:
        if isinstance(node, list):
            return [walk(item, seen) for item in node]
        if not isinstance(node, Mapping):
            return node
        reference = node.get("$ref")
        if not isinstance(reference, str):
            return {key: walk(value, seen) for key, value in node.items()}
        if reference in seen:
            raise ValueError(f"the reference {reference} contains itself")
        target = walk(_target(document, reference), (*seen, reference))
        # OpenAPI 3.1 lets a schema say more beside its reference (an x-requirement, a description).
        beside = {key: walk(value, seen) for key, value in node.items() if key != "$ref"}
        return {**target, **beside}

    result: dict[str, Any] = walk(document, ())
    return result


def _target(document: Mapping[str, Any], reference: str) -> Any:
    if not reference.startswith("#/"):
        raise ValueError(f"the reference {reference} leaves the document")
    node: Any = document
    for part in reference[2:].split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, Mapping) or key not in node:
            raise ValueError(f"the reference {reference} names nothing")
        node = node[key]
    return node
