"""Changing single members of a finished answer, for faults and oddities of any vendor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Change = Callable[[Any], Any]
"""What comes of a value."""
_GONE = object()


def changed(document: Mapping[str, Any], path: str, change: Change) -> dict[str, Any]:
    """A copy of a document in which a member has another value, or is `gone`.

    Args:
        document: the whole; nothing of it changes where it has no such member.
        path: the member, its names joined by dots. A list on the way stands for each of its entries:
            `orderLines.quantity` is the quantity of every line.
        change: what comes of the value.
    """

    def instead(name: str, value: Any) -> dict[str, Any]:
        found = change(value)
        return {} if found is _GONE else {name: found}

    found: dict[str, Any] = _replaced(document, path, instead)
    return found


def renamed(document: Mapping[str, Any], path: str, name: str) -> dict[str, Any]:
    """A copy of a document in which a member has another name, and keeps its place."""
    found: dict[str, Any] = _replaced(document, path, lambda _, value: {name: value})
    return found


def without(document: Mapping[str, Any], path: str) -> dict[str, Any]:
    """A copy of a document that lacks a member."""
    return changed(document, path, gone)


def gone(value: Any) -> Any:
    """No member at all."""
    return _GONE


def null(value: Any) -> Any:
    """Null."""
    return None


def listed(value: Any) -> Any:
    """A list with one entry."""
    return [value]


def _replaced(document: Any, path: str, instead: Callable[[str, Any], dict[str, Any]]) -> Any:
    """A copy in which other members stand in the place of one."""
    if isinstance(document, list):
        return [_replaced(entry, path, instead) for entry in document]
    name, _, rest = path.partition(".")
    if not isinstance(document, Mapping) or name not in document:
        return document
    value = document[name]
    members = {name: _replaced(value, rest, instead)} if rest else instead(name, value)
    found: dict[str, Any] = {}
    for other, kept in document.items():
        found |= members if other == name else {other: kept}
    return found
