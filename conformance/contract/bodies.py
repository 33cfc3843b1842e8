"""Judges one body against its schema, in JSON and in XML, and says which requirement a problem breaks.

An XML body is first turned into the shape of its JSON twin (`xmlbody`), so one schema judges both; the XSD then
judges what only XML has: the order of elements and the written form of values. The quick libraries (jsonschema-rs,
lxml) give the verdict, the explaining ones (jsonschema, xmlschema) are asked only about a failure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from conformance.contract.tree import (
    Shape,
    Step,
    json_path,
    properties_of,
    requirement_at,
    requirement_of,
    types_of,
    wire_text,
    xml_path,
)
from conformance.contract.xmlbody import ELEMENT_ORDER, XmlBody, read_xml
from conformance.contract.xsd import CHILDREN, Xsd

__all__ = ["ELEMENT_ORDER", "BodySchema", "Examined", "Problem", "XmlBody"]

_Trouble = tuple[tuple[Step, ...], str, str]


@dataclass(frozen=True)
class Problem:
    """One place at which a body breaks its schema."""

    requirement: str
    """The id, or `ELEMENT_ORDER` where only the order of XML elements is wrong, or "" where the schema names none."""
    where: str
    expected: str
    actual: str


@dataclass(frozen=True)
class Examined:
    """What a look at a body brought to light."""

    problems: list[Problem]
    shown: frozenset[str]
    """The requirements of all members that show: those about which the body says something."""


@dataclass(frozen=True, eq=False)
class BodySchema:
    """The schema of one body: an inlined JSON Schema (OpenAPI 3.1 dialect) and, where XML is spoken, an XSD."""

    schema: Mapping[str, Any]
    xsd_file: Path | None

    @property
    def xml_root(self) -> str:
        """The root element's name in our own XSD; other servers may use another."""
        return str(self.schema.get("xml", {}).get("name", ""))

    def prepare(self) -> None:
        """Builds all that judging needs, which is else built when first needed."""
        self.shape, self._quick  # noqa: B018
        if self.xsd_file is not None:
            self._xsd.prepare()

    def examine_json(self, document: object) -> Examined:
        """A parsed JSON document held against the schema."""
        shown: set[str] = set()
        troubles = self._troubles(document, shown)
        return Examined(_once(self._problem(*trouble, xml_root="") for trouble in troubles), frozenset(shown))

    def read_xml(self, data: bytes) -> XmlBody:
        """An XML document in the shape of its JSON twin.

        Raises:
            ValueError: not well-formed; the message says where.
        """
        return read_xml(data, self.shape)

    def examine_xml(self, body: XmlBody) -> Examined:
        """An XML body held against the schema and the XSD; one problem for each requirement and place."""
        shown: set[str] = set()
        troubles = [*body.problems, *self._troubles(body.document, shown)]
        found = _once(self._problem(*trouble, xml_root=body.root) for trouble in troubles)
        if self.xsd_file is not None:
            found += self._of_xsd(body, found)
        return Examined(found, frozenset(shown))

    def _of_xsd(self, body: XmlBody, found: list[Problem]) -> Iterator[Problem]:
        known = {problem.requirement for problem in found}
        for where, expected, actual, misplaced in self._xsd.problems(body.canonical):
            if found and not misplaced and expected.startswith(CHILDREN):
                continue  # a missing or surplus element: the schema has named the member itself
            requirement, place = self._of_element(where, body.root)
            requirement = ELEMENT_ORDER if misplaced else requirement
            if requirement not in known:
                yield Problem(requirement, place, expected, actual)

    def requirement(self, path: tuple[Step, ...]) -> str:
        """The requirement of the member at a path, or of the nearest one above it that has one."""
        return requirement_at(self.schema, path)

    def _troubles(self, document: object, shown: set[str]) -> list[_Trouble]:
        """Path, expected and actual of everything that is wrong; adds the requirements of what shows to `shown`."""
        found = list(self._explained(document)) if not self._quick.is_valid(document) else []
        for path, name in self.shape.survey(document, shown):
            found.append((path, f"the member name {path[-1]}", f"the member name {name}"))
        return found

    def _explained(self, document: object) -> Iterator[_Trouble]:
        """What the quick validator found, in words. The same trouble in further rows of a list is not told again.

        A fault in every row of a large answer would else take the explaining validator minutes.
        """
        told: set[tuple[Step, ...]] = set()
        for error in self._quick.iter_errors(document):
            path, keyword_path = tuple(error.instance_path), tuple(error.schema_path)
            place = (*(step for step in path if isinstance(step, str)), "/", *keyword_path)
            if place not in told:
                told.add(place)
                part = _at(document, path)
                for inner in self._explaining(_at(self.schema, keyword_path[:-1])).iter_errors(part):
                    yield from _in_words(inner, path, str(keyword_path[-1]))

    def _problem(self, path: tuple[Step, ...], expected: str, actual: str, xml_root: str) -> Problem:
        where = xml_path(self.schema, path, xml_root) if xml_root else json_path(path)
        return Problem(requirement_at(self.schema, path), where, expected, actual)

    def _of_element(self, xpath: str, root: str) -> tuple[str, str]:
        """Requirement and place of an element. xmlschema numbers entries only where there are several: we always do."""
        schema, found, place = self.schema, requirement_of(self.schema), f"/{root}"
        for part in xpath.split("/")[2:]:
            name, _, number = part.partition("[")
            listed = "array" in types_of(schema) and not number
            place += f"/{name}[1]" if listed else f"/{part}"
            schema = next((sub for child, sub in _children(schema) if child == name), {})
            found = requirement_of(schema) or found
        return found, place

    @cached_property
    def shape(self) -> Shape:
        """The schema, ready for walking."""
        return Shape.of(self.schema)

    @cached_property
    def _quick(self) -> Any:
        import jsonschema_rs

        return jsonschema_rs.Draft202012Validator(dict(self.schema))

    @staticmethod
    def _explaining(schema: Any) -> Any:
        from jsonschema import Draft202012Validator

        return Draft202012Validator(schema)

    @cached_property
    def _xsd(self) -> Xsd:
        assert self.xsd_file is not None  # noqa: S101 (asked for only where there is one)
        return Xsd(self.xsd_file)


