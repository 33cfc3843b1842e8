"""Whether two documents say the same, member by member, guided by the schema.

Formats write one value in different ways (`10` and `10.00000000000000000000`, `.5` and `.500` of a second, an empty
text and none at all, a GUID in either letter case). Only a difference in meaning counts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conformance.contract.tree import Step, properties_of, sub_schema

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")


Equal = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Difference:
    """One place where two documents differ in meaning."""

    path: tuple[Step, ...]
    left: Any
    right: Any


def declared(document: Any, schema: Mapping[str, Any]) -> Any:
    """A document without the members that the schema does not declare: they are the vendor's own and may change."""
    members = properties_of(schema)
    if isinstance(document, dict) and members:
        return {name: declared(value, members[name]) for name, value in document.items() if name in members}
    if isinstance(document, list) and "items" in schema:
        return [declared(row, schema["items"]) for row in document]
    return document


def differences(
    left: Any, right: Any, schema: Mapping[str, Any], path: tuple[Step, ...] = (), equal: Equal | None = None
) -> Iterator[Difference]:
    """Where two documents differ, in the members that the schema declares; others are the vendor's own.

    Args:
        left: one document.
        right: the other.
        schema: the schema of both.
        path: where they stand in what they were taken from.
        equal: whether two values mean the same, for a vendor whose values have more than one form; default `same`.
    """
    if isinstance(left, dict) and isinstance(right, dict):
        for name in properties_of(schema):
            yield from differences(left.get(name), right.get(name), sub_schema(schema, name), (*path, name), equal)
    elif isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            yield Difference(path, f"{len(left)} entries", f"{len(right)} entries")
            return
        for index, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from differences(one, other, sub_schema(schema, index), (*path, index), equal)
    elif not (equal or same)(left, right):
        yield Difference(path, left, right)


def same(left: Any, right: Any) -> bool:
    """Whether two values mean the same."""
    if left == right and type(left) is type(right):
        return True
    left, right = _absent_if_empty(left), _absent_if_empty(right)
    if left is None or right is None:
        return left is right
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int) and isinstance(right, int):
        return left == right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
    return isinstance(left, str) and isinstance(right, str) and _as_value(left) == _as_value(right)


def _absent_if_empty(value: Any) -> Any:
    return None if value in ("", [], {}) else value


def _as_value(text: str) -> object:
    if GUID.fullmatch(text):
        return text.lower()
    if _DATE_TIME.fullmatch(text):
        whole, _, fraction = text.partition(".")
        return whole, fraction.rstrip("0")
    return text


def moment(text: object) -> datetime | None:
    """A date-time without zone, of any fraction; None where the text is none."""
    if not isinstance(text, str) or not _DATE_TIME.fullmatch(text):
        return None
    whole, _, fraction = text.partition(".")
    try:
        return datetime.fromisoformat(whole).replace(microsecond=int(fraction[:6].ljust(6, "0")))
    except ValueError:
        return None
