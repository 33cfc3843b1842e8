"""Error objects as they stand in a document: whatever is named like an error and carries a code or a message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_NAMES = frozenset({"warning", "error"})


@dataclass(frozen=True)
class ErrorObject:
    """An error as it stands in a body."""

    place: str
    """The member that holds it; "" where it is the whole body."""
    path: tuple[str | int, ...]
    code: Any
    message: Any


def errors_in(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[ErrorObject]:
    """Every error object of a document, top down."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from errors_in(item, (*path, index))
    if not isinstance(node, dict):
        return
    if not path and "code" in node and "message" in node:
        yield ErrorObject("", path, node["code"], node["message"])
    for name, value in node.items():
        if isinstance(value, dict) and ("code" in value or "message" in value) and _is_error(name):
            yield ErrorObject(name, (*path, name), value.get("code"), value.get("message"))
        elif isinstance(value, dict | list):
            yield from errors_in(value, (*path, name))


def _is_error(name: str) -> bool:
    return name in _NAMES or name.casefold().endswith("error")
