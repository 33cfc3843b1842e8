"""Answers as a WCF service writes them: JSON with escaped slashes, data-contract XML."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Protocol, TypeAlias

from conformance.sandbox.documents import json_number, xml_text

Value: TypeAlias = "bool | int | str | Decimal | datetime | list[Value] | dict[str, Value] | None"
Document: TypeAlias = "dict[str, Value]"

INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


class XmlForm(Protocol):
    """How values become elements."""

    def element_name(self, member: str) -> str:
        """The element for a member of an object."""

    def item_name(self, member: str) -> str:
        """The element for each entry of a list."""

    def xml_date(self, instant: datetime) -> str:
        """The text of a date."""


def to_json(value: Value, date: Callable[[datetime], str]) -> bytes:
    """The value as JSON in UTF-8: every slash escaped, a lone surrogate as its escape."""

    def other(found: object) -> object:
        return date(found) if isinstance(found, datetime) else json_number(found)

    text = json.dumps(value, default=other, ensure_ascii=False, separators=(",", ":"))
    return text.replace("/", "\\/").encode("utf-8", "backslashreplace")


def to_xml(root: str, namespace: str, value: Value, form: XmlForm) -> bytes:
    """The value as XML in UTF-8 under one root in one namespace, without declaration; null is `i:nil`."""
    named = f' xmlns="{namespace}"' if namespace else ""
    inside = f' xmlns:i="{INSTANCE}"' if isinstance(value, dict | list) else ""
    return f"<{root}{named}{inside}>{_content(root, value, form)}</{root}>".encode()


def _content(member: str, value: Value, form: XmlForm) -> str:
    if isinstance(value, str):
        return xml_text(value)
    if isinstance(value, dict):
        return "".join([_element(form.element_name(name), name, inner, form) for name, inner in value.items()])
    if isinstance(value, list):
        item = form.item_name(member)
        return "".join([_element(item, item, entry, form) for entry in value])
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return form.xml_date(value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _element(name: str, member: str, value: Value, form: XmlForm) -> str:
    if value is None:
        return f'<{name} i:nil="true"/>'
    return f"<{name}>{_content(member, value, form)}</{name}>"
