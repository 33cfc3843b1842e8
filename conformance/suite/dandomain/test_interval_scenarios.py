"""GetOrders: which orders an interval of creation dates holds, and how its ends are given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from conformance.checks import Answer, Judge, NotTestable, Observed, Unseen, verifies
from conformance.checks.outcome import kept_if
from conformance.suite.dandomain.book import LONG_AGO, Bookkeeper
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.common import listed, listing, not_listed, refused, succeeded, succeeds, told
from conformance.suite.dandomain.interval import Interval
from conformance.suite.dandomain.orders import SHOP_ZONE, Order, shown
from conformance.suite.dandomain.shopdata import ShopData

DAY = timedelta(days=1)


def created(order: Order) -> datetime:
    """When an order was created.

    Raises:
        NotTestable: it does not say so.
    """
    if order.created is None:
        raise NotTestable(f"order {order.id} shows no createdDate that can be read")
    return order.created


def around(order: Order, days: int = 2) -> tuple[date, date]:
    """Dates well before and well after an order's creation, in every zone."""
    day = created(order).date()
    return day - days * DAY, day + days * DAY


@verifies("DD-200", "DD-206")
def test_an_interval_is_answered_with_a_list(shop: Shop, keeper: Bookkeeper, judge: Judge) -> None:
    answer = shop.created(keeper.tomorrow - 30 * DAY, keeper.tomorrow)
    judge(succeeded(answer, "DD-200", "a list of orders"))
    judge(listing(answer, "DD-206"))


