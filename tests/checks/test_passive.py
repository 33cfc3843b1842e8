"""What every answer must keep, role by role, judged on exchanges that stand in a run file."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from conformance.checks import Answer, Broken, Kept, Observed, Outcome
from conformance.checks.passive import answer_requirements, judged
from conformance.contract import specs_folder
from conformance.wire.recorder import TOO_LARGE
from conformance.wire.redaction import marker

from .answers import CONTRACT, ID, JSON, ORDERS_XML, XML, answer, answer_of, fresh, no_answer, orders, refusal

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
    assert broken(judged(fresh(good))) == []


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


# Full outcomes, word by word: what stands in a finding is what the vendor reads.
SHOWN = (ID,)
TOLD: dict[str, tuple[Answer, Broken]] = {
    "no answer": (no_answer("refused"), Broken("OS-001", "exchange", "an answer", "refused", SHOWN)),
    "a server error": (
        answer("", status=500),
        Broken("OS-017", "status", "an answer below HTTP 500, whatever is wrong with the request",
               "HTTP 500 Internal Server Error", SHOWN)),
    "an undocumented status": (
        answer("", status=302), Broken("OS-018", "status", "one of 200, 401, 405, 4XX, 500", "HTTP 302", SHOWN)),
    "another media type": (
        answer("x", "text/plain"),
        Broken("OS-009", "header Content-Type", "a JSON or XML media type", "text/plain", SHOWN)),
    "another media type than the only one": (
        answer_of("macke/orders listOrders", "x", "text/plain"),
        Broken("MK-004", "header Content-Type", "a JSON media type", "text/plain", SHOWN)),
    "the other format": (
        answer(orders(), JSON, accept=XML), Broken("OS-005", "header Content-Type", "XML, as Accept asks", JSON, SHOWN)),
    "no JSON": (
        answer('{"orders": [NaN]}'), Broken("OS-009", "body", "well-formed JSON", "NaN is no JSON value", SHOWN)),
    "a member of another kind": (
        answer({"orders": "none"}), Broken("OS-110", "$.orders", "a value of type array", '"none"', SHOWN)),
    "a name twice": (
        answer('{"orders": [], "orders": [], "orders": []}'),
        Broken("OS-009", "member orders", "each name once in an object", "orders stands more than once in one object",
               SHOWN)),
    "an echo": (
        answer(f'{{"orders": [], "you": "{MARK}"}}'),
        Broken("OS-016", "body", "nothing of the api_code", "the credential itself", SHOWN)),
}  # fmt: skip


@pytest.mark.parametrize(("seen", "told"), TOLD.values(), ids=TOLD)
def test_what_is_broken_is_told_in_full(seen: Answer, told: Broken) -> None:
    assert [item for item in judged(fresh(seen)) if isinstance(item, Broken)] == [told]


def test_what_is_no_xml_is_told_in_the_words_of_the_parser() -> None:
    (found,) = [item for item in judged(answer("", XML)) if isinstance(item, Broken)]
    assert (found.requirement, found.where, found.expected) == ("OS-009", "body", "well-formed XML")
    assert found.actual.startswith("not well-formed XML: ")


def test_elements_in_another_order_are_told_with_what_should_come() -> None:
    price, currency = "<TotalPrice>24.78</TotalPrice>", "<Currency>EUR</Currency>"
    turned = ORDERS_XML.replace(currency, "").replace(price, price + currency)
    (found,) = [item for item in judged(answer(turned, XML)) if isinstance(item, Broken)]
    (due,) = answer(turned, XML).operation.answer.examine_xml(answer(turned, XML).xml).problems
    assert (found.expected, found.actual) == (due.expected, due.actual)
    assert due.expected
    assert due.actual


def test_an_answer_that_we_cut_ourselves_is_not_judged() -> None:
    assert list(judged(no_answer(f"{TOO_LARGE} (64)"))) == []


@pytest.mark.parametrize("status", [400, 404, 499])
def test_a_client_error_without_an_error_object_may_have_any_body(status: int) -> None:
    for body, media_type in (("<html>", "text/html"), ({"orders": []}, JSON), ("{", JSON)):
        refused = answer(body, media_type, status=status)
        assert (broken(judged(refused)), observed(refused)) == ([], {})


@pytest.mark.parametrize("status", [400, 499])
def test_an_error_object_with_a_client_error_is_observed_as_that(status: int) -> None:
    readings = [item for item in judged(answer(refusal(), status=status)) if isinstance(item, Observed)]
    assert [item for item in readings if item.requirement == "OS-018"] == [
        Observed("OS-018", "order-status-error-http-status", "4xx", SHOWN)
    ]


def test_names_twice_in_json_leave_the_rest_of_the_body_to_be_judged() -> None:
    found = answer('{"orders": [], "orders": "none", "warning": 1, "warning": 1}')
    assert broken(judged(found)) == [
        ("OS-110", "$.orders", '"none"'),
        ("OS-136", "$.warning", "1"),
        ("OS-009", "member orders", "orders stands more than once in one object"),
        ("OS-009", "member warning", "warning stands more than once in one object"),
    ]


# DanDomain: no document says how a format is asked for, what form XML has, or how a refusal looks.
STATES, DELETED = "dandomain/orders GetOrderStates", "dandomain/orders DeleteOrder"
STATES_FILE = specs_folder() / "dandomain/orders/examples/response-order-states"
STATES_XML = STATES_FILE.with_suffix(".xml").read_text(encoding="utf-8")
STATES_JSON = STATES_FILE.with_suffix(".json").read_text(encoding="utf-8")
FORMAT, FORM, XML_ROOT, XML_NAMESPACE = (
    f"dandomain-orders-{name}" for name in ("format-choice", "xml-form", "xml-root", "xml-namespace")
)
ABOUT_ANSWERS = {"DD-002", "DD-003", "DD-004"}


@pytest.mark.parametrize(
    ("accept", "body", "came", "option"),
    [(JSON, STATES_JSON, JSON, "as-asked"), (XML, STATES_JSON, JSON, "json-instead"), (XML, STATES_XML, XML, "as-asked")],
)
def test_where_no_document_says_how_a_format_is_asked_for_another_one_is_observed(
    accept: str, body: str, came: str, option: str
) -> None:
    found = answer_of(STATES, body, came, accept=accept)
    assert Observed("DD-006", FORMAT, option, SHOWN) in judged(found)
    assert broken(judged(found)) == []


def test_where_no_format_was_asked_for_none_is_observed() -> None:
    assert observed(answer_of(STATES, STATES_JSON)) == {}


def test_json_keeps_its_members_where_the_form_of_xml_is_open() -> None:
    assert kept(answer_of(STATES, STATES_JSON)) == ABOUT_ANSWERS | {"DD-013", "DD-605", "DD-607"}


@pytest.mark.parametrize(
    ("body", "readings", "rows"),
    [
        (STATES_XML, {FORM: "data-contract", XML_ROOT: "as-named", XML_NAMESPACE: "some"}, {"DD-013", "DD-605", "DD-607"}),
        (STATES_XML.replace("ArrayOf", "ListOf"), {FORM: "data-contract", XML_ROOT: "other", XML_NAMESPACE: "some"},
         {"DD-013", "DD-605", "DD-607"}),
        (re.sub(r"\s+xmlns=\S+(?=>)", "", STATES_XML),
         {FORM: "data-contract", XML_ROOT: "as-named", XML_NAMESPACE: "none"}, {"DD-013", "DD-605", "DD-607"}),
        (STATES_XML.replace("<id>1</id>", ""), {FORM: "other", XML_ROOT: "as-named", XML_NAMESPACE: "some"}, set()),
    ],
    ids=["as assumed", "another root", "no namespace", "another form"],
)  # fmt: skip
def test_xml_of_our_own_construction_is_observed_and_counts_where_it_has_our_form(
    body: str, readings: dict[str, str], rows: set[str]
) -> None:
    found = answer_of(STATES, body, XML)
    assert observed(found) == readings
    assert broken(judged(found)) == []
    assert kept(found) == ABOUT_ANSWERS | rows
    assert {item.requirement for item in judged(found) if isinstance(item, Observed)} == {"DD-007", "DD-008", "DD-009"}
    assert {item.exchanges for item in judged(found) if isinstance(item, Kept | Observed)} == {SHOWN}


def test_where_no_document_says_how_a_refusal_looks_null_may_be_one_and_is_not_judged_further() -> None:
    assert list(judged(answer_of(DELETED, None))) == [Kept("DD-002", SHOWN), Kept("DD-003", SHOWN)]
    assert kept(answer_of(DELETED, True)) == ABOUT_ANSWERS | {"DD-013"}


@pytest.mark.parametrize("body", ["", "no label, no format"])
def test_a_possible_refusal_without_a_format_has_any_body(body: str) -> None:
    for media_type in ("text/plain", ""):
        assert broken(judged(answer_of(DELETED, body, media_type))) == []
    assert broken(judged(answer_of(DELETED, "", JSON))) == []


@pytest.mark.parametrize(("came", "name", "told"), [(JSON, "JSON", "Expecting value: line 1 column 1 (char 0)"),
                                                    (XML, "XML", "not well-formed XML: ")])  # fmt: skip
def test_a_possible_refusal_is_well_formed_where_it_names_a_format(came: str, name: str, told: str) -> None:
    (found,) = [item for item in judged(answer_of(DELETED, "Oops", came)) if isinstance(item, Broken)]
    assert (found.requirement, found.where, found.expected) == ("DD-004", "body", f"well-formed {name}")
    assert found.actual.startswith(told)


def test_where_a_refusal_has_a_documented_form_anything_else_is_judged_as_an_answer() -> None:
    assert broken(judged(answer({"more": 1}))) == [("OS-110", "$", '{"more": 1}')]


def test_a_role_that_an_api_lacks_says_nothing() -> None:
    found = list(judged(answer_of("macke/orders getOrder", {"order_id": 1}, accept=JSON)))
    assert not [item for item in found if isinstance(item, Observed)]
    assert found[:3] == [Kept("MK-002", SHOWN), Kept("MK-003", SHOWN), Kept("MK-004", SHOWN)]
