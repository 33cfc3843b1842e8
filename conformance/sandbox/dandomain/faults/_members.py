"""Changing one member of a finished answer, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from conformance.sandbox.dandomain.writing import Document, Value

Change = Callable[[Any], Any]


def changed(document: Document, path: str, change: Change) -> Document:
    """A copy of a document in which one member has another value.

    Args:
        document: the whole.
        path: the member, its names joined by dots: `orderLines.quantity` is the quantity of every line.
        change: what comes of the value. A document without the member stays as it is.
    """
    return cast(Document, _changed(document, path.split("."), change))


def without(document: Document, *members: str) -> Document:
    """A copy of a document that lacks these members."""
    return {name: value for name, value in document.items() if name not in members}


def renamed(document: Document, member: str, name: str) -> Document:
    """A copy of a document in which a member has another name."""
    return {name if old == member else old: value for old, value in document.items()}


def _changed(value: Value, path: list[str], change: Change) -> Value:
    if not path:
        return cast(Value, change(value))
    if isinstance(value, list):
        return [_changed(entry, path, change) for entry in value]
    if isinstance(value, dict) and path[0] in value:
        return {**value, path[0]: _changed(value[path[0]], path[1:], change)}
    return value
