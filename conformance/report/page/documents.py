"""Reads the bodies of answers once, for everybody who wants to look inside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract import Format, Operation, Vendor

_LARGEST = 32 * 2**20
NOTHING = object()
"""Stands for a body that is no document."""


def header(line: Mapping[str, Any], name: str) -> str:
    """The first header of a recorded request or answer, in any letter case, or ""."""
    return next((str(value) for key, value in line["headers"] if key.lower() == name), "")


def document(body: Mapping[str, Any], schema: Operation | None, vendor: Vendor, *, asked: bool = False) -> Any:
    """What a recorded body says, in the shape of its JSON form; `NOTHING` where it cannot be read.

    Args:
        body: the recorded request or answer.
        schema: the operation whose schema guides the reading of XML.
        vendor: whose media types count.
        asked: whether the body is a question.
    """
    text = body.get("text", "")
    if not text or len(text) > _LARGEST:
        return NOTHING
    try:
        if vendor.format_of(header(body, "content-type")) is not Format.XML:
            return json.loads(text)
        guide = schema and (schema.request if asked else schema.answer)
        return guide.read_xml(text.encode()).document if guide and guide.xsd_file else NOTHING
    except (ValueError, RecursionError):
        return NOTHING


def objects(value: Any, name: str = "", depth: int = 6) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object in a document with the name of the member that holds it, from the outside inwards."""
    if isinstance(value, dict):
        yield name, value
        for key, member in value.items():
            if depth and isinstance(member, dict | list):
                yield from objects(member, key, depth - 1)
    elif isinstance(value, list):
        for member in value:
            if depth and isinstance(member, dict | list):
                yield from objects(member, name, depth - 1)
