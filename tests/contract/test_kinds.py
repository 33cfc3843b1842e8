"""Bodies whose top is no object, types that are lists, and XML's nil."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract import Operation
from conformance.contract.bodies import BodySchema, Problem
from conformance.contract.tree import is_of_type, types_of

XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
ROW: dict[str, Any] = {
    "type": "object",
    "required": ["id", "note"],
    "xml": {"name": "row"},
    "properties": {
        "id": {"type": ["string", "integer"], "pattern": "^[0-9]+$", "minimum": 1, "x-requirement": "R-1"},
        "note": {"type": ["string", "null"], "x-requirement": "R-2"},
        "size": {"type": ["number", "null"], "x-requirement": "R-3"},
        "map": {"type": ["object", "array"], "maxItems": 0, "x-requirement": "R-4",
                "properties": {"a": {"type": "integer", "x-requirement": "R-5"}}},
    },
}  # fmt: skip
ROWS = BodySchema({"type": "array", "items": ROW, "xml": {"name": "ArrayOfrow"}, "x-requirement": "R-0"}, None)
TRUTH = BodySchema({"type": "boolean", "xml": {"name": "boolean"}, "x-requirement": "R-9"}, None)


def json_problems(body: BodySchema, document: object) -> list[Problem]:
    return body.examine_json(document).problems


def test_a_list_at_the_top_is_judged_row_by_row() -> None:
    assert json_problems(ROWS, [{"id": 1, "note": None}, {"id": "22", "note": ""}]) == []
    assert [(p.requirement, p.where) for p in json_problems(ROWS, [{"id": 1, "note": ""}, {"id": "x", "note": 3}])] == [
        ("R-1", "$[1].id"), ("R-2", "$[1].note"),
    ]  # fmt: skip


def test_an_object_in_place_of_the_list_is_told_at_the_top() -> None:
    assert json_problems(ROWS, {}) == [Problem("R-0", "$", "a value of type array", "{}")]


@pytest.mark.parametrize(("value", "good"), [({}, True), ([], True), ({"a": 1}, True), ([1], False), ("", False)])
def test_an_empty_list_may_stand_for_an_empty_map(value: object, good: bool) -> None:
    problems = json_problems(ROWS, [{"id": 1, "note": "", "map": value}])
    assert [p.requirement for p in problems] == ([] if good else ["R-4"])


def test_what_shows_inside_a_list_at_the_top_is_named() -> None:
    assert ROWS.examine_json([{"id": 1, "note": None, "map": {"a": 1}}]).shown == {"R-0", "R-1", "R-2", "R-4", "R-5"}


@pytest.mark.parametrize("value", [True, False])
def test_a_truth_value_at_the_top(value: bool) -> None:
    assert json_problems(TRUTH, value) == []
    assert json_problems(TRUTH, str(value)) == [Problem("R-9", "$", "a value of type boolean", f'"{value}"')]


def test_xml_of_a_truth_value_and_of_a_list() -> None:
    assert TRUTH.read_xml(b'<boolean xmlns="urn:x">true</boolean>').document is True
    first = "<row><id>7</id><note i:nil='true'/><size i:nil='1'/></row>"
    rows = f"<ArrayOfrow {XSI}>{first}<row><id>8</id><note/><size/></row></ArrayOfrow>"
    assert ROWS.read_xml(rows.encode()).document == [{"id": "7", "note": None, "size": None}, {"id": "8", "note": ""}]


def test_nil_where_no_null_is_allowed_is_the_empty_value() -> None:
    body = BodySchema({"type": "object", "properties": {"name": {"type": "string"}}}, None)
    assert body.read_xml(f"<x {XSI}><name i:nil='true'/></x>".encode()).document == {"name": ""}


@pytest.mark.parametrize(
    ("value", "kinds", "fits"),
    [(True, "integer", False), (True, "boolean", True), (1, "number", True), (1.5, "integer", False), (None, "null", True),
     ({}, ["array", "object"], True), ([], "object", False), ("", ["null", "string"], True), (1, "string", False)],
)  # fmt: skip
def test_a_truth_value_is_no_number(value: object, kinds: str | list[str], fits: bool) -> None:
    assert is_of_type(value, {"type": kinds}) is fits
    assert is_of_type(value, {}) is True


def test_a_schema_without_a_type_names_none() -> None:
    assert types_of({}) == ()


def test_path_parameters_are_filled_in_and_encoded() -> None:
    operation = Operation("GetThing", "GET", "/x/{key}/{id}", False, (), ("200",), {}, (), TRUTH)
    assert operation.at({"key": "a b", "id": "ü/1"}) == "/x/a%20b/%C3%BC%2F1"
    with pytest.raises(KeyError, match="id"):
        operation.at({"key": "a"})


@pytest.mark.parametrize(("path", "fits"), [("/x/k/1", True), ("/x/{key}/{id}", True), ("/x/k", False), ("/x/k/1/2", False)])
def test_a_path_is_known_by_its_fixed_parts(path: str, fits: bool) -> None:
    operation = Operation("GetThing", "GET", "/x/{key}/{id}", False, (), ("200",), {}, (), TRUTH)
    assert operation.fits(path) is fits
