"""Walks an inlined schema beside a document: names, paths, and the requirement that each member answers to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Step = str | int


def properties_of(schema: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """The members that a schema declares, by JSON name."""
    found: Mapping[str, Mapping[str, Any]] = schema.get("properties", {})
    return found


def requirement_of(schema: Mapping[str, Any]) -> str:
    """The (first) requirement that a schema names, or ""."""
    value = schema.get("x-requirement", "")
    return str(value[0] if isinstance(value, list) else value)


def sub_schema(schema: Mapping[str, Any], step: Step) -> Mapping[str, Any]:
    """The schema one step down; empty where the schema declares nothing there."""
    if isinstance(step, int):
        items: Mapping[str, Any] = schema.get("items", {})
        return items
    return properties_of(schema).get(step, {})


def requirement_at(schema: Mapping[str, Any], path: tuple[Step, ...]) -> str:
    """The requirement of the member at a path, or of the nearest one above it that names one."""
    found = requirement_of(schema)
    for step in path:
        schema = sub_schema(schema, step)
        found = requirement_of(schema) or found
    return found


def json_path(path: tuple[Step, ...]) -> str:
    """A path as JSONPath: `$.orders[0].statusCode`."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def xml_path(schema: Mapping[str, Any], path: tuple[Step, ...], root: str) -> str:
    """The same path as XPath, with the XML names of the schema: `/Root/Orders/Order[1]/StatusCode`."""
    parts = [f"/{root}"]
    for step in path:
        schema = sub_schema(schema, step)
        name = schema.get("xml", {}).get("name", step)
        parts.append(f"/{name}[{step + 1}]" if isinstance(step, int) else f"/{name}")
    return "".join(parts)


def wire_text(value: object) -> str:
    """A value as it would stand on the wire, for a reader."""
    return json.dumps(value, ensure_ascii=False, default=str)