def _children(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Element name and schema of everything that may stand inside an element."""
    if "array" in types_of(schema) and "items" in schema:
        items = schema["items"]
        yield items.get("xml", {}).get("name", ""), items
    for name, sub in properties_of(schema).items():
        yield sub.get("xml", {}).get("name", name), sub


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """The first problem of each requirement and place: a schema can say the same in several of its parts."""
    found: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        found.setdefault((problem.requirement, problem.where), problem)
    return list(found.values())


def _at(node: Any, path: tuple[Step, ...]) -> Any:
    """What stands at a path of a document or schema."""
    for step in path:
        node = node[int(step) if isinstance(node, list) else step]
    return node


def _in_words(error: Any, path: tuple[Step, ...], keyword: str) -> Iterator[_Trouble]:
    """A validation error at exactly this path and of this keyword, as path, expected and actual."""
    if error.absolute_path or error.validator != keyword:
        return  # another error of the same part: the quick validator names it by itself
    if keyword == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield (*path, name), "always shown", f"absent; shown are {_names(error.instance)}"
    else:
        yield path, _expectation(keyword, error.validator_value), _short(error.instance)


_EXPECTATIONS = {
    "type": "a value of type {}",
    "enum": "one of {}",
    "const": "exactly {}",
    "maxLength": "at most {} characters",
    "minLength": "at least {} characters",
    "pattern": "text of the form {}",
    "minimum": "at least {}",
    "minItems": "at least {} entries",
}


def _expectation(keyword: str, value: Any) -> str:
    told = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return _EXPECTATIONS.get(keyword, f"{keyword}: {{}}").format(told)


def _names(instance: Mapping[str, Any]) -> str:
    return ", ".join(map(str, instance)) or "no members"


def _short(value: object, limit: int = 120) -> str:
    text = wire_text(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
