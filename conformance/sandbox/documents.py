"""Documents, the one shape behind JSON and XML, and the way in and out of both formats."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol, TypeAlias

from lxml import etree

Value: TypeAlias = "str | bool | int | Decimal | Sequence[Value] | Mapping[str, Value]"
Document: TypeAlias = "dict[str, Value]"

# XML is built by hand, three times as fast as by lxml; what a text must not hold goes through `_escaped`.
_SPECIAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[&<>]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


class UnreadableError(ValueError):
    """A request body that is not what its format says."""


class XmlForm(Protocol):
    """How a vendor writes a document as XML."""

    def element_name(self, member: str) -> str:
        """The element for a member of a document."""

    def item_name(self, member: str) -> str:
        """The element for each entry of a list member."""

    def has_element(self, member: str, value: Value) -> bool:
        """Whether the member is written at all."""


def to_json(document: Document) -> bytes:
    """The document as JSON in UTF-8: decimals as plain numbers, a lone surrogate as its escape."""
    text = json.dumps(document, default=json_number, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def json_number(value: object) -> int | float:
    """A decimal as a plain number; raises `TypeError` for anything else."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no place in a document")
    number = float(value)
    return int(number) if number.is_integer() else number


def to_xml(root: str, document: Document, form: XmlForm) -> bytes:
    """The document as XML in UTF-8: no namespace, decimals at their scale, what XML cannot hold as U+FFFD."""
    body = f"<{root}>{_members_xml(document, form)}</{root}>"
    return f'<?xml version="1.0" encoding="utf-8"?>{body}'.encode()


def _members_xml(document: Mapping[str, Value], form: XmlForm) -> str:
    return "".join(
        _element_xml(form.element_name(member), member, value, form)
        for member, value in document.items()
        if form.has_element(member, value)
    )


def _element_xml(name: str, member: str, value: Value, form: XmlForm) -> str:
    if isinstance(value, int | Decimal):
        content = _literal(value)
    elif isinstance(value, str):
        content = xml_text(value)
    elif isinstance(value, Mapping):
        content = _members_xml(value, form)
    else:
        item = form.item_name(member)
        content = "".join(_element_xml(item, item, entry, form) for entry in value)
    return f"<{name}>{content}</{name}>"


def xml_text(text: str) -> str:
    """A text as the content of an element; what XML cannot hold as U+FFFD."""
    return _SPECIAL.sub(_escaped, text)


def _escaped(special: re.Match[str]) -> str:
    return _ESCAPES.get(special.group(), "\ufffd")


def _literal(value: int | Decimal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def from_json(body: bytes) -> object:
    """What the JSON says; raises `UnreadableError`."""
    try:
        return json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(str(error)) from error


def _refuse(constant: str) -> None:
    raise UnreadableError(f"{constant} is no JSON")


def from_xml(body: bytes, is_list: Callable[[str], bool]) -> dict[str, object]:
    """The root's children by name, whatever the root is called; raises `UnreadableError`, also for a DTD.

    An element without children is its text, one that `is_list` names is the list of its children. Namespaces
    and attributes do not count.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("a document type definition is not read")
    return _members(root, is_list)


def _members(element: etree._Element, is_list: Callable[[str], bool]) -> dict[str, object]:
    return {etree.QName(child).localname: _content(child, is_list) for child in element}


def _content(element: etree._Element, is_list: Callable[[str], bool]) -> object:
    if is_list(etree.QName(element).localname):
        return [_content(child, is_list) for child in element]
    return _members(element, is_list) if len(element) else element.text or ""
