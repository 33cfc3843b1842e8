"""The same alterations of single members and rows, in an XML body."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Mapping

from lxml import etree

Element = etree._Element
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def in_xml(body: bytes, change: str, draws: random.Random, chosen: tuple[str, ...] = ()) -> tuple[bytes, str] | None:
    """Alters one element of a body, and says which; None where that cannot be done.

    Args:
        body: the body.
        change: one of `CHANGES`.
        draws: decides which.
        chosen: only elements of these names, in small letters.
    """
    try:
        root = etree.fromstring(body, _PARSER)
    except etree.XMLSyntaxError:
        return None
    rows = change.endswith(("row", "rows"))
    found = [element for element in root.iter(etree.Element) if (_is_list(element) if rows else element is not root)]
    found = [element for element in found if not chosen or _name(element).lower() in chosen]
    if not found:
        return None
    element = draws.choice(found)
    told = "/".join(_name(above) for above in (*reversed(list(element.iterancestors())), element))
    if not CHANGES[change](element, draws):
        return None
    return etree.tostring(root, xml_declaration=True, encoding="utf-8"), told


def _name(element: Element) -> str:
    return etree.QName(element).localname


def _is_list(element: Element) -> bool:
    return len(element) > 0 and len({child.tag for child in element}) == 1 and len(element[0]) > 0


def _drop(element: Element, draws: random.Random) -> bool:
    _above(element).remove(element)
    return True


def _rename(element: Element, draws: random.Random) -> bool:
    element.tag = f"{element.tag}_"
    return True


def _null(element: Element, draws: random.Random) -> bool:
    changes = bool(element.text and element.text.strip()) or len(element) > 0
    for child in list(element):
        element.remove(child)
    element.text = None
    return changes


def _retype(element: Element, draws: random.Random) -> bool:
    if len(element):
        _null(element, draws)
        element.text = "text"
        return True
    inner = etree.SubElement(element, "value")
    inner.text, element.text = element.text, None
    return True


def _alter(element: Element, draws: random.Random) -> bool:
    value = element.text or ""
    if len(element) or not value.strip():
        return False
    if value in ("true", "false"):
        element.text = "false" if value == "true" else "true"
        return True
    place = draws.randrange(len(value))
    element.text = value[:place] + ("7" if value[place] != "7" else "3") + value[place + 1 :]
    return True


def _drop_row(element: Element, draws: random.Random) -> bool:
    element.remove(element[draws.randrange(len(element))])
    return True


def _repeat_row(element: Element, draws: random.Random) -> bool:
    place = draws.randrange(len(element))
    element.insert(place, copy.deepcopy(element[place]))
    return True


def _swap_rows(element: Element, draws: random.Random) -> bool:
    if len(element) < 2:
        return False
    one, other = sorted(draws.sample(range(len(element)), 2))
    first, second = element[one], element[other]
    element.remove(second)
    element.insert(one, second)
    element.remove(first)
    element.insert(other, first)
    return True


def _above(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None  # noqa: S101 (the root is never chosen)
    return parent


CHANGES: Mapping[str, Callable[[Element, random.Random], bool]] = {
    "drop": _drop, "rename": _rename, "null": _null, "retype": _retype, "alter": _alter, "drop-row": _drop_row,
    "repeat-row": _repeat_row, "swap-rows": _swap_rows,
}  # fmt: skip
