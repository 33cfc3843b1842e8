"""Reads an XML body into the shape of its JSON twin, guided by the schema's XML names.

The published examples lost their tags, so the root's name, a namespace and further elements are nobody's fault: the
reader takes any root, ignores namespaces and leaves undeclared elements out, and reports what it met.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from conformance.contract.tree import Shape, Step

ELEMENT_ORDER = "element-order"
"""Stands for the requirement on the order of XML elements, whose id differs from API to API."""

XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_Trouble = tuple[tuple[Step, ...], str, str]


@dataclass
class XmlBody:
    """What an XML body says, and how it says it."""

    document: Any
    """The content in the JSON twin's shape."""
    root: str
    namespace: str
    canonical: etree._Element
    """The same tree as our XSD sees it: nominal root, no namespace, no undeclared element."""
    problems: list[_Trouble] = field(default_factory=list)
    """What the shape alone shows: a single element that stands twice, an element in other letters."""


def read_xml(data: bytes, shape: Shape) -> XmlBody:
    """An XML document in the shape of its JSON twin.

    Raises:
        ValueError: not well-formed; the message says where.
    """
    try:
        # No entity is resolved and nothing is fetched: an answer is a stranger's text.
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(f"not well-formed XML: {error}") from None
    if root is None:
        raise ValueError("not well-formed XML: the document is empty")
    name = etree.QName(root)
    body = XmlBody(None, name.localname, name.namespace or "", canonical=root)
    nils = _strip(root)
    _wrap_bare_list(root, shape)
    root.tag = shape.xml_name or name.localname
    body.document = _Reader(nils, body.problems).value(root, shape, ())
    return body


def _strip(root: etree._Element) -> frozenset[etree._Element]:
    """Takes off namespaces, comments, processing instructions and attributes; nil elements, answered, become empty."""
    nils = set()
    for node in list(root.iter()):
        tag = node.tag
        if not isinstance(tag, str):
            _drop(node)
            continue
        if tag[0] == "{":
            node.tag = tag.rpartition("}")[2]
        if node.attrib:
            if node.get(XSI_NIL) in {"true", "1"}:
                for child in list(node):
                    node.remove(child)
                node.text = None
                nils.add(node)
            node.attrib.clear()
    return frozenset(nils)


def _drop(node: etree._Element) -> None:
    """Removes a node but keeps the text that follows it."""
    parent, tail, before = node.getparent(), node.tail or "", node.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(node)


def _wrap_bare_list(root: etree._Element, shape: Shape) -> None:
    """Where the root itself is the list (`<Orders><Order/>…`), puts the documented wrapper around the items."""
    for wrapper, (_, member) in shape.elements.items():
        if member.item is None or not member.item.xml_name:
            continue  # of an API that speaks no XML
        items = root.findall(member.item.xml_name)
        if items and root.tag == wrapper:
            holder = etree.Element(wrapper)
            root.insert(root.index(items[0]), holder)
            for element in items:
                holder.append(element)


@dataclass(frozen=True)
class _Reader:
    """Turns elements into values, and takes out of the tree what the schema does not declare."""

    nils: frozenset[etree._Element]
    troubles: list[_Trouble]

    def value(self, element: etree._Element, shape: Shape, path: tuple[Step, ...]) -> Any:
        if shape.nullable and element in self.nils:
            return None
        if shape.item is not None:
            return self._items(element, shape.item, path)
        if shape.kind == "object":
            return self._members(element, shape, path)
        if len(element):
            # A value was due and a structure stands here: shown as a structure, so that the schema says so.
            return {str(child.tag): child.text or "" for child in element}
        text = element.text or ""
        convert = _SCALARS.get(shape.kind)
        return convert(text) if convert else text

    def _items(self, element: etree._Element, item: Shape, path: tuple[Step, ...]) -> list[Any]:
        if len(element) and not any(child.tag == item.xml_name for child in element):
            shown = ", ".join(sorted({str(child.tag) for child in element}))
            self.troubles.append((path, f"entries named {item.xml_name}", f"entries named {shown}"))
        for child in list(element):
            if child.tag != item.xml_name:
                element.remove(child)
        return [self.value(child, item, (*path, index)) for index, child in enumerate(element)]

    def _members(self, element: etree._Element, shape: Shape, path: tuple[Step, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for child in list(element):
            tag = str(child.tag)
            known = shape.elements.get(tag)
            if known is None:
                documented = shape.elements_spelled.get(tag.casefold())
                if documented and element.find(documented) is None:
                    name = shape.elements[documented][0]
                    self.troubles.append(((*path, name), f"an element {documented}", f"an element {tag}"))
                element.remove(child)
                continue
            name, member = known
            if name in found:
                self.troubles.append(((*path, name), f"one element {tag}", f"{tag} stands more than once"))
                element.remove(child)
            elif self._says_nothing(child, member) and name not in shape.required:
                element.remove(child)
            else:
                found[name] = self.value(child, member, (*path, name))
        return found

    def _says_nothing(self, element: etree._Element, shape: Shape) -> bool:
        """An empty element of a type that has no empty value: absent, unless nil says that it is null."""
        if shape.nullable and element in self.nils:
            return False
        return not len(element) and not (element.text or "").strip() and shape.kind not in {"string", "array", "object"}


def _integer(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        return text


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _boolean(text: str) -> Any:
    return {"true": True, "1": True, "false": False, "0": False}.get(text.strip(), text)


_SCALARS: Mapping[str, Callable[[str], Any]] = {"integer": _integer, "number": _number, "boolean": _boolean}
