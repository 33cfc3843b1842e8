"""Walks an inlined schema beside a document: names, paths, and the requirement that each member answers to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Step = str | int


def properties_of(schema: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """The members that a schema declares, by JSON name."""
    found: Mapping[str, Mapping[str, Any]] = schema.get("properties", {})
    return found


def types_of(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The JSON types that a schema allows, in its order; empty where it names none and so allows all."""
    value = schema.get("type", ())
    return (value,) if isinstance(value, str) else tuple(value)


_PYTHON: Mapping[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,), "null": (type(None),),
    "integer": (int,), "number": (int, float),
}  # fmt: skip


def is_of_type(value: object, schema: Mapping[str, Any]) -> bool:
    """Whether a parsed value is of a type that the schema allows; nothing is said of what it holds."""
    allowed = types_of(schema)
    if isinstance(value, bool):
        return not allowed or "boolean" in allowed
    return not allowed or any(isinstance(value, _PYTHON[name]) for name in allowed)


def requirement_of(schema: Mapping[str, Any]) -> str:
    """The (first) requirement that a schema names, or ""."""
    value = schema.get("x-requirement", "")
    return str(value[0] if isinstance(value, list) else value)


def sub_schema(schema: Mapping[str, Any], step: Step) -> Mapping[str, Any]:
    """The schema one step down; empty where the schema declares nothing there."""
    if isinstance(step, int):
        items: Mapping[str, Any] = schema.get("items", {})
        return items
    return properties_of(schema).get(step, {})


def requirement_at(schema: Mapping[str, Any], path: tuple[Step, ...]) -> str:
    """The requirement of the member at a path, or of the nearest one above it that names one."""
    found = requirement_of(schema)
    for step in path:
        schema = sub_schema(schema, step)
        found = requirement_of(schema) or found
    return found


def json_path(path: tuple[Step, ...]) -> str:
    """A path as JSONPath: `$.orders[0].statusCode`."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def xml_path(schema: Mapping[str, Any], path: tuple[Step, ...], root: str) -> str:
    """The same path as XPath, with the XML names of the schema: `/Root/Orders/Order[1]/StatusCode`."""
    parts = [f"/{root}"]
    for step in path:
        schema = sub_schema(schema, step)
        name = schema.get("xml", {}).get("name", step)
        parts.append(f"/{name}[{step + 1}]" if isinstance(step, int) else f"/{name}")
    return "".join(parts)


def wire_text(value: object) -> str:
    """A value as it would stand on the wire, for a reader."""
    return json.dumps(value, ensure_ascii=False, default=str)


@dataclass(frozen=True, eq=False)
class Shape:
    """A schema made ready for walking beside many documents: what a walk asks for at every node, asked for once."""

    requirement: str
    kind: str
    """The first type that is not null; "" where the schema names none."""
    nullable: bool
    members: Mapping[str, Shape]
    elements: Mapping[str, tuple[str, Shape]]
    """XML name → JSON name and shape."""
    spelled: Mapping[str, str]
    """JSON name in small letters → JSON name, of the optional members."""
    elements_spelled: Mapping[str, str]
    """The same for XML names, of all members."""
    required: frozenset[str]
    item: Shape | None
    xml_name: str

    @staticmethod
    def of(schema: Mapping[str, Any]) -> Shape:
        """The shape of an inlined schema."""
        members = {name: Shape.of(sub) for name, sub in properties_of(schema).items()}
        required = frozenset(schema.get("required", ()))
        elements = {shape.xml_name or name: (name, shape) for name, shape in members.items()}
        return Shape(
            requirement=requirement_of(schema),
            kind=next((name for name in types_of(schema) if name != "null"), ""),
            nullable="null" in types_of(schema),
            members=members,
            elements=elements,
            spelled={name.casefold(): name for name in members if name not in required},
            elements_spelled={name.casefold(): name for name in elements},
            required=required,
            item=Shape.of(schema["items"]) if "items" in schema else None,
            xml_name=str(schema.get("xml", {}).get("name", "")),
        )

    def survey(
        self, document: object, shown: set[str], path: tuple[Step, ...] = ()
    ) -> Iterator[tuple[tuple[Step, ...], str]]:
        """Adds the requirement of every member that shows, and yields members whose name has other letters.

        A required member under another name is missing, which the schema says; here only optional ones count.
        """
        if self.requirement:
            shown.add(self.requirement)
        if isinstance(document, dict):
            for name, value in document.items():
                member = self.members.get(name)
                if member is not None:
                    if member.members or member.item:
                        yield from member.survey(value, shown, (*path, name))
                    elif member.requirement:
                        shown.add(member.requirement)
                    continue
                documented = self.spelled.get(str(name).casefold())
                if documented and documented not in document:
                    yield (*path, documented), str(name)
        elif isinstance(document, list) and self.item is not None:
            for index, value in enumerate(document):
                yield from self.item.survey(value, shown, (*path, index))
