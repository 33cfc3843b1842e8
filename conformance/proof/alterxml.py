"""The same alterations, in an XML body."""

from __future__ import annotations

import random
from collections.abc import Callable

from lxml import etree

Element = etree._Element
Change = Callable[[Element, random.Random], bool]
"""Changes an element, and says whether it could."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def in_xml(
    body: bytes, change: Change, draws: random.Random, *, rows: bool, chosen: tuple[str, ...] = ()
) -> tuple[bytes, str] | None:
    """Alters one element of a body, and says which; None where that cannot be done.

    Args:
        body: the body.
        change: how it is altered.
        draws: decides which.
        rows: one that holds rows is altered; else any but the root.
        chosen: only elements of these names, in small letters.
    """
    try:
        root = etree.fromstring(body, _PARSER)
    except etree.XMLSyntaxError:
        return None
    found = [element for element in root.iter(etree.Element) if (_is_list(element) if rows else element is not root)]
    found = [element for element in found if not chosen or _name(element).lower() in chosen]
    if not found:
        return None
    element = draws.choice(found)
    told = "/".join(_name(above) for above in (*reversed(list(element.iterancestors())), element))
    if not change(element, draws):
        return None
    return etree.tostring(root, xml_declaration=True, encoding="utf-8"), told


def _name(element: Element) -> str:
    return etree.QName(element).localname


def _is_list(element: Element) -> bool:
    return len(element) > 0 and len({child.tag for child in element}) == 1 and len(element[0]) > 0


def drop(element: Element, draws: random.Random) -> bool:
    """It is not there."""
    parent = element.getparent()
    assert parent is not None  # noqa: S101 (the root is never chosen)
    parent.remove(element)
    return True


def rename(element: Element, draws: random.Random) -> bool:
    """It has another name."""
    element.tag = f"{element.tag}_"
    return True


def null(element: Element, draws: random.Random) -> bool:
    """It is empty."""
    changes = bool(element.text and element.text.strip()) or len(element) > 0
    for child in list(element):
        element.remove(child)
    element.text = None
    return changes


def retype(element: Element, draws: random.Random) -> bool:
    """A text becomes an element, and elements become a text."""
    if len(element):
        null(element, draws)
        element.text = "text"
        return True
    inner = etree.SubElement(element, "value")
    inner.text, element.text = element.text, None
    return True


def alter(element: Element, draws: random.Random) -> bool:
    """It says something else."""
    value = element.text or ""
    if len(element) or not value.strip():
        return False
    opposite = {"true": "false", "false": "true"}
    element.text = opposite.get(value) or altered(value, draws)
    return True


def altered(text: str, draws: random.Random) -> str:
    """A text with another letter in one place."""
    place = draws.randrange(len(text))
    return text[:place] + ("7" if text[place] != "7" else "3") + text[place + 1 :]
