"""Error objects: where they are found, and when one is the documented refusal."""

from __future__ import annotations

import pytest

from conformance.checks import Broken, Kept, error_objects, refused_with
from conformance.checks.errors import codes_of, messages_as_documented

from .answers import ID, OPERATION, XML, answer, refusal

WORDS = "Date range is wrong; please make sure DateFrom is older than DateTo."
EXPECTED = f"error 106 “{WORDS}”"
IN_XML = f"<Answer><RequestError><Message>{WORDS}</Message><Code>106</Code></RequestError></Answer>"


def places(body: object) -> list[tuple[str, tuple[str | int, ...], object]]:
    return [(error.place, error.path, error.code) for error in error_objects(answer(body))]


def test_error_objects_are_found_wherever_they_stand_from_the_top_down() -> None:
    body = {
        "requestError": {"code": 1, "message": ""},
        "warning": {"message": ""},
        "orders": [{}, {"orderError": {"code": 3}, "orderItems": [{"OddError": {"code": 4}}]}],
    }
    assert places(body) == [
        ("requestError", ("requestError",), 1),
        ("warning", ("warning",), None),
        ("orderError", ("orders", 1, "orderError"), 3),
        ("OddError", ("orders", 1, "orderItems", 0, "OddError"), 4),
    ]


def test_a_bare_code_and_message_are_an_error_object_at_the_top_only() -> None:
    assert places({"code": 108, "message": "x"}) == [("", (), 108)]
    assert places({"orders": [{"code": 108, "message": "x"}]}) == []


def test_an_error_object_has_its_code_and_message_as_they_came() -> None:
    body = {"code": 108, "message": "x", "warning": {"code": "1", "message": ["y"]}}
    assert [(error.code, error.message) for error in error_objects(answer(body))] == [(108, "x"), ("1", ["y"])]


def test_what_only_sounds_like_an_error_is_none() -> None:
    assert places({"requestError": None, "orderError": "none", "error": {}, "warnings": {"code": 1}}) == []


def test_an_answer_that_cannot_be_read_has_no_error_objects() -> None:
    assert error_objects(answer("<html>", "text/html")) == []
    assert error_objects(answer("[]")) == []


def test_codes_that_are_no_code_are_left_out() -> None:
    body = {"requestError": {"code": [106]}, "orders": [{"orderError": {"code": {}}}], "warning": {"code": 109}}
    assert codes_of(answer(body)) == {109}


BEGINNING = OPERATION.errors[109].message


@pytest.mark.parametrize(
    ("code", "message", "broken"),
    [
        (106, WORDS, None),
        (106, "Wrong.", Broken("OS-106", "$.requestError.message", WORDS, "Wrong.", (ID,))),
        (106, None, Broken("OS-106", "$.requestError.message", WORDS, "None", (ID,))),
        (109, f"{BEGINNING} EN", None),
        (109, "Wrong.", Broken("OS-109", "$.requestError.message", f"{BEGINNING}…", "Wrong.", (ID,))),
        (999, "Wrong.", None),
        ("106", "Wrong.", None),
        ([106], "Wrong.", None),
    ],
)
def test_a_documented_code_is_held_to_its_text_and_no_other_is(code: object, message: object, broken: Broken | None) -> None:
    body = {"orders": [], "requestError": {"code": code, "message": message}}
    assert list(messages_as_documented(answer(body))) == ([broken] if broken else [])


@pytest.mark.parametrize("status", [200, 400])
def test_the_documented_code_and_text_are_a_refusal_whatever_the_http_status(status: int) -> None:
    assert refused_with(answer(refusal(106), status=status), 106, "OS-106") == Kept("OS-106", (ID,))
    assert refused_with(answer(IN_XML, XML, status=status), 106, "OS-106") == Kept("OS-106", (ID,))


def test_another_text_is_told_at_the_message() -> None:
    found = refused_with(answer(refusal(106, "Wrong.")), 106, "OS-106")
    assert found == Broken("OS-106", "$.requestError.message", WORDS, "Wrong.", (ID,))


def test_another_text_in_xml_is_told_by_xpath() -> None:
    found = refused_with(answer(IN_XML.replace(WORDS, "Wrong."), XML), 106, "OS-106")
    assert found == Broken("OS-106", "/Answer/RequestError/Message", WORDS, "Wrong.", (ID,))


def test_another_code_is_told_with_its_text() -> None:
    actual = f"error 108 “{OPERATION.errors[108].message}”"
    assert refused_with(answer(refusal(108)), 106, "OS-106") == Broken("OS-106", "$", EXPECTED, actual, (ID,))


def test_each_of_several_other_errors_is_told() -> None:
    body = {"requestError": {"code": 1, "message": "One."}, "warning": {"code": 2, "message": "Two."}}
    actual = "error 1 “One.”; error 2 “Two.”"
    assert refused_with(answer(body), 106, "OS-106") == Broken("OS-106", "$", EXPECTED, actual, (ID,))


def test_the_right_error_at_another_place_is_no_refusal_there() -> None:
    found = refused_with(answer(refusal(106)), 106, "OS-106", at=("orders", 0))
    assert found == Broken("OS-106", "$.orders[0]", EXPECTED, EXPECTED, (ID,))
    assert refused_with(answer(refusal(106)), 106, "OS-106", at=("requestError",)) == Kept("OS-106", (ID,))


def test_no_error_at_all_is_told_by_the_status() -> None:
    found = refused_with(answer({"orders": []}), 106, "OS-106")
    assert found == Broken("OS-106", "$", EXPECTED, "HTTP 200 without any error", (ID,))


def test_a_refusal_by_http_alone_carries_no_error_object() -> None:
    found = refused_with(answer("<html>", "text/html", status=400), 106, "OS-106")
    assert found == Broken("OS-106", "$", EXPECTED, "HTTP 400 with a body that carries no error object", (ID,))
