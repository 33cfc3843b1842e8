"""Judges one body against its schema, in JSON and in XML, and says which requirement a problem breaks.

An XML body is first turned into the shape of its JSON twin (`xmlbody`), so one schema judges both; the XSD then
judges what only XML has: the order of elements and the written form of values. The quick libraries (jsonschema-rs,
lxml) give the verdict, the explaining ones (jsonschema, xmlschema) are asked only about a failure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

    def examine_json(self, document: object) -> Examined:
        """A parsed JSON document held against the schema."""
        shown: set[str] = set()
        troubles = self._troubles(document, shown)
        return Examined([self._problem(*trouble, xml_root="") for trouble in troubles], frozenset(shown))

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
        found = [self._problem(*trouble, xml_root=body.root) for trouble in troubles]
        if self.xsd_file is not None:
            found += self._of_xsd(body, found)
        return Examined(found, frozenset(shown))

    def _of_xsd(self, body: XmlBody, found: list[Problem]) -> Iterator[Problem]:
        known = {problem.requirement for problem in found}
        for where, expected, actual, misplaced in self._xsd.problems(body.canonical):
            if found and not misplaced and expected.startswith(CHILDREN):
                continue  # a missing or surplus element: the schema has named the member itself
            requirement = ELEMENT_ORDER if misplaced else self._requirement_of_element(where)
            if requirement not in known:
                place = where.replace(f"/{self.xml_root}", f"/{body.root}", 1)
                yield Problem(requirement, place, expected, actual)

    def requirement(self, path: tuple[Step, ...]) -> str:
        """The requirement of the member at a path, or of the nearest one above it that has one."""
        return requirement_at(self.schema, path)

    def _troubles(self, document: object, shown: set[str]) -> list[_Trouble]:
        """Path, expected and actual of everything that is wrong; adds the requirements of what shows to `shown`."""
        found: list[_Trouble] = []
        if not self._quick.is_valid(document):
            for error in self._explaining.iter_errors(document):
                found += _explained(error)
        for path, name in self.shape.survey(document, shown):
            found.append((path, f"the member name {path[-1]}", f"the member name {name}"))
        return found

    def _problem(self, path: tuple[Step, ...], expected: str, actual: str, xml_root: str) -> Problem:
        where = xml_path(self.schema, path, xml_root) if xml_root else json_path(path)
        return Problem(requirement_at(self.schema, path), where, expected, actual)

    def _requirement_of_element(self, xpath: str) -> str:
        schema, found = self.schema, requirement_of(self.schema)
        for name in (part.partition("[")[0] for part in xpath.split("/")[2:]):
            step = next((sub for sub in _children(schema) if sub[0] == name), None)
            if step is None:
                break
            schema = step[1]
            found = requirement_of(schema) or found
        return found

    @cached_property
    def shape(self) -> Shape:
        """The schema, ready for walking."""
        return Shape.of(self.schema)

    @cached_property
    def _quick(self) -> Any:
        import jsonschema_rs

        return jsonschema_rs.Draft202012Validator(dict(self.schema))

    @cached_property
    def _explaining(self) -> Any:
        from jsonschema import Draft202012Validator

        return Draft202012Validator(self.schema)

    @cached_property
    def _xsd(self) -> Xsd:
        assert self.xsd_file is not None  # noqa: S101 (asked for only where there is one)
        return Xsd(self.xsd_file)


def _children(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Element name and schema of everything that may stand inside an element."""
    if schema.get("type") == "array":
        items = schema["items"]
        yield items.get("xml", {}).get("name", ""), items
    for name, sub in properties_of(schema).items():
        yield sub.get("xml", {}).get("name", name), sub


def _explained(error: Any) -> Iterator[_Trouble]:
    """A validation error as path, expected and actual, in words."""
    path = tuple(error.absolute_path)
    keyword, value = error.validator, error.validator_value
    if keyword == "required":
        for name in value:
            if name not in error.instance:
                yield (*path, name), "always shown", f"absent; shown are {_names(error.instance)}"
        return
    if keyword in {"if", "anyOf", "oneOf", "allOf"} and error.context:
        for inner in error.context:
            yield from _explained(inner)
        return
    yield path, _expectation(keyword, value), _short(error.instance)


def _expectation(keyword: str, value: Any) -> str:
    match keyword:
        case "type":
            return "a value of type " + (" or ".join(value) if isinstance(value, list) else str(value))
        case "enum":
            return "one of " + ", ".join(map(str, value))
        case "const":
            return f"exactly {value!r}"
        case "maxLength":
            return f"at most {value} characters"
        case "minLength":
            return f"at least {value} characters"
        case "pattern":
            return f"text of the form {value}"
        case "minimum":
            return f"at least {value}"
        case _:
            return f"{keyword}: {value}"


def _names(instance: Mapping[str, Any]) -> str:
    return ", ".join(map(str, instance)) or "no members"


def _short(value: object, limit: int = 120) -> str:
    text = wire_text(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
