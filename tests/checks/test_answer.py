"""An answer as it is read: what it says, and why it says nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.checks import Answer, Unreadable, refused_with
from conformance.contract import Format
from conformance.wire.recorder import TOO_LARGE

from .answers import JSON, ORDERS_XML, XML, answer, answer_of, fresh, no_answer, orders

STATES = "dandomain/orders GetOrderStates"
DELETED = "dandomain/orders DeleteOrder"


def unreadable(seen: Answer) -> tuple[str, bool]:
    """Why an answer says nothing, and whether that is left unblamed."""
    with pytest.raises(Unreadable) as error:
        _ = seen.document
    return str(error.value), error.value.unblamed


def test_what_cannot_be_read_is_blamed_unless_told_otherwise() -> None:
    assert (str(Unreadable("why")), Unreadable("why").unblamed) == ("why", False)
    assert Unreadable("why", unblamed=True).unblamed


def test_no_answer_is_blamed_unless_we_cut_it_ourselves() -> None:
    assert unreadable(no_answer("refused")) == ("no answer: refused", False)
    assert unreadable(no_answer(f"{TOO_LARGE} (1)")) == (f"no answer: {TOO_LARGE} (1)", True)


def test_an_answer_that_never_came_has_no_status_and_a_place_all_the_same() -> None:
    assert (no_answer().status, no_answer().refused_by_http, no_answer().says_success) == (0, False, False)
    assert no_answer().where("orders", 0) == "$.orders[0]"


UNREADABLE = {
    "another media type": (answer("x", "text/html"), "HTTP 200: the media type text/html names neither format", False),
    "no media type": (answer("x", "", accept=JSON), "HTTP 200: the media type (none) names neither format", False),
    "not JSON": (answer("{"), "HTTP 200: Expecting property name enclosed in double quotes", False),
    "not a value of JSON": (answer("[NaN]"), "HTTP 200: NaN is no JSON value", False),
    "nested too deeply": (answer("[" * 100_000), "HTTP 200: nested too deeply to be read", False),
    "another top": (answer([]), "HTTP 200: the top of the body is no object but list", False),
    "another top where two are allowed": (
        answer_of(STATES, {}), "HTTP 200: the top of the body is no array or null but dict", False),
    "a list where an object is needed": (
        answer_of(STATES, []), "HTTP 200: the top of the body is no object but list", False),
    "refused by HTTP alone": (
        answer("x", "text/html", status=400), "HTTP 400: the media type text/html names neither format", True),
    "refused by HTTP with another top": (
        answer([], status=499), "HTTP 499: the top of the body is no object but list", True),
    "refused by HTTP where an object is needed": (
        answer_of(STATES, [], status=404), "HTTP 404: the top of the body is no object but list", True),
    "a server error": (answer("x", "text/html", status=500),
                       "HTTP 500: the media type text/html names neither format", False),
}  # fmt: skip


@pytest.mark.parametrize(("seen", "why", "unblamed"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_says_why_and_is_blamed_unless_http_refused_it(seen: Answer, why: str, unblamed: bool) -> None:
    told, free = unreadable(fresh(seen))
    assert told == why or told.startswith(f"{why}:")
    assert free is unblamed


@pytest.mark.parametrize(("status", "refused"), [(399, False), (400, True), (499, True), (500, False), (501, False)])
def test_a_client_error_is_a_refusal_by_http(status: int, refused: bool) -> None:
    assert answer(orders(), status=status).refused_by_http is refused


def test_the_format_is_what_accept_asked_for_and_what_the_content_type_names() -> None:
    seen = answer(ORDERS_XML, f"{XML}; charset=utf-8", accept=JSON)
    assert (seen.asked, seen.format) == (Format.JSON, Format.XML)
    assert replace(seen, accept=None).asked is None


SUCCESSES = {
    "orders": (answer(orders()), True),
    "of an object one member": (answer({"orders": []}), True),
    "of an object none that is documented": (answer({"more": 1}), False),
    "the last status of success": (answer(orders(), status=299), True),
    "a redirection": (answer(orders(), status=300), False),
    "a status of information": (answer(orders(), status=199), False),
    "a client error": (answer(orders(), status=404), False),
    "nothing readable": (answer("<html>", "text/html"), False),
    "a list": (answer_of(STATES, []), True),
    "a truth value, be it false": (answer_of(DELETED, False), True),
    "null": (answer_of(DELETED, None), False),
}


@pytest.mark.parametrize(("seen", "success"), SUCCESSES.values(), ids=SUCCESSES)
def test_a_success_is_what_the_operation_answers_when_it_succeeds(seen: Answer, success: bool) -> None:
    assert fresh(seen).says_success is success


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ('{"a": 1, "b": 2}', []),
        ('{"a": 1, "b": 2, "a": 1}', ["a"]),
        ('{"a": 1, "a": 1, "a": 1, "b": 1, "b": 2}', ["a", "b"]),
        ('{"c": [{"a": 1}, {"a": 1}], "d": {"a": 1, "a": 2}}', ["a"]),
    ],
)
def test_names_that_stand_more_than_once_in_one_object_are_noted(body: str, names: list[str]) -> None:
    seen = answer(body)
    assert isinstance(seen.parsed, dict)
    assert seen.repeated == names


@pytest.mark.parametrize(
    ("seen", "well_formed"),
    [(answer("[1]"), True), (answer("[1"), False), (answer("<a/>", XML), True), (answer("<a>", XML), False),
     (answer("{}", "text/html"), False)],
)  # fmt: skip
def test_what_is_written_as_its_label_says_is_well_formed(seen: Answer, well_formed: bool) -> None:
    assert fresh(seen).is_well_formed is well_formed


def test_of_repeated_names_the_last_counts() -> None:
    assert answer('{"a": 1, "a": 2}').parsed == {"a": 2}


def test_what_is_documented_is_the_body_without_the_vendors_own_members() -> None:
    shown = {"orders": [{"orderNumber": "IMC1", "more": 1}], "page": 2}
    assert answer(shown).documented == {"orders": [{"orderNumber": "IMC1"}]}


def test_a_place_is_told_in_the_form_of_the_answer() -> None:
    assert answer(orders()).where("orders", 0, "orderNumber") == "$.orders[0].orderNumber"
    assert answer(ORDERS_XML, XML).where("orders", 0, "orderNumber") == "/OrderStatusResponse/Orders/Order[1]/OrderNumber"
    assert answer("<a>", XML).where("orders") == "$.orders"


def test_a_refusal_is_not_looked_for_in_an_answer_that_cannot_be_read() -> None:
    with pytest.raises(Unreadable, match="names neither format"):
        refused_with(answer("<html>", "text/html"), 106, "OS-106")
    with pytest.raises(Unreadable, match="no answer"):
        refused_with(no_answer(), 106, "OS-106")
