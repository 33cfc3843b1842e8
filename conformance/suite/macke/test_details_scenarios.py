"""Details of one order: known, unknown, foreign and impossible ids, and the forms of fields that are left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress

import pytest

from conformance.checks import Answer, Broken, Judge, Observed, verifies
from conformance.checks.outcome import kept_if
from conformance.contract import Contract
from conformance.contract.tree import properties_of
from conformance.suite.macke.clients import Market, Question
from conformance.suite.macke.common import Seen, is_unknown, told
from conformance.suite.macke.desk import Desk
from conformance.suite.macke.keeper import Keeper
from conformance.suite.macke.orders import YEAR_2000, Order, integer_of, number_of, order_of, orders_in, revealed
from conformance.target import Unmet
from conformance.wire import Refused

INTEGERS = ("order_id", "timestamp", "company_id", "user_id", "payment_id", "repaid", "issuer_id", "invoice_id")
DECIMALS = ("total", "subtotal", "discount", "subtotal_discount", "display_subtotal", "tax_subtotal", "shipping_cost")


@verifies("MK-122", "MK-005")
def test_an_unknown_order_is_not_found(desk: Desk, judge: Judge) -> None:
    answer = desk.market.get(desk.unknown())
    judge(is_unknown(answer, "MK-122", "an order that does not exist"))
    judge(Observed("MK-005", "macke-orders-error-body", _told_by(answer), (answer.id,)))


def _told_by(answer: Answer) -> str:
    if not answer.response.body.strip():
        return "empty"
    try:
        parsed = answer.parsed
    except ValueError:
        return "other"
    return "message" if isinstance(parsed, Mapping) and isinstance(parsed.get("message"), str) else "other"


@verifies("MK-002", "MK-123")
def test_what_cannot_be_an_id_is_refused(keeper: Keeper, judge: Judge) -> None:
    seen, known = Seen("MK-123", "macke-orders-non-numeric-id"), keeper.some(1)[0].id
    for name in ("abc", f"-{known}", "99999999999999999999", f"{known} OR 1=1", f"{known}abc", f"{known}.0"):
        answer = keeper.market.get(name)
        judge(kept_if(answer.refused_by_http or answer.status >= 500, "MK-123", where="status", actual=told(answer),
                      expected=f"a client error for the order_id {name}", exchanges=(answer.id,)))  # fmt: skip
        if answer.refused_by_http:
            seen.add("not-found" if answer.status == 404 else "refused-otherwise", answer)
    judge(seen.outcome())


@verifies("MK-124")
def test_the_id_zero_is_recorded(market: Market, judge: Judge) -> None:
    answer = market.look(0)  # not judged: the platform answers it with the list
    if answer.refused_by_http:
        option = "not-found" if answer.status == 404 else "refused-otherwise"
    else:
        option = "list" if answer.readable and orders_in(answer.value) is not None else "order"
    judge(Observed("MK-124", "macke-orders-id-zero", option, (answer.id,)))


@verifies("MK-265")
def test_a_guest_has_the_user_id_zero(desk: Desk, keeper: Keeper, judge: Judge) -> None:
    guests = [order.id for order in keeper.told() if order.user == 0]
    order_id = guests[0] if guests else desk.own.lent_for_looking("order.guest")
    answer = keeper.market.get(order_id)
    if guests and answer.refused_by_http:
        expected = f"the details of order {order_id}, which is listed"
        judge.demand(Broken("MK-120", "status", expected, told(answer), (answer.id, *keeper.book.evidence)))
    shown = order_of(answer)
    judge(kept_if(shown.user == 0, "MK-265", where="$.user_id", expected="0 for the order of a guest",
                  actual=str(shown.raw.get("user_id")), exchanges=(answer.id,)))  # fmt: skip


@verifies("MK-266")
def test_timestamps_are_seconds_of_this_century(keeper: Keeper, desk: Desk, judge: Judge) -> None:
    with suppress(Unmet, Refused):
        desk.order()  # one that was placed just now, where the target makes them: it shows a clock that is ahead
    for answer in keeper.details():
        shown = order_of(answer)
        early = shown.timestamp is not None and shown.timestamp < YEAR_2000
        judge(kept_if(not early, "MK-266", where="$.timestamp", expected="Unix seconds, after the year 2000",
                      actual=str(shown.timestamp), exchanges=(answer.id,)))  # fmt: skip


@verifies("MK-022", "MK-023")
def test_orders_of_another_account_are_hidden(desk: Desk, keeper: Keeper, judge: Judge) -> None:
    foreign = desk.own.lent_for_looking("order.foreign")
    answer = keeper.market.get(foreign)
    hidden = not answer.says_success and not revealed(answer)
    judge(kept_if(hidden, "MK-023", where="$", expected="no details of another account's order",
                  actual=f"{told(answer)} and details", exchanges=(answer.id,)))  # fmt: skip
    listed, evidence = keeper.everything(Question())
    stray = foreign in {order.id for order in listed}
    judge(kept_if(not stray, "MK-022", where="$.orders", expected=f"a list without order {foreign} of another account",
                  actual="it is listed", exchanges=evidence))  # fmt: skip
    for order in _of_other_companies(listed):
        details = keeper.market.get(order.id)
        judge(kept_if(not details.refused_by_http, "MK-022", where="$.orders", expected="orders of this account",
                      actual=f"order {order.id} of company {order.raw['company_id']}, whose details are refused",
                      exchanges=(*evidence, details.id)))  # fmt: skip


def _of_other_companies(listed: list[Order], most: int = 3) -> list[Order]:
    """Orders of another company than nearly all others: an account may have several, and then it sees their details."""
    companies = Counter(integer_of(order.raw.get("company_id")) for order in listed if "company_id" in order.raw)
    usual = next(iter(companies.most_common(1)), (None, 0))[0]
    return [order for order in listed if integer_of(order.raw.get("company_id", usual)) != usual][:most]


Form = Callable[[Order], str]


def _number_form(order: Order) -> str:
    kinds = {
        "strings" if isinstance(order.raw[name], str) else "numbers"
        for name in (*INTEGERS, *DECIMALS)
        if name in order.raw and (number_of(order.raw[name]) is not None or integer_of(order.raw[name]) is not None)
    }
    return "mixed" if len(kinds) > 1 else next(iter(kinds), "mixed")


def _list_or_map(member: str) -> Form:
    def form(order: Order) -> str:
        if member not in order.raw:
            return "absent"
        value = order.raw[member]
        return "empty-only" if not value else "object" if isinstance(value, Mapping) else "list"

    return form


def _inside_shipping(member: str) -> Form:
    def form(order: Order) -> str:
        if member in order.raw:
            return "order"
        entries = order.raw.get("shipping")
        listed = list(entries.values()) if isinstance(entries, Mapping) else entries if isinstance(entries, list) else []
        return "shipping-entry" if any(isinstance(one, Mapping) and member in one for one in listed) else "absent"

    return form


def _shipment_ids(order: Order) -> str:
    value = order.raw.get("shipment_ids")
    return "absent" if value is None else "text" if isinstance(value, str) else "list"


def _repaid(order: Order) -> str:
    return "counter" if (integer_of(order.raw.get("repaid")) or 0) > 1 else "flag"


FORMS: tuple[tuple[str, str, Form, tuple[str, ...]], ...] = (
    ("MK-280", "number-form", _number_form, ("mixed",)),
    ("MK-281", "shipment-ids-form", _shipment_ids, ("list", "text")),
    ("MK-282", "payment-info-form", _list_or_map("payment_info"), ("object", "list", "empty-only")),
    ("MK-283", "promotions-form", _list_or_map("promotions"), ("object", "list", "empty-only")),
    ("MK-284", "shipping-form", _list_or_map("shipping"), ("object", "list", "empty-only")),
    ("MK-285", "shipping-id-place", _inside_shipping("shipping_id"), ("order", "shipping-entry")),
    ("MK-286", "need-shipment-place", _inside_shipping("need_shipment"), ("order", "shipping-entry")),
    ("MK-288", "vendor-ref-shown", lambda order: "shown" if "vendor_ref" in order.raw else "not-shown", ("shown",)),
    ("MK-289", "updated-at-shown", lambda order: "not-shown" if order.updated is None else "shown", ("shown",)),
    ("MK-291", "repaid", _repaid, ("counter",)),
)
"""Requirement, reading, what one order shows, and which options tell more than the others: those decide."""


@pytest.mark.parametrize(
    ("requirement", "reading", "shape", "telling"),
    [pytest.param(*row, id=row[1], marks=verifies(row[0])) for row in FORMS],
)
def test_a_form_that_is_left_open_is_recorded(
    keeper: Keeper, judge: Judge, requirement: str, reading: str, shape: Form, telling: tuple[str, ...]
) -> None:
    details = keeper.details()
    shown = [shape(order_of(answer)) for answer in details]
    option = next((option for option in telling if option in shown), shown[0])
    judge(Observed(requirement, f"macke-orders-{reading}", option, tuple(answer.id for answer in details)))


@verifies("MK-287")
def test_where_invoices_are_shown_is_recorded(keeper: Keeper, judge: Judge) -> None:
    in_details = any("invoice_id" in answer.document for answer in keeper.details())
    in_rows = any("invoice_id" in order.raw for order in keeper.book.orders)
    option = "details" if in_details else "rows-only" if in_rows else "absent"
    judge(Observed("MK-287", "macke-orders-invoice-id-place", option, keeper.book.evidence))


@verifies("MK-290", "MK-292")
def test_which_members_are_shown_is_recorded(keeper: Keeper, contract: Contract, judge: Judge) -> None:
    details = keeper.details()
    documented = {*properties_of(contract.operations["getOrder"].answer.schema)} - {"vendor_ref"}
    shown: set[str] = set().union(*(answer.document for answer in details))
    seen = tuple(answer.id for answer in details)
    further = shown - documented - {"vendor_ref", "updated_at"}
    judge(Observed("MK-290", "macke-orders-further-members", "shown" if further else "none", seen))
    option = "all-shown" if documented <= shown else "some-absent"
    judge(Observed("MK-292", "macke-orders-required-fields", option, seen))
