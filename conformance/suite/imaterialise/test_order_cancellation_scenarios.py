"""Order Cancellation by Number: what can be cancelled, what is refused and how, and what Order Status says afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from conformance.checks import Answer, Judge, Kept, NotApplicable, Observed, Outcome, Untested, refused_with, verifies
from conformance.checks.errors import codes_of
from conformance.checks.outcome import Broken, kept_if
from conformance.contract import Format
from conformance.contract.tree import wire_text
from conformance.suite.context import Context
from conformance.suite.imaterialise.cancelling import (
    ALREADY,
    ENGINEER,
    INVALID_ORDER,
    MISSING,
    STARTED,
    UNKNOWN,
    WRONG_BODY,
    cancelled,
    exactly_one,
    refused,
    request,
    same_creation,
    shown_as_cancelled,
    succeeded,
    unchanged,
)
from conformance.suite.imaterialise.clients import OrderQuery, OrderStatus, Posting
from conformance.suite.imaterialise.common import same_in_both
from conformance.suite.imaterialise.orderdata import OrderData
from conformance.suite.imaterialise.orders import CANCELLED, Order, orders_of
from conformance.suite.imaterialise.probes import unknown_id

# A lifetime is judged once for each format; the other format of an order that can be cancelled only once is not lost:
# the refusals after it are asked for in both.
CANCELLABLE = (("order.consumable_ordered", "OC-040", Format.JSON), ("order.consumable_processing", "OC-041", Format.XML))


def other(form: Format, context: Context) -> Format:
    """The other format, where the target offers it."""
    wanted = Format.XML if form is Format.JSON else Format.JSON
    return wanted if context.target.offers(wanted) else form


@pytest.mark.parametrize(
    ("need", "requirement", "first"),
    [pytest.param(*row, id=row[0].rpartition("_")[2], marks=verifies(row[1])) for row in CANCELLABLE],
)
@pytest.mark.consumes
@verifies("OC-042", "OC-044", "OC-045", "OC-046", "OC-049", "OC-507")
def test_an_order_is_cancelled_once_and_for_all(
    cancel: Posting, orders: OrderData, status: OrderStatus, context: Context, judge: Judge,
    need: str, requirement: str, first: Format,
) -> None:  # fmt: skip
    form = first if context.target.offers(first) else other(first, context)
    number = orders.take(need)
    before = orders.look(number)
    for code in ({}, {"apiCode": unknown_id(context, "nobody")}):
        refusal = cancel.ask(request(number), form, authentication=code)
        judge.demand(unchanged(before, orders.look(number), _schema(status), (refusal.id,)))
    if orders.plenty():
        answer = cancel.ask(request(number), form)
    else:
        # Orders to cancel are few: the same one shows what happens when two cancel it at once.
        answers = cancel.at_once(request(number), form)
        judge(exactly_one(answers))
        answer = next((answer for answer in answers if succeeded(answer)), answers[0])
    judge.demand(cancelled(answer, before, requirement, number))
    after = orders.look(number)
    if orders.can_look:
        judge(shown_as_cancelled(before, after, answer), same_creation(before, after, answer))
        judge(cancelled_everywhere(status, context, before, number, answer))
    else:
        judge(unseen_effects("OC-044", "OC-046", "OC-049"))
    for again in (form, other(form, context)):
        judge(refused(cancel.ask(request(number), again), ALREADY, "OC-507", number, after))


@pytest.mark.consumes
@verifies("OC-048")
def test_of_two_cancellations_at_once_one_succeeds(
    cancel: Posting, orders: OrderData, context: Context, judge: Judge
) -> None:
    for _ in range(3 if context.target.states_url else 1):
        if not orders.plenty() and judge.evidence["OC-048"]:
            judge(Kept("OC-048"))  # shown with the order that was cancelled above
            return
        number = orders.take("order.consumable_ordered")
        judge(exactly_one(cancel.at_once(request(number), Format.JSON)))


REFUSED = (
    ("order.invalid", INVALID_ORDER, "OC-506"),
    ("order.cancelled", ALREADY, "OC-507"),
    ("order.in_production", STARTED, "OC-508"),
    ("order.ready_to_ship", STARTED, "OC-061"),
    ("order.shipped", STARTED, "OC-062"),
    ("order.delivered", STARTED, "OC-063"),
    ("order.processing_engineer", ENGINEER, "OC-509"),
)


@pytest.mark.parametrize(
    ("need", "code", "requirement"),
    [pytest.param(*row, id=row[0].partition(".")[2], marks=verifies(row[2])) for row in REFUSED],
)
@pytest.mark.consumes  # a target that cancels it all the same has no such order for a second attempt
@verifies("OC-049", "OC-052")
def test_an_order_in_this_state_is_refused(
    cancel: Posting, orders: OrderData, status: OrderStatus, judge: Judge, form: Format,
    need: str, code: int, requirement: str,
) -> None:  # fmt: skip
    number = orders.in_state(need)
    before = orders.look(number)
    answer = cancel.ask(request(number), form)
    judge(refused(answer, code, requirement, number, before))
    # A number is matched whole. Of an order that cannot be cancelled: a target that matches loosely does no harm.
    nobodys = number[:-1] + "X"
    judge(refused(cancel.ask(request(nobodys), form), UNKNOWN, "OC-505", nobodys, None))
    if orders.can_look:
        judge(unchanged(before, orders.look(number), _schema(status), (answer.id,)))
    else:
        judge(unseen_effects("OC-049"))


@verifies("OC-505", "OC-043")
def test_an_unknown_number_is_refused_with_505(cancel: Posting, orders: OrderData, judge: Judge, form: Format) -> None:
    number = orders.unknown()
    judge(refused(cancel.ask(request(number), form), UNKNOWN, "OC-505", number, None))


@verifies("OC-065")
def test_a_foreign_number_is_refused_with_505(
    cancel: Posting, context: Context, judge: Judge, form: Format
) -> None:
    number = str(context.data.one("order.foreign")["orderNumber"])
    answer = cancel.ask(request(number), form)
    judge(refused(answer, UNKNOWN, "OC-065", number, None))
    judge(kept_if(answer.document.get("orderId") in (None, ""), "OC-065", where=answer.where("orderId"),
                  expected="nothing of an order of another API code", actual="its orderId",
                  exchanges=(answer.id,)))  # fmt: skip


@verifies("OC-071")
def test_what_an_unknown_number_shows_is_recorded(cancel: Posting, orders: OrderData, judge: Judge) -> None:
    number = orders.unknown()
    answer = cancel.ask(request(number))
    shown = answer.document.get("orderNumber")
    if answer.document.get("orderId") not in (None, ""):
        judge(Broken("OC-505", answer.where("orderId"), "no orderId: there is no such order", "shown", (answer.id,)))
    option = "absent" if shown in (None, "") else "number-echoed" if shown == number else "another-number"
    judge(Observed("OC-071", "order-cancellation-unknown-identifiers", option, (answer.id,)))


@verifies("OC-503")
def test_a_missing_number_is_refused(cancel: Posting, judge: Judge, form: Format) -> None:
    answer = cancel.ask({}, form)
    option = next((str(code) for code in (MISSING, WRONG_BODY) if code in codes_of(answer)), "")
    if not option:
        judge(refused_with(answer, MISSING, "OC-503"))
        return
    judge(Observed("OC-503", "order-cancellation-missing-number", option, (answer.id,)))
    judge(_says_no(answer, "OC-043"))


@verifies("OC-501")
def test_a_broken_body_is_refused_with_501(cancel: Posting, judge: Judge, form: Format) -> None:
    whole = cancel.body(request("ZZZ000000"), form)
    for broken in (whole[:-4], b"{" if form is Format.JSON else b"<", b"\x00\x01"):
        answer = cancel.raw(broken, cancel.content_type(form), form)
        judge(refused_with(answer, WRONG_BODY, "OC-501"), _says_no(answer, "OC-043"))


@verifies("OC-030", "OC-116")
def test_a_json_body_is_understood(cancel: Posting, orders: OrderData, judge: Judge) -> None:
    answer = cancel.ask(request(orders.unknown()))
    judge(_understood(answer, "OC-030"), _understood(answer, "OC-116"))


@verifies("OC-031")
def test_an_xml_body_is_understood(cancel: Posting, orders: OrderData, context: Context, judge: Judge) -> None:
    if not context.target.offers(Format.XML):
        raise NotApplicable("the target offers no XML")
    for accept in (Format.XML, Format.JSON):
        if context.target.offers(accept):
            answer = cancel.ask(request(orders.unknown()), Format.XML, accept=accept)
            judge(_understood(answer, "OC-031"))
            judge(Observed("OC-031", cancel.reading, cancel.root, (answer.id,)))


def _understood(answer: Answer, requirement: str) -> Kept | Broken:
    """The answer speaks of the number that was sent, and neither of a wrong body nor of a missing number."""
    if not answer.refused_by_http:
        _ = answer.document  # an answer that cannot be read is another finding's matter
    codes = codes_of(answer)
    return kept_if(bool(codes) and not codes & {WRONG_BODY, MISSING}, requirement, exchanges=(answer.id,),
                   where=answer.where("requestError", "code"), expected="an answer about the number that was sent",
                   actual=", ".join(map(str, codes)) or "no error")  # fmt: skip


@verifies("OC-032")
def test_the_letter_case_of_members_is_recorded(cancel: Posting, orders: OrderData, judge: Judge) -> None:
    for name in ("OrderNumber", "ordernumber"):
        answer = cancel.ask({name: orders.unknown()})
        option = "any-case" if UNKNOWN in codes_of(answer) else "exact-only"
        judge(Observed("OC-032", "order-cancellation-parameter-case", option, (answer.id,)))


ODD_BODIES = {
    "an-empty-number": ("OC-067", "order-cancellation-empty-number", (b'{"orderNumber": ""}',), "application/json"),
    "a-wrong-type": ("OC-068", "order-cancellation-wrong-type",
                     (b'{"orderNumber": 7}', b'{"orderNumber": ["x"]}', b'{"orderNumber": {}}'), "application/json"),
    "an-empty-body": ("OC-069", "order-cancellation-empty-body", (b"",), "application/json"),
    "a-wrong-content-type": ("OC-070", "order-cancellation-wrong-content-type",
                             (b'{"orderNumber": "ZZZ000000"}',), "text/plain"),
}  # fmt: skip


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=verifies(row[0])) for kind, row in ODD_BODIES.items()])
def test_an_odd_body_cancels_nothing(cancel: Posting, judge: Judge, kind: str) -> None:
    requirement, reading, bodies, content_type = ODD_BODIES[kind]
    for body in bodies:
        answer = cancel.raw(body, content_type)
        judge(kept_if(not succeeded(answer), requirement, where="$.isCanceled", expected="nothing is cancelled",
                      actual="isCanceled true", exchanges=(answer.id,)))  # fmt: skip
        code = next((code for code in (MISSING, WRONG_BODY, UNKNOWN) if code in codes_of(answer)), None)
        option = "refused-by-http" if code is None else str(code)
        if kind == "a-wrong-content-type" and code == UNKNOWN:
            option = "answered"
        judge(Observed(requirement, reading, option, (answer.id,)))


@pytest.mark.consumes
@verifies("OC-050")
def test_an_order_on_hold_is_recorded(cancel: Posting, orders: OrderData, judge: Judge) -> None:
    number = orders.take("order.consumable_on_hold")
    answer = cancel.ask(request(number))
    option = "cancellable" if succeeded(answer) else "refused"
    judge(Observed("OC-050", "order-cancellation-on-hold", option, (answer.id,)))


@verifies("OC-016")
def test_a_refusal_reads_the_same_in_json_and_xml(
    cancel: Posting, orders: OrderData, context: Context, judge: Judge
) -> None:
    if not (context.target.offers(Format.JSON) and context.target.offers(Format.XML)):
        raise NotApplicable("needs both formats")
    number = orders.in_state("order.cancelled")
    same_in_both(judge, cancel.ask(request(number), Format.JSON), cancel.ask(request(number), Format.XML), "OC-016")


def cancelled_everywhere(
    status: OrderStatus, context: Context, before: Order | None, number: str, evidence: Answer
) -> Iterator[Outcome]:
    """Whatever way Order Status is asked, in either format, the order shows as cancelled and no more as it was."""
    if before is None:
        return
    since = before.day - timedelta(days=1)  # a range of one day may be refused
    there = {"list": OrderQuery(date_from=since), "status=0": OrderQuery(statuses=(0,), date_from=since)}
    gone = OrderQuery(statuses=(before.status,), date_from=since)
    for form in context.target.formats:
        for name, query in {**there, "number": OrderQuery(numbers=(number,))}.items():
            answer = status.ask(query, form)
            shown = [order.status for order in orders_of(answer) if order.number == number]
            told = f"status {shown}" if shown else "not shown"
            yield kept_if(shown == [CANCELLED], "OC-046", where="$.orders", expected=f"{number} with 0 (by {name})",
                          actual=told, exchanges=(evidence.id, answer.id))  # fmt: skip
        answer = status.ask(gone, form)
        left = any(order.number == number for order in orders_of(answer))
        yield kept_if(not left, "OC-046", where="$.orders", expected=f"{number} no more among status={before.status}",
                      actual="still there", exchanges=(evidence.id, answer.id))  # fmt: skip


def unseen_effects(*requirements: str) -> list[Untested]:
    """What only Order Status can show, at a target that has none."""
    reason = 'needs Order Status at the same target; add to the target file: apis = ["order-status", …]'
    return [Untested(requirement, reason) for requirement in requirements]


def _says_no(answer: Answer, requirement: str) -> Kept | Broken:
    shown = answer.document.get("isCanceled")
    return kept_if(shown is False, requirement, where=answer.where("isCanceled"), expected="false",
                   actual=wire_text(shown), exchanges=(answer.id,))  # fmt: skip


def _schema(status: OrderStatus) -> Mapping[str, Any]:
    return status.api.contract.operations[status.operation].answer.schema

