"""What the three documents say alike: authentication and formats (Request header; API code verification)."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from conformance.checks import Answer, Judge, Kept, NotApplicable, Observed, verifies
from conformance.checks.outcome import Broken, kept_if
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.imaterialise.clients import (
    CANCELLATION,
    CART_STATUS,
    ORDER_STATUS,
    OrderQuery,
    cancellation,
    cart_status,
    order_status,
)
from conformance.suite.imaterialise.common import same_in_both
from conformance.suite.imaterialise.orderdata import OrderData
from conformance.suite.imaterialise.probes import unknown_id
from conformance.wire.redaction import marker

UNAUTHORISED = 401


def question(context: Context, api: str, accept: Format | str | None = Format.JSON, **options: Any) -> Answer:
    """A well-formed question that changes nothing, to any of the three."""
    if api == ORDER_STATUS:
        last_month = context.clock.date() - timedelta(days=31)
        return order_status(context).ask(OrderQuery(date_from=last_month), accept, **options)
    if api == CART_STATUS:
        carts = {"Carts": [{"CartID": unknown_id(context)}]}
        return cart_status(context).ask(carts, accept=accept, **options)
    return cancellation(context).ask({"orderNumber": OrderData(context).unknown()}, accept=accept, **options)


def each(order: str, cart: str, cancel: str) -> pytest.MarkDecorator:
    """The same scenario for each API, with the id of the clause in each document."""
    return pytest.mark.parametrize(
        ("api", "requirement"),
        [
            pytest.param(api, id_, id=api.partition("/")[2], marks=verifies(id_))
            for api, id_ in ((ORDER_STATUS, order), (CART_STATUS, cart), (CANCELLATION, cancel))
        ],
    )


def refused_as_unauthorised(answer: Answer, requirement: str, sent: str) -> Kept | Broken:
    """HTTP 401, and nothing of the data."""
    told = f"HTTP {answer.status}" if answer.status else answer.exchange.failure
    data = [name for name in ("orders", "carts", "orderId") if answer.readable and answer.document.get(name)]
    if data:
        told += f" with {', '.join(data)}"
    return kept_if(answer.status == UNAUTHORISED and not data, requirement, where="status", exchanges=(answer.id,),
                   expected=f"HTTP 401 and no data for {sent}", actual=told)  # fmt: skip


@each("OS-001", "CS-010", "OC-010")
def test_a_well_formed_question_is_answered_with_200(
    context: Context, judge: Judge, form: Format, api: str, requirement: str
) -> None:
    answer = question(context, api, form)
    good = 200 <= answer.status < 300 or (answer.readable and 400 <= answer.status < 500)
    judge(kept_if(good, requirement, where="status", expected="HTTP 200", actual=f"HTTP {answer.status}",
                  exchanges=(answer.id,)))  # fmt: skip


@each("OS-011", "CS-020", "OC-020")
def test_a_missing_api_code_is_refused(context: Context, judge: Judge, form: Format, api: str, requirement: str) -> None:
    judge(refused_as_unauthorised(question(context, api, form, authentication={}), requirement, "no apiCode"))


@each("OS-012", "CS-021", "OC-021")
def test_an_empty_api_code_is_refused(context: Context, judge: Judge, form: Format, api: str, requirement: str) -> None:
    answer = question(context, api, form, authentication={"apiCode": ""})
    judge(refused_as_unauthorised(answer, requirement, "an empty apiCode"))


@each("OS-013", "CS-022", "OC-022")
def test_an_unknown_api_code_is_refused(context: Context, judge: Judge, form: Format, api: str, requirement: str) -> None:
    stranger = str(uuid.UUID(int=context.random("unknown code").getrandbits(128), version=4))
    answer = question(context, api, form, authentication={"apiCode": stranger})
    judge(refused_as_unauthorised(answer, requirement, "a GUID that is nobody's apiCode"))


@each("OS-014", "CS-023", "OC-023")
def test_a_malformed_api_code_is_refused(context: Context, judge: Judge, form: Format, api: str, requirement: str) -> None:
    # Not the real code cut short: nothing that is nearly the secret goes into the run file.
    stranger = str(uuid.UUID(int=context.random("malformed code").getrandbits(128), version=4))
    for malformed in ("not-a-guid", stranger[:-1], "' OR '1'='1"):
        answer = question(context, api, form, authentication={"apiCode": malformed})
        judge(refused_as_unauthorised(answer, requirement, f"an apiCode of {len(malformed)} characters that is no GUID"))


@pytest.mark.parametrize(
    ("api", "requirement"),
    [
        pytest.param(CART_STATUS, "CS-019", id="cart-status", marks=verifies("CS-019")),
        pytest.param(CANCELLATION, "OC-019", id="order-cancellation", marks=verifies("OC-019")),
    ],
)
def test_the_status_text_of_401_is_unauthorized(context: Context, judge: Judge, api: str, requirement: str) -> None:
    answer = question(context, api, authentication={})
    if answer.status == UNAUTHORISED:
        reason = answer.response.reason
        judge(kept_if(reason == "Unauthorized", requirement, where="status line", expected="Unauthorized",
                      actual=reason or "no status text", exchanges=(answer.id,)))  # fmt: skip
    else:
        missing = {"CS-019": "CS-020", "OC-019": "OC-020"}[requirement]
        judge(refused_as_unauthorised(answer, missing, "no apiCode"))


@each("OS-015", "CS-024", "OC-024")
def test_the_header_name_is_read_in_any_letter_case(context: Context, judge: Judge, api: str, requirement: str) -> None:
    code = context.target.credentials["api_code"]
    for name in ("ApiCode", "APICODE", "apicode"):
        answer = question(context, api, authentication={name: code})
        judge(kept_if(answer.status not in (401, 403), requirement, where="status", expected=f"accepted as {name}",
                      actual=f"HTTP {answer.status}", exchanges=(answer.id,)))  # fmt: skip


@each("OS-016", "CS-025", "OC-025")
def test_the_api_code_is_not_echoed(context: Context, judge: Judge, form: Format, api: str, requirement: str) -> None:
    mark = marker("api_code")
    answer = question(context, api, form)
    judge(kept_if(mark.encode() not in answer.response.body, requirement, where="body",
                  expected="nothing of the api_code", actual="the credential itself", exchanges=(answer.id,)))  # fmt: skip


MEDIA_TYPES = ("application/json", "text/json", "text/xml", "application/xml")


@pytest.mark.parametrize(
    ("api", "media_type", "requirement"),
    [
        pytest.param(api, media_type, f"{prefix}-{number + offset:03}", marks=verifies(f"{prefix}-{number + offset:03}"),
                     id=f"{api.partition('/')[2]}-{media_type.replace('/', '-')}")
        for api, prefix, number in ((ORDER_STATUS, "OS", 3), (CART_STATUS, "CS", 11), (CANCELLATION, "OC", 11))
        for offset, media_type in enumerate(MEDIA_TYPES)
    ],
)  # fmt: skip
def test_accept_chooses_the_format(context: Context, judge: Judge, api: str, media_type: str, requirement: str) -> None:
    if media_type not in context.target.media_types:
        raise NotApplicable(f"{context.target.name} does not offer {media_type}")
    answer = question(context, api, media_type)
    # Another format than the asked one is found by the check on every answer, under the same id.
    if answer.readable and answer.format is answer.asked:
        judge(Kept(requirement, (answer.id,)))
    elif answer.refused_by_http and not answer.readable:
        judge(Broken(requirement, "status", f"an answer in {answer.asked}", f"HTTP {answer.status}", (answer.id,)))


@each("OS-007", "CS-015", "OC-015")
def test_the_default_format_is_recorded(context: Context, judge: Judge, api: str, requirement: str) -> None:
    if api == CART_STATUS:
        client, members = cart_status(context), {"Carts": [{"CartID": unknown_id(context)}]}
        answer = client.ask(members, accept=None)
    else:
        answer = question(context, api, None)
    if answer.refused_by_http and not answer.readable:
        answered = answer.contract.roles["answered"]
        judge(Broken(answered, "status", "HTTP 200, also without Accept", f"HTTP {answer.status}", (answer.id,)))
    elif answer.readable and answer.format:
        judge(Observed(requirement, f"{api.partition('/')[2]}-default-format", str(answer.format), (answer.id,)))


@each("OS-008", "CS-016", "OC-016")
def test_json_and_xml_say_the_same(context: Context, judge: Judge, api: str, requirement: str) -> None:
    for form in (Format.JSON, Format.XML):
        if not context.target.offers(form):
            raise NotApplicable(f"{context.target.name} offers no {form.upper()}")
    json_answer, xml_answer = question(context, api, Format.JSON), question(context, api, Format.XML)
    same_in_both(judge, json_answer, xml_answer, requirement)


