"""What counts as a difference between two documents, and what is only another way to write the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.checks.compare import Difference, declared, differences, moment, same
from conformance.contract.tree import Shape

from .answers import OPERATION, SCHEMA, orders

GUID = "b1165fff-90e8-49b1-8504-b383b623c505"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (10, 10.0),
        (0.1 + 0.2, 0.3),
        (1, 1.0000000001),
        (0, 1e-10),
        ("", None),
        ([], None),
        ({}, None),
        ("", []),
        (GUID, GUID.upper()),
        ("2014-11-17T11:04:49.5", "2014-11-17T11:04:49.5000000"),
        ("2014-11-17T11:04:49", "2014-11-17T11:04:49.000"),
        ("text", "text"),
        (True, True),
        ([1], [1]),
        ({"a": None}, {"a": None}),
    ],
)
def test_another_way_to_write_a_value_is_no_difference(left: object, right: object) -> None:
    assert same(left, right)
    assert same(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (10, 11),
        (1_000_000_000, 1_000_000_001),
        (24.78, 24.79),
        (1, 1.00000001),
        (0, 1e-8),
        (1, True),
        (0, False),
        (0, None),
        (False, None),
        ("10", 10),
        ("Text", "text"),
        (GUID, GUID.replace("b", "c")),
        ("2014-11-17T11:04:49.5", "2014-11-17T11:04:49.50001"),
        ("2014-11-17T11:04:49.1234567", "2014-11-17T11:04:49.1234568"),
        ("2014-13-17T11:04:49", "2014-14-17T11:04:49"),
        ("2014-11-17T11:04:49", "2014-11-17"),
        ([1], []),
    ],
)
def test_another_value_is_a_difference(left: object, right: object) -> None:
    assert not same(left, right)
    assert not same(right, left)


def test_a_difference_names_its_place_and_both_values() -> None:
    changed = orders()
    changed["orders"][0]["orderItems"][0]["quantity"] = 3
    path = ("orders", 0, "orderItems", 0, "quantity")
    assert list(differences(orders(), changed, SCHEMA)) == [Difference(path, 2, 3)]


def test_lists_of_different_length_differ_as_a_whole() -> None:
    found = differences(orders(), {"orders": []}, SCHEMA)
    assert list(found) == [Difference(("orders",), "1 entries", "0 entries")]


@pytest.mark.parametrize(("left", "right"), [({}, "text"), ({"a": 1}, []), ([1], "text"), ([], {"a": 1}), ({"a": 1}, None)])
def test_values_of_different_kinds_differ_as_a_whole(left: object, right: object) -> None:
    schema: dict[str, Any] = {"properties": {"a": {}}, "items": {}}
    assert list(differences(left, right, schema, ("x",))) == [Difference(("x",), left, right)] * (not same(left, right))
    assert list(differences(right, left, schema, ("x",))) == [Difference(("x",), right, left)] * (not same(left, right))


def test_a_vendor_whose_values_have_more_than_one_form_brings_its_own_comparison() -> None:
    left, right = ({"a": {"b": ["1", "x"]}}, {"a": {"b": [1, "y"]}})
    schema: dict[str, Any] = {"properties": {"a": {"properties": {"b": {"items": {}}}}}}
    found = differences(left, right, schema, equal=lambda one, other: str(one) == str(other))
    assert list(found) == [Difference(("a", "b", 1), "x", "y")]


def test_what_is_declared_is_the_document_without_the_vendors_own_members() -> None:
    schema: dict[str, Any] = {"properties": {"a": {"items": {"properties": {"b": {}}}}, "c": {}, "d": {"properties": {}}}}
    document = {"a": [{"b": 1, "x": 2}, {"x": 3}, 7], "c": {"x": [4]}, "d": {"x": 5}, "y": 6}
    assert declared(document, schema) == {"a": [{"b": 1}, {}, 7], "c": {"x": [4]}, "d": {"x": 5}}
    assert declared([{"x": 1}], {}) == [{"x": 1}]
    assert declared("text", schema) == "text"
    assert declared(["text"], {"properties": {"a": {}}}) == ["text"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2014-11-17T11:04:49", datetime(2014, 11, 17, 11, 4, 49)),
        ("2014-11-17T11:04:49.5", datetime(2014, 11, 17, 11, 4, 49, 500_000)),
        ("2014-11-17T11:04:49.000001", datetime(2014, 11, 17, 11, 4, 49, 1)),
        ("2014-11-17T11:04:49.1234567", datetime(2014, 11, 17, 11, 4, 49, 123_456)),
        ("2014-11-31T11:04:49", None),
        ("2014-11-17", None),
        ("2014-11-17T11:04:49Z", None),
        ("", None),
        (None, None),
        (20141117, None),
    ],
)
def test_a_moment_is_a_date_time_of_any_fraction_and_without_zone(text: object, read: datetime | None) -> None:
    assert moment(text) == read


def test_members_that_the_schema_does_not_declare_are_the_vendors_own() -> None:
    assert list(differences({"orders": [], "more": 1}, {"more": 2, "orders": []}, SCHEMA)) == []


letters = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FF, exclude_categories=["C"]), max_size=12)
numbers = st.integers(-(10**12), 10**12).map(lambda cents: cents / 100)


def documents(shape: Shape) -> st.SearchStrategy[Any]:
    """Documents of a shape: whatever its members say, it is of the right kind."""
    if shape.item is not None:
        return st.lists(documents(shape.item), max_size=2)
    if shape.kind == "object":
        every = {name: documents(member) for name, member in shape.members.items()}
        return st.fixed_dictionaries(
            {name: value for name, value in every.items() if name in shape.required},
            optional={name: value for name, value in every.items() if name not in shape.required},
        )
    scalars = {"integer": st.integers(), "number": numbers, "boolean": st.booleans()}
    return scalars.get(shape.kind, letters)


def rendered(value: Any, shape: Shape, name: str) -> str:
    """A document in XML, as a vendor would write it: numbers with many places, nothing for what is empty."""
    if shape.item is not None:
        inner = "".join(rendered(item, shape.item, shape.item.xml_name) for item in value)
    elif shape.kind == "object":
        names = {json_name: xml_name for xml_name, (json_name, _) in shape.elements.items()}
        inner = "".join(rendered(sub, shape.members[key], names[key]) for key, sub in value.items())
    elif isinstance(value, bool):
        inner = str(value).lower()
    else:
        inner = f"{value:.20f}" if isinstance(value, float) else escape(str(value))
    return f"<{name}>{inner}</{name}>"


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_document_is_the_same_after_it_went_through_xml(data: st.DataObject) -> None:
    shape = OPERATION.answer.shape
    document = data.draw(documents(shape))
    again = OPERATION.answer.read_xml(rendered(document, shape, shape.xml_name).encode()).document
    assert list(differences(document, again, SCHEMA)) == []
    assert list(differences(again, document, SCHEMA)) == []
