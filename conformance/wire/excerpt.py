"""Shows an answer to a reader: safe for a terminal, indented, cut down to the lines that matter.

The whole and unaltered text stands in the run file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LINES = 15
_WIDEST = 240
_LARGEST = 4 * 2**20
"""Bodies above this are shown as they came: to indent them would take longer than to read them."""
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_ELEMENT = re.compile(r"/([^/\[\]]+)(?:\[(\d+)\])?")


@dataclass(frozen=True)
class Excerpt:
    """Some lines of a body, and how many were left out."""

    lines: tuple[str, ...] = ()
    above: int = 0
    below: int = 0
    place: int = field(default=-1, compare=False)
    """Which of the lines stands at the place that was asked for; -1 where the place is not in the body."""


def visible(text: str) -> str:
    r"""The text with every character made visible that a terminal obeys or hides (`\x1b`, `\u202e`)."""
    if text.isprintable():
        return text
    return "".join(char if char == "\n" or char.isprintable() else _escaped(char) for char in text)


def shortened(text: str, longest: int) -> str:
    """The text, or its beginning and an ellipsis where it has more than so many characters."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def first_letter(body: bytes) -> bytes:
    """The first byte of a text that is no blank and no byte order mark: by it JSON is told from XML."""
    return body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]


def members(where: str) -> list[str | int]:
    """The steps of a JSONPath, from the document to the place: names of members, and numbers of entries from 0."""
    return [name or int(index) for name, index in _STEP.findall(where)]


def elements(where: str) -> list[tuple[str, int]]:
    """The steps of an XPath, from the root to the place: names of elements, and which of that name, from 1."""
    return [(name, int(index or 1)) for name, index in _ELEMENT.findall(where)[1:]]


def excerpt(body: bytes, where: str = "", lines: int = LINES) -> Excerpt:
    """The lines of a body around a place (JSONPath or XPath); its first lines where it has none."""
    text, line = _indented(body, where)
    every = text.rstrip("\n").split("\n") if text.strip() else []
    first = max(0, min(line - lines // 2, len(every) - lines))
    shown = [visible(shortened(row.expandtabs(2).rstrip("\r"), _WIDEST)) for row in every[first : first + lines]]
    inside = where.startswith(("$", "/")) and line < len(every) > 1
    return Excerpt(tuple(shown), first, len(every) - first - len(shown), line - first if inside else -1)


def _indented(body: bytes, where: str) -> tuple[str, int]:
    """The body's text and the number of the line at a place."""
    start = first_letter(body)
    if len(body) <= _LARGEST:
        try:
            if start in (b"{", b"["):
                return _json(body, where)
            if start == b"<":
                return _xml(body, where)
        except (ValueError, RecursionError):
            pass  # not what it looks like: shown as it came
    return body[:_LARGEST].decode("utf-8", "backslashreplace"), 0


def _json(body: bytes, where: str) -> tuple[str, int]:
    document = json.loads(body)
    path = members(where) if where.startswith("$") else []
    return json.dumps(document, indent=2, ensure_ascii=False), _line_of(document, path)


def _line_of(value: Any, path: list[str | int]) -> int:
    """On which line of the indented text a value begins; of the nearest one above it, where it is absent."""
    line = 0
    for step in path:
        if isinstance(value, Mapping) and step in value:
            before = [sub for key, sub in value.items() if key != step][: list(value).index(str(step))]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            before = value[:step]
        else:
            break
        line += 1 + sum(map(_height, before))
        value = value[step]
    return line


def _height(value: Any) -> int:
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return 2 + sum(map(_height, inner)) if inner else 1


def _xml(body: bytes, where: str) -> tuple[str, int]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    try:
        root = etree.fromstring(body, parser)
        etree.indent(root)
        text = etree.tostring(root, encoding="unicode")
        node: Any = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    for name, number in elements(where):
        same = [child for child in node if isinstance(child.tag, str) and etree.QName(child).localname == name]
        if number > len(same):
            break
        node = same[number - 1]
    return text, int(node.sourceline or 1) - 1