@verifies("DD-208")
def test_an_incomplete_order_without_state_is_listed(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.spare()
    judge(listed(shop.created(*around(order)), order.id, "DD-208", "incomplete and without a state"))


@verifies("DD-209")
def test_a_complete_order_is_listed(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.fresh()
    shop.complete(order.id)
    judge(listed(shop.created(*around(order)), order.id, "DD-209", "complete"))


@verifies("DD-210")
def test_an_order_created_after_the_interval_is_not_listed(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.spare()
    first, _ = around(order)
    for start in (LONG_AGO, first - 9 * DAY):
        judge(not_listed(shop.created(start, first), order.id, "DD-210", f"created {order.created}"))


@verifies("DD-211", "DD-219")
@pytest.mark.parametrize("years", [0, 1], ids=["next-days", "next-year"])
def test_an_interval_in_the_future_holds_no_order(shop: Shop, data: ShopData, judge: Judge, years: int) -> None:
    order = data.spare()
    start = around(order)[1] + years * 366 * DAY
    answer = shop.created(start, start + 9 * DAY)
    judge(not_listed(answer, order.id, "DD-211", f"created {order.created}"))
    judge(kept_if(succeeds(answer) and not shown(answer), "DD-219", where="$", expected="an empty list",
                  actual=told(answer), exchanges=(answer.id,)))  # fmt: skip


@verifies("DD-203")
@pytest.mark.parametrize("end", [True, False], ids=["with-end", "without-end"])
def test_a_missing_start_is_refused(shop: Shop, keeper: Bookkeeper, judge: Judge, end: bool) -> None:
    answer = shop.created(None, keeper.tomorrow if end else None)
    judge(refused(answer, "DD-203", "an interval without start"))


@verifies("DD-204")
def test_an_empty_start_is_refused(shop: Shop, keeper: Bookkeeper, judge: Judge) -> None:
    judge(refused(shop.created("", keeper.tomorrow), "DD-204", "an interval with an empty start"))


@verifies("DD-205")
def test_a_missing_end_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.spare()
    answer = shop.created(around(order)[0], None)
    option = "refused"
    if succeeds(answer):
        option = "open" if order.id in {row.id for row in shown(answer)} else "empty"
    judge(Observed("DD-205", "dandomain-orders-end-missing", option, (answer.id,)))


@verifies("DD-218")
def test_a_reversed_interval_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.spare()
    first, last = around(order)
    answer = shop.created(last, first)
    option = "refused" if not succeeds(answer) else "swapped" if shown(answer) else "empty"
    judge(Observed("DD-218", "dandomain-orders-reversed-interval", option, (answer.id,)))


@verifies("DD-216")
def test_dates_need_no_leading_zeros(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.spare()
    last = around(order)[1]
    end = f"{last.year}-{last.month}-{last.day}"
    judge(listed(shop.created("2000-1-1", end), order.id, "DD-216", "asked for as the vendor's sample does"))


@verifies("DD-216")
def test_padded_dates_name_the_same_days(keeper: Bookkeeper, judge: Judge) -> None:
    """About an order of such a day: one digit read wrongly, at either end, then moves it out of the interval."""
    days = [order.created.date() for order in keeper.book.known() if order.created]
    short = [day for day in days if 2 <= day.day <= 8] or [date(keeper.tomorrow.year - 1, 2, 3)]
    day = next((day for day in reversed(short) if day.month < 10), short[-1])
    for start, end in ((day - DAY, day + DAY), (day.replace(day=1), day.replace(day=9))):
        padded = keeper.shop.created(start, end)
        bare = keeper.shop.created(*(f"{edge.year}-{edge.month}-{edge.day}" for edge in (start, end)))
        judge(succeeded(padded, "DD-216", "a list"))
        one, other = ([order.id for order in shown(answer)] for answer in (padded, bare))
        judge(kept_if(sorted(one) == sorted(other), "DD-216", where="$", expected=f"{len(one)} orders, as for padded dates",
                      actual=f"{len(other)} orders", exchanges=(padded.id, bare.id)))  # fmt: skip


@verifies("DD-207")
def test_the_first_day_belongs_to_the_interval(keeper: Bookkeeper, judge: Judge) -> None:
    """About an order of a day that is the same in every zone from Hawaii to Denmark: whose midnight counts is not said."""
    zones = (ZoneInfo("Pacific/Honolulu"), UTC, ZoneInfo(SHOP_ZONE))
    sure = [order for order in keeper.book.known()
            if order.created and len({order.created.astimezone(zone).date() for zone in zones}) == 1]
    if not sure:
        raise NotTestable("no order was created between 11:00 and 23:00 in Denmark: place one there")
    for order in sure[-2:]:
        day = created(order).astimezone(UTC).date()
        judge(listed(keeper.shop.created(day, day + 3 * DAY), order.id, "DD-207", f"created {order.created}"))


@verifies("DD-213")
def test_whether_a_date_as_end_holds_its_day_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.spare()
    days = {created(order).astimezone(zone).date() for zone in (UTC, ZoneInfo(SHOP_ZONE))}
    if len(days) > 1:
        raise NotTestable("the order was created so near to midnight that its day is not sure: run again later")
    day = days.pop()
    answer = shop.created(day, day)
    option = "included" if order.id in {row.id for row in shown(answer)} else "excluded"
    judge(Observed("DD-213", "dandomain-orders-end-day", option, (answer.id,)))


@verifies("DD-217")
def test_whether_a_time_of_day_counts_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.spare()
    local = created(order).astimezone(ZoneInfo(SHOP_ZONE)).replace(tzinfo=None)
    after = shop.created(local + timedelta(hours=3), local + 2 * DAY)
    about = shop.created(local - timedelta(hours=3), local + timedelta(hours=3))
    holds = [order.id in {row.id for row in shown(answer)} for answer in (after, about)]
    option = "refused" if not succeeds(about) else "honoured" if holds == [False, True] else "ignored"
    judge(Observed("DD-217", "dandomain-orders-query-times", option, (after.id, about.id)))


@verifies("DD-214", "DD-215")
def test_whether_the_ends_belong_to_the_interval_is_recorded(keeper: Bookkeeper, judge: Judge) -> None:
    """Shown only by an order of a whole second, in a shop that counts times of day in the zone of its dates."""
    whole = [order for order in keeper.book.known() if order.created and not order.created.microsecond]
    if not whole:
        judge(Unseen("DD-214"), Unseen("DD-215"))
        return
    order = whole[-1]
    local = created(order).astimezone(ZoneInfo(SHOP_ZONE)).replace(tzinfo=None)
    second, day = timedelta(seconds=1), timedelta(days=3)
    for requirement, reading, at, beyond in (
        ("DD-214", "dandomain-orders-start-edge", (local, local + day), (local + second, local + day)),
        ("DD-215", "dandomain-orders-end-edge", (local - day, local), (local - day, local - second)),
    ):
        answers = [keeper.shop.created(*span) for span in (at, beyond)]
        holds, past = (order.id in {row.id for row in shown(answer)} for answer in answers)
        if past:
            judge(Unseen(requirement))  # the edge is somewhere else: the zone is another, or times do not count
        else:
            option = "included" if holds else "excluded"
            judge(Observed(requirement, reading, option, tuple(answer.id for answer in answers)))


@verifies("DD-220")
@pytest.mark.parametrize("text", ["yesterday", "2024-13-45", "31-12-2024", "0", "2024-02-30"])
def test_what_is_no_date_is_answered_without_a_server_error(shop: Shop, judge: Judge, text: str) -> None:
    # A server error is the finding of the check on every answer.
    answer = shop.created(text, "2024-12-31")
    option = "refused" if not succeeds(answer) else "ignored" if shown(answer) else "empty"
    judge(Observed("DD-220", "dandomain-orders-malformed-date", option, (answer.id,)))


@verifies("DD-207", "DD-212", "DD-221")
def test_the_same_question_has_the_same_answer(keeper: Bookkeeper) -> None:
    book = keeper.book
    interval = Interval(book.since, book.until)

    def ask() -> Answer:
        return keeper.shop.created(interval.start, interval.end)

    keeper.judged(ask, lambda book, answer: book.judge_interval(
        answer, interval, lambda order: order.created, "DD-207", "DD-212", "DD-221"))  # fmt: skip


@verifies("DD-223")
def test_in_which_order_the_list_is_sorted_is_recorded(keeper: Bookkeeper, judge: Judge) -> None:
    moments = [order.created for order in keeper.book.listed.values() if order.created]
    if len(set(moments)) < 2:
        raise NotTestable("the shop shows fewer than two orders of different age: place some there")
    options = {"oldest-first": moments == sorted(moments), "newest-first": moments == sorted(moments, reverse=True)}
    option = next((name for name, holds in options.items() if holds), "other")
    judge(Observed("DD-223", "dandomain-orders-sort", option, keeper.book.evidence))
