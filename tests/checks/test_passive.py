"""What every answer must keep, role by role, judged on exchanges that stand in a run file."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from conformance.checks import Answer, Broken, Kept, Observed, Outcome
from conformance.checks.passive import answer_requirements, judged
from conformance.wire.redaction import marker

from .answers import CONTRACT, ID, JSON, ORDERS_XML, XML, answer, no_answer, orders, refusal

MARK = marker("api_code")


def broken(outcomes: Iterable[Outcome]) -> list[tuple[str, str, str]]:
    """Requirement, place and what came."""
    return [(item.requirement, item.where, item.actual) for item in outcomes if isinstance(item, Broken)]


def kept(judged_answer: Answer) -> set[str]:
    return {item.requirement for item in judged(judged_answer) if isinstance(item, Kept)}


def observed(judged_answer: Answer) -> dict[str, str]:
    return {item.reading: item.option for item in judged(judged_answer) if isinstance(item, Observed)}


@pytest.mark.parametrize("good", [answer(orders()), answer(ORDERS_XML, XML), answer(refusal())], ids=["JSON", "XML", "108"])
def test_the_documents_own_examples_break_nothing(good: Answer) -> None:
    assert broken(judged(good)) == []


def test_a_good_answer_keeps_the_rows_about_answers_and_those_of_its_members() -> None:
    assert {"OS-017", "OS-018", "OS-016", "OS-009", "OS-110", "OS-111", "OS-197"} <= kept(answer(orders()))
    assert "OS-010" not in kept(answer(orders()))
    assert "OS-010" in kept(answer(ORDERS_XML, XML))


def test_every_outcome_names_the_exchange_that_shows_it() -> None:
    for seen in (answer(orders()), answer("<html>", "text/html"), answer("{", JSON), answer("", status=500), no_answer()):
        found = [item.exchanges for item in judged(seen) if isinstance(item, Broken | Kept | Observed)]
        assert set(found) == {(ID,)}


def test_no_answer_at_all_is_told_and_nothing_else() -> None:
    assert broken(judged(no_answer())) == [("OS-001", "exchange", "no answer within the time limit")]
    assert kept(no_answer()) == set()


def test_a_page_of_html_names_neither_format() -> None:
    page = answer("<html></html>", "text/html; charset=utf-8", accept=JSON)
    assert broken(judged(page)) == [("OS-009", "header Content-Type", "text/html; charset=utf-8")]


def test_an_answer_without_content_type_names_neither_format() -> None:
    assert broken(judged(answer(orders(), "", accept=JSON))) == [("OS-009", "header Content-Type", "no Content-Type")]


@pytest.mark.parametrize("body", [orders(), "<html>", ""])
def test_of_a_server_error_only_the_status_is_judged(body: object) -> None:
    assert broken(judged(answer(body, status=500))) == [("OS-017", "status", "HTTP 500 Internal Server Error")]


@pytest.mark.parametrize("status", [201, 204, 302])
def test_of_a_status_that_no_document_names_only_that_is_judged(status: int) -> None:
    found = answer("", status=status)
    assert broken(judged(found)) == [("OS-018", "status", f"HTTP {status}")]
    assert "OS-018" not in kept(found)


@pytest.mark.parametrize("status", [401, 404, 405])
def test_a_refusal_by_http_may_have_any_body(status: int) -> None:
    refused = answer("<html>", "text/html", status=status)
    assert broken(judged(refused)) == []
    assert {"OS-017", "OS-018"} <= kept(refused)
    assert observed(refused) == {}


def test_an_error_in_the_body_with_a_client_error_status_is_observed_and_its_body_is_judged() -> None:
    refused = answer(refusal(108, "Nothing."), status=404)
    assert observed(refused)["order-status-error-http-status"] == "4xx"
    assert broken(judged(refused)) == [("OS-108", "$.requestError.message", "Nothing.")]


def test_an_error_in_the_body_with_status_200_is_observed() -> None:
    assert observed(answer(refusal()))["order-status-error-http-status"] == "200"


@pytest.mark.parametrize(
    ("accept", "requirement"),
    [("application/json", "OS-003"), ("text/json", "OS-004"), ("text/xml", "OS-005"), ("application/xml", "OS-006")],
)
def test_an_answer_in_the_other_format_breaks_the_row_of_what_was_asked_for(accept: str, requirement: str) -> None:
    body, came = (orders(), JSON) if "xml" in accept else (ORDERS_XML, XML)
    assert broken(judged(answer(body, came, accept=accept))) == [(requirement, "header Content-Type", came)]


@pytest.mark.parametrize(
    ("accept", "came", "option"),
    [(JSON, f"{JSON}; charset=utf-8", "as-asked"), ("text/json", JSON, "canonical"), (JSON, "text/json", "canonical")],
)
def test_the_spelling_of_the_media_type_is_observed(accept: str, came: str, option: str) -> None:
    assert observed(answer(orders(), came, accept=accept)) == {"order-status-media-type-spelling": option}


@pytest.mark.parametrize(
    "body",
    ["", "{", '{"orders": [],}', "{'orders': []}", '{"orders": NaN}', b'{"orders": "\xff"}', "[" * 100_000, ORDERS_XML],
    ids=["empty", "cut", "comma", "quotes", "NaN", "no UTF-8", "too deep", "XML"],
)  # fmt: skip
def test_a_body_that_is_not_well_formed_json_breaks_one_row(body: str | bytes) -> None:
    ((requirement, where, _),) = broken(judged(answer(body)))
    assert (requirement, where) == ("OS-009", "body")


@pytest.mark.parametrize("body", ["", "<a>", "<a></b>", "<a/><b/>", "{}", "<a>&nbsp;</a>", b'<a b="\xff"/>'])
def test_a_body_that_is_not_well_formed_xml_breaks_one_row(body: str | bytes) -> None:
    ((requirement, where, _),) = broken(judged(answer(body, XML)))
    assert (requirement, where) == ("OS-009", "body")


def test_xml_elements_in_another_order_break_the_row_about_order_alone() -> None:
    currency, price = "<Currency>EUR</Currency>", "<TotalPrice>24.78</TotalPrice>"
    turned = ORDERS_XML.replace(currency, "").replace(price, price + currency)
    ((requirement, where, _),) = broken(judged(answer(turned, XML)))
    assert (requirement, where) == ("OS-010", "/OrderStatusResponse/Orders/Order[1]")
    assert "OS-010" not in kept(answer(turned, XML))


def test_the_root_and_the_namespace_of_xml_are_observed() -> None:
    spelling = {"order-status-media-type-spelling": "as-asked"}
    other = ORDERS_XML.replace("<OrderStatusResponse>", '<Answer xmlns="urn:x">').replace("/OrderStatusResponse", "/Answer")
    assert observed(answer(ORDERS_XML, XML)) == spelling | {
        "order-status-xml-root": "as-named", "order-status-xml-namespace": "none",
    }  # fmt: skip
    assert observed(answer(other, XML)) == spelling | {
        "order-status-xml-root": "other", "order-status-xml-namespace": "some",
    }  # fmt: skip
    assert broken(judged(answer(other, XML))) == []


@pytest.mark.parametrize("status", [200, 401, 500])
def test_an_echo_of_the_credential_is_told_whatever_the_status(status: int) -> None:
    in_body = broken(judged(answer(f'{{"orders": [], "you": "{MARK}"}}', status=status)))
    in_headers = broken(judged(answer({"orders": []}, status=status, you=MARK)))
    assert ("OS-016", "body", "the credential itself") in in_body
    assert ("OS-016", "headers", "the credential itself") in in_headers
    assert "OS-016" in kept(answer({"orders": []}, status=status))


@pytest.mark.parametrize(("code", "member"), [(103, "requestError"), (106, "requestError"), (108, "requestError"),
                                              (109, "warning")])  # fmt: skip
def test_an_altered_message_breaks_the_row_of_its_code(code: int, member: str) -> None:
    message = refusal(code)["requestError"]["message"]
    altered = {"orders": [], member: {"message": message.upper(), "code": code}}
    found = broken(judged(answer(altered)))
    assert found == [(f"OS-{code}", f"$.{member}.message", message.upper())]


def test_a_message_of_which_only_the_beginning_is_known_may_go_on() -> None:
    message = refusal(109)["requestError"]["message"]
    assert broken(judged(answer({"orders": [], "warning": {"message": f"{message} EN, FR", "code": 109}}))) == []


def test_a_code_that_no_table_has_is_left_to_the_scenarios() -> None:
    assert broken(judged(answer(refusal(999, "Something else.")))) == []


def test_a_member_of_the_wrong_kind_breaks_its_own_row_and_keeps_the_others() -> None:
    spoiled = orders()
    spoiled["orders"][0]["statusCode"] = "3"
    found = answer(spoiled)
    assert broken(judged(found)) == [("OS-114", "$.orders[0].statusCode", '"3"')]
    assert "OS-114" not in kept(found)
    assert "OS-115" in kept(found)


def test_a_list_at_the_top_breaks_the_row_of_the_whole() -> None:
    assert broken(judged(answer([]))) == [("OS-110", "$", "[]")]


def test_what_is_judged_on_answers_belongs_to_the_contract() -> None:
    assert answer_requirements(CONTRACT) <= CONTRACT.requirements.keys()
    assert {"OS-001", "OS-016", "OS-110", "OS-197"} <= answer_requirements(CONTRACT)
