"""GetOrder: the order that was asked for, always the same, with sums that can be followed."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from conformance.checks import Answer, Judge, NotTestable, Observed, verifies
from conformance.checks.outcome import kept_if
from conformance.suite.dandomain.book import Bookkeeper
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.common import status_seen, succeeded, succeeds, told, unchanged
from conformance.suite.dandomain.orders import SHOP_ZONE, Order, instant, order_of, shown
from conformance.suite.dandomain.shopdata import ShopData

DAY = timedelta(days=1)
CENTS = 0.02
"""By how much a total may be off: each of two roundings can cost a cent."""


@verifies("DD-250", "DD-257")
def test_the_order_asked_for_is_answered(shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge) -> None:
    known = keeper.book.known()
    for order in [data.spare(), *known[:1], *known[-1:]]:
        answer = shop.get(order.id)
        judge(succeeded(answer, "DD-250", f"order {order.id}"))
        if succeeds(answer):
            judge(kept_if(order_of(answer).id == order.id, "DD-257", where="$.id", expected=order.id,
                          actual=order_of(answer).id, exchanges=(answer.id,)))  # fmt: skip


@verifies("DD-258")
def test_looking_at_an_order_does_not_change_it(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.fresh()
    first, second = shop.get(order.id), shop.get(order.id)
    before, after = order_of(first), shown(second)
    judge(unchanged(before, after[0] if after else None, "DD-258", (first.id, second.id)))


@verifies("DD-254", "DD-255")
def test_an_unknown_number_shows_no_order(shop: Shop, data: ShopData, judge: Judge) -> None:
    for number in (data.vacant(), "2147483647"):
        answer = shop.get(number)
        judge(kept_if(not succeeds(answer), "DD-254", where="$", expected=f"no order for {number}", actual=told(answer),
                      exchanges=(answer.id,)))  # fmt: skip
        if not succeeds(answer):
            option = status_seen(answer, "404", "400")
            judge(Observed("DD-255", "dandomain-orders-unknown-order", option, (answer.id,)))


@verifies("DD-175")
def test_a_new_order_was_created_today(shop: Shop, data: ShopData, judge: Judge) -> None:
    """By the target's own clock, where it shows one: ours may go wrong."""
    order = data.spare()
    answer = shop.get(order.id)
    created = order_of(answer).created
    if created is None:
        raise NotTestable(f"order {order.id} shows no createdDate that can be read")
    now = _clock(answer) or shop.context.clock
    # A shop in another zone than the one that its dates name is off by hours, never by more than a day.
    judge(kept_if(abs(created - now) < DAY, "DD-175", where="$.createdDate", actual=f"{created:%Y-%m-%d %H:%M}Z",
                  expected=f"within a day of {now:%Y-%m-%d %H:%M}Z", exchanges=(answer.id,)))  # fmt: skip
    danish = str(order_of(answer).raw.get("createdDate")).endswith(f"{created.astimezone(ZoneInfo(SHOP_ZONE)):%z})/")
    option = "danish" if danish else "other"
    judge(Observed("DD-175", "dandomain-orders-time-zone", option, (answer.id,)))


@verifies("DD-014")
def test_the_form_of_dates_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    answer = shop.get(data.spare().id)
    value = order_of(answer).raw.get("createdDate")
    if instant(value) is None:
        raise NotTestable("the order shows no createdDate that can be read")
    option = "wcf" if str(value).startswith("/Date(") else "iso"
    judge(Observed("DD-014", "dandomain-orders-date-form", option, (answer.id,)))


@verifies("DD-177")
def test_how_the_total_follows_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    answer = shop.get(data.spare().id)
    total = _total(order_of(answer))
    shows = order_of(answer).raw.get("totalPrice")
    if total is None or not isinstance(shows, int | float):
        raise NotTestable("the order does not show all of its prices")
    option = "vat-on-lines" if math.isclose(shows, total, abs_tol=CENTS) else "other"
    judge(Observed("DD-177", "dandomain-orders-total", option, (answer.id,)))


def _clock(answer: Answer) -> datetime | None:
    """The target's own time when it answered."""
    try:
        return parsedate_to_datetime(answer.response.header("Date"))
    except (TypeError, ValueError):
        return None


def _total(order: Order) -> float | None:
    """The lines with VAT, and both fees as they stand; None where a part is not shown."""
    try:
        lines = sum(float(line["totalPrice"]) * (1 + float(line["vatPct"]) / 100) for line in order.raw["orderLines"])
        return lines + float(order.part("paymentInfo")["fee"]) + float(order.part("shippingInfo")["fee"])
    except (KeyError, TypeError, ValueError):
        return None
