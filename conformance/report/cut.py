"""A body cut around what matters in it: the way to each place in full, what stands beside it in a word.

Where an excerpt of some lines would show the middle of a long list, this shows which entry of which order it is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from conformance.wire.excerpt import elements, excerpt, first_letter, members, shortened, visible

MARK = "   ← here"
_WIDEST, _TALLEST = 160, 40
_LARGEST = 2 * 2**20
"""Bodies above this are shown as they came."""
_BESIDE, _ENTRIES, _MEMBERS = 3, 6, 24
Step = str | int


@dataclass(frozen=True)
class _Way:
    """The steps to a place, and whether it is the one place that matters; if not, a line is enough for it."""

    steps: tuple[Step, ...]
    exact: bool = True

    @property
    def onward(self) -> _Way:
        """The way from the next value on."""
        return _Way(self.steps[1:], self.exact)

    @property
    def enough(self) -> bool:
        """Whether the entry of a list that it has come to is told in one line."""
        return not self.exact and len(self.steps) == 1


@dataclass
class _Node:
    """A value of either format."""

    step: Step
    head: str
    """All of a leaf; what opens a branch."""
    tail: str
    inner: list[_Node]
    value: str = ""


def cut(body: bytes, where: str = "", words: Collection[str] = ()) -> list[str]:
    """The lines that show the place `where`, and the first place of each of the values `words`; other parts are counted.

    A body of neither format, or a very large one, is shown from its beginning.
    """
    try:
        root = _tree(body) if len(body) <= _LARGEST else None
        if root is not None:
            return _limited(_told(root, [*_place(root, where), *_holding(root, words)], frozenset(words), 0))
    except (ValueError, RecursionError):
        pass  # not what it looks like: shown as it came
    shown = excerpt(body, where)
    return [*shown.lines, *([f"… {shown.below:,} more lines"] if shown.below else [])]


def _limited(lines: Iterable[str]) -> list[str]:
    every = [_narrow(line) for line in lines]
    left = len(every) - _TALLEST
    return [*every[:_TALLEST], f"… {left:,} more lines"] if left > 0 else every


def _narrow(line: str) -> str:
    kept = MARK if line.endswith(MARK) else ""
    return shortened(visible(line.removesuffix(kept).replace("\n", "\\n")), _WIDEST) + kept


def _told(node: _Node, ways: Sequence[_Way], words: Collection[str], depth: int, comma: str = "") -> Iterator[str]:
    indent = "  " * depth
    steps = {child.step for child in node.inner}
    onward: dict[Step, list[_Way]] = {}
    for way in ways:
        if way.steps and way.steps[0] in steps:
            onward.setdefault(way.steps[0], []).append(way.onward)
    ends = any(not way.steps or way.steps[0] not in steps for way in ways)
    yield f"{indent}{node.head}{comma if not node.inner else ''}{MARK if ends else ''}"
    if not node.inner:
        return
    chosen = _chosen(node, onward, ends or not ways, words)
    skipped = 0
    for number, child in enumerate(node.inner):
        if number not in chosen:
            skipped += 1
            continue
        yield from _more(skipped, depth + 1)
        skipped, after = 0, "," if node.tail[0] in "]}" and number < len(node.inner) - 1 else ""
        further = onward.get(child.step, [])
        if further and not (_listed(node) and all(way.enough for way in further)):
            yield from _told(child, further, words, depth + 1, after)
        else:
            yield f"{'  ' * (depth + 1)}{_brief(child, words)}{after}{MARK if further else ''}"
    yield from _more(skipped, depth + 1)
    yield f"{indent}{node.tail}{comma}"


def _more(skipped: int, depth: int) -> Iterator[str]:
    if skipped:
        yield f"{'  ' * depth}… {skipped:,} more"


def _chosen(node: _Node, onward: Collection[Step], whole: bool, words: Collection[str]) -> set[int]:
    """Which of the inner values are shown: on the way, or beside it; at the end of the way most of them."""
    listed = _listed(node)
    if whole:
        order = sorted(range(len(node.inner)), key=lambda number: not _holds(node.inner[number], words))
        shown = {number for number, child in enumerate(node.inner) if child.step in onward}
        return shown | set(order[: max(0, (_ENTRIES if listed else _MEMBERS) - len(shown))])
    on_the_way = {number for number, child in enumerate(node.inner) if child.step in onward}
    beside = [] if listed else [number for number, child in enumerate(node.inner) if not child.inner]
    return on_the_way | set(beside[:_BESIDE])


def _listed(node: _Node) -> bool:
    """Whether its inner values are entries of a list; in XML more than one element, all of one name."""
    names = {str(child.step).partition("[")[0] for child in node.inner}
    return isinstance(node.inner[0].step, int) or (len(node.inner) > 1 and len(names) == 1)


def _brief(node: _Node, words: Collection[str]) -> str:
    if not node.inner:
        return node.head
    leaves = [child for child in node.inner if not child.inner]
    named = [child for child in leaves if child.value in words] or leaves[:2]
    left = len(node.inner) - len(named)
    shown = ", ".join(child.head for child in named) if node.tail[0] in "]}" else "".join(child.head for child in named)
    more = f"… {left:,} more" if left else ""
    return " ".join(part for part in (node.head, shown, more, node.tail) if part)


def _holds(node: _Node, words: Collection[str]) -> bool:
    return node.value in words or any(child.value in words for child in node.inner)


def _holding(root: _Node, words: Collection[str]) -> list[_Way]:
    """The way to the first value that is each word."""
    found: dict[str, tuple[Step, ...]] = {}
    waiting: list[tuple[_Node, tuple[Step, ...]]] = [(root, ())]
    while waiting and len(found) < len(words):
        node, path = waiting.pop()
        if node.value in words:
            found.setdefault(node.value, path)
        waiting += [(child, (*path, child.step)) for child in reversed(node.inner)]
    return [_Way(path, exact=False) for path in found.values()]


def _place(root: _Node, where: str) -> list[_Way]:
    if where.startswith("$"):
        return [_Way(tuple(members(where)))]
    if where.startswith("/") and root.tail.startswith("</"):
        return [_Way(tuple(f"{name}[{number}]" for name, number in elements(where)))]
    return []


def _tree(body: bytes) -> _Node | None:
    match first_letter(body):
        case b"{" | b"[":
            return _json_node("", "", json.loads(body, object_pairs_hook=_Members, parse_int=_Number, parse_float=_Number))
        case b"<":
            return _xml(body)
    return None


class _Number(str):
    """A number as it was written: 1.50 is not 1.5 where a clause speaks of digits."""

    __slots__ = ()


class _Members(list[tuple[str, Any]]):
    """The members of an object in their order; one that stands there twice is shown twice."""


def _json_node(step: Step, label: str, value: Any) -> _Node:
    if isinstance(value, _Members) and value:
        inner = [_json_node(key, f"{_dumped(key)}: ", member) for key, member in value]
        return _Node(step, f"{label}{{", "}", inner)
    if isinstance(value, list) and value and not isinstance(value, _Members):
        return _Node(step, f"{label}[", "]", [_json_node(number, "", entry) for number, entry in enumerate(value)])
    text = "{}" if isinstance(value, _Members) else str(value) if isinstance(value, _Number) else _dumped(value)
    return _Node(step, f"{label}{text}", "", [], value if isinstance(value, str) else text)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _xml(body: bytes) -> _Node:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    return _xml_node("", root)


def _xml_node(step: Step, element: Any) -> _Node:
    from lxml import etree

    local = etree.QName(element).localname
    name = f"{element.prefix}:{local}" if element.prefix else local
    above = element.getparent().nsmap if element.getparent() is not None else {}
    given = [(f"xmlns:{prefix}" if prefix else "xmlns", uri) for prefix, uri in element.nsmap.items()
             if above.get(prefix) != uri]  # fmt: skip
    given += [(etree.QName(key).localname, value) for key, value in element.attrib.items()]
    opening = "".join((name, *(f" {key}={quoteattr(value)}" for key, value in given)))
    seen: dict[str, int] = {}
    inner = []
    for child in element:
        if isinstance(child.tag, str):
            called = etree.QName(child).localname
            seen[called] = seen.get(called, 0) + 1
            inner.append(_xml_node(f"{called}[{seen[called]}]", child))
    if inner:
        return _Node(step, f"<{opening}>", f"</{name}>", inner)
    text = element.text or ""
    return _Node(step, f"<{opening}>{escape(text)}</{name}>" if text else f"<{opening}/>", "", [], text)
