"""Order Status: date ranges (General Parameters of the Request: dateFrom, dateTo; Errors: 106)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from conformance.checks import Answer, Broken, Judge, Kept, NotTestable, Observed, refused_with, verifies
from conformance.checks.errors import codes_of
from conformance.checks.outcome import kept_if
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.imaterialise.book import Window
from conformance.suite.imaterialise.bookkeeper import LONG_AGO, Bookkeeper
from conformance.suite.imaterialise.clients import BRUSSELS, OrderQuery, OrderStatus
from conformance.suite.imaterialise.common import shows_no_orders
from conformance.suite.imaterialise.orders import NOTHING_FOUND, Order, orders_of

WRONG_RANGE = 106
DECEMBER = 12
DAY = timedelta(days=1)
HALF_A_YEAR = 6


def six_months_before(day: date) -> set[date]:
    """The same day six months earlier; where that month is shorter, its last day or the overflow into the next."""
    months = day.year * 12 + day.month - 1 - HALF_A_YEAR
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    clamped = date(year, month + 1, min(day.day, last))
    return {clamped, clamped + DAY * (day.day - last)} if day.day > last else {clamped}


def days(keeper: Bookkeeper, count: int = 1) -> list[date]:
    """Days on which orders were requested, oldest first.

    Raises:
        NotTestable: the orders that the target shows are of fewer days.
    """
    found = sorted({order.day for order in keeper.book.known()})
    if len(found) < count:
        raise NotTestable(f"needs orders of {count} days; the target shows orders of {len(found)}: place some there")
    return found


def between(keeper: Bookkeeper) -> tuple[date, date]:
    """A range inside the book that leaves orders out on both sides, its ends clear of any order where possible."""
    found = days(keeper, 3)
    third = len(found) // 3
    first, last = found[third], found[-1 - third]
    return (first - DAY if first - DAY not in found else first), (last + DAY if last + DAY not in found else last)


def numbers(answer: Answer, keeper: Bookkeeper) -> set[str]:
    """The numbers of the orders in an answer that nobody touches."""
    return {order.number for order in orders_of(answer)} - keeper.book.touched


@verifies("OS-050")
def test_from_alone_leaves_out_what_is_older(keeper: Bookkeeper, form: Format) -> None:
    found = days(keeper, 3)
    first = found[len(found) // 3] + DAY  # the day before has orders, which must not be there
    window = Window(None, first, keeper.today, "OS-050", "OS-050", "OS-055", edges=(first,))
    keeper.window(OrderQuery(date_from=first), window, form)


@verifies("OS-051")
def test_to_alone_leaves_out_what_is_newer(keeper: Bookkeeper, judge: Judge, context: Context, form: Format) -> None:
    starts = {start for today in context.todays(BRUSSELS) for start in six_months_before(today)}
    inside = [day for day in days(keeper) if day > max(starts)]
    if len(inside) < 2:
        raise NotTestable("needs orders of two days within the last six months: place some there")
    last = inside[len(inside) // 2 - 1]
    unsure = frozenset(min(starts) + DAY * n for n in range((max(starts) - min(starts)).days + 1))
    window = Window(None, min(starts), last, "OS-051", "OS-054", "OS-051", unsure=unsure, edges=(last,))
    keeper.window(OrderQuery(date_to=last), window, form)


@verifies("OS-052")
def test_from_and_to_enclose_the_orders(keeper: Bookkeeper, form: Format) -> None:
    first, last = between(keeper)
    keeper.window(OrderQuery(date_from=first, date_to=last), Window(None, first, last, by_status="OS-052"), form)


@verifies("OS-053")
def test_the_day_comes_before_the_month(keeper: Bookkeeper, form: Format) -> None:
    telling = [window for day in reversed(days(keeper)) if (window := tells_day_from_month(keeper, day))]
    if not telling:
        raise NotTestable("needs an order on a day whose number is not that of its month: place one there")
    # Who guesses reads a day after the 12th rightly: such days alone say little.
    guessable = [window for window in telling if max(window.first.day, window.last.day) <= DECEMBER]
    for window in dict.fromkeys([telling[0], *guessable[:1]]):
        keeper.window(OrderQuery(date_from=window.first, date_to=window.last), window, form)


def tells_day_from_month(keeper: Bookkeeper, day: date) -> Window | None:
    """A range around a day with orders that means something else when day and month are swapped."""
    window = Window(None, day - DAY, day + DAY, by_status="OS-053", by_first="OS-053", by_last="OS-053")
    try:
        first, last = (date(end.year, end.day, end.month) for end in (window.first, window.last))
    except ValueError:
        return window  # swapped it is no date at all
    same = keeper.book.predicted(window) == keeper.book.predicted(Window(None, first, last))
    return None if same else window


@verifies("OS-054")
def test_from_is_six_months_ago_by_default(keeper: Bookkeeper, judge: Judge, context: Context, form: Format) -> None:
    starts = sorted({start for today in context.todays(BRUSSELS) for start in six_months_before(today)})
    if not any(order.day < starts[0] - DAY for order in keeper.book.known()):
        raise NotTestable("needs an order that is more than six months old: place no narrower sandbox data")
    judge(_default_start(keeper, starts, form))
    default = keeper.api.ask(OrderQuery(), form)
    explicit = [keeper.api.ask(OrderQuery(date_from=start), form) for start in starts]
    shown, wanted = numbers(default, keeper), [numbers(answer, keeper) for answer in explicit]
    differing = sorted(shown ^ wanted[0])
    judge(kept_if(shown in wanted, "OS-054", where="$.orders", exchanges=(default.id, *(a.id for a in explicit)),
                  expected=f"the orders of dateFrom={starts[0]:%d-%m-%Y}, six months before today",
                  actual=f"not the same orders; they differ in {told(keeper, differing)}"))  # fmt: skip


def _default_start(keeper: Bookkeeper, starts: list[date], form: Format) -> Iterator[Broken]:
    """Where a target calls a range reversed shows on which day its default begins, even on a day without orders."""
    after = keeper.api.ask(OrderQuery(date_to=starts[-1] + 2 * DAY), form)
    if WRONG_RANGE in codes_of(after):
        yield Broken("OS-054", "$.requestError", f"a range from {starts[-1]} to {starts[-1] + 2 * DAY}",
                     f"error {WRONG_RANGE}: the default dateFrom is later", (after.id,))  # fmt: skip
    early = keeper.api.ask(OrderQuery(date_to=keeper.today - 10 * 365 * DAY), form)
    before = keeper.api.ask(OrderQuery(date_to=starts[0] - 2 * DAY), form)
    if WRONG_RANGE in codes_of(early) and WRONG_RANGE not in codes_of(before):
        yield Broken("OS-054", "$.requestError", f"error {WRONG_RANGE}, as for any dateTo before the default dateFrom",
                     "no such error: the default dateFrom is earlier", (early.id, before.id))  # fmt: skip


@verifies("OS-055")
def test_to_is_today_by_default(keeper: Bookkeeper, judge: Judge, context: Context, form: Format) -> None:
    first = days(keeper)[0]
    default = keeper.api.ask(OrderQuery(date_from=first), form)
    todays = sorted(context.todays(BRUSSELS))
    explicit = [keeper.api.ask(OrderQuery(date_from=first, date_to=today), form) for today in todays]
    shown, wanted = numbers(default, keeper), [numbers(answer, keeper) for answer in explicit]
    differing = sorted(shown ^ wanted[-1])
    judge(kept_if(shown in wanted, "OS-055", where="$.orders", exchanges=(default.id, *(a.id for a in explicit)),
                  expected=f"the orders of dateTo={todays[-1]:%d-%m-%Y}, today",
                  actual=f"not the same orders; they differ in {told(keeper, differing)}"))  # fmt: skip


def told(keeper: Bookkeeper, listed: list[str]) -> str:
    """Orders with their days, for a reader."""
    by_number = {order.number: order for order in keeper.book.known()}
    return ", ".join(f"{n} ({by_number[n].day})" if n in by_number else n for n in listed[:4]) or "nothing"


@verifies("OS-056")
def test_both_ends_belong_to_the_range(keeper: Bookkeeper, judge: Judge, form: Format) -> None:
    found = days(keeper, 2)
    first, last = found[0], found[len(found) // 2]
    for one, other in ((first, last), (last, found[-1])):
        if one == other:
            continue
        window = Window(None, one, other)
        answer = keeper.window(OrderQuery(date_from=one, date_to=other), window, form)
        ends = [order for order in keeper.book.predicted(window) if order.day in (one, other)]
        if {order.number for order in ends} <= numbers(answer, keeper):
            judge(Kept("OS-056", (answer.id,)))


@verifies("OS-057")
def test_a_range_of_one_day_is_recorded(keeper: Bookkeeper, judge: Judge, form: Format) -> None:
    for day in days(keeper)[-3:]:
        answer = keeper.api.ask(OrderQuery(date_from=day, date_to=day), form)
        if WRONG_RANGE in codes_of(answer):
            judge(Observed("OS-057", "order-status-equal-dates", "refused-106", (answer.id,)))
        else:
            judge(keeper.book.judge_window(answer, Window(None, day, day, "OS-056", "OS-052", "OS-052")))
            judge(Observed("OS-057", "order-status-equal-dates", "that-day", (answer.id,)))


@verifies("OS-052")
def test_nothing_is_older_than_what_all_time_showed(keeper: Bookkeeper) -> None:
    """A list that ends somewhere leaves out orders that a question about their days alone then shows."""
    oldest = days(keeper)[0]
    if oldest - DAY > LONG_AGO:
        window = Window(None, LONG_AGO, oldest - DAY, by_status="OS-052")
        keeper.window(OrderQuery(date_from=LONG_AGO, date_to=oldest - DAY), window)


@verifies("OS-058")
def test_status_and_dates_must_both_hold(keeper: Bookkeeper, form: Format) -> None:
    first, last = between(keeper)
    inside = keeper.book.predicted(Window(None, first, last))
    for status in sorted({order.status for order in inside}):
        # The range ends amid the orders of this status: another date of theirs would lie on the other side.
        mine = [order.day for order in inside if order.status == status]
        end = mine[len(mine) // 2]
        end = min(end + DAY if end + DAY not in mine else end, last)
        window = Window(frozenset({status}), first, end, by_status="OS-058", by_first="OS-058", by_last="OS-058")
        keeper.window(OrderQuery(statuses=(status,), date_from=first, date_to=end), window, form)


@verifies("OS-061")
def test_month_ends_and_leap_days_are_understood(keeper: Bookkeeper, form: Format) -> None:
    this_year = keeper.today.year
    for first, last in (
        (date(2024, 2, 29), keeper.book.until),
        (date(this_year - 1, 12, 31), keeper.today),
        (date(this_year, 1, 31), date(this_year, 12, 31)),
        (date(this_year - 1, 4, 30), date(this_year, 8, 31)),
    ):
        start = max(first, keeper.book.since)
        if start >= last:
            continue  # the book does not reach back that far
        window = Window(None, start, last, by_status="OS-061", by_first="OS-061", by_last="OS-061")
        keeper.window(OrderQuery(date_from=start, date_to=last), window, form)


@verifies("OS-106")
def test_a_reversed_range_is_refused_with_106(keeper: Bookkeeper, judge: Judge, form: Format) -> None:
    newest = keeper.today
    for first, last in ((newest, newest - DAY), (newest, newest - 400 * DAY), (date(2014, 11, 30), date(2014, 11, 1))):
        answer = keeper.api.ask(OrderQuery(date_from=first, date_to=last), form)
        judge(refused_with(answer, WRONG_RANGE, "OS-106"), shows_no_orders(answer, "OS-106"))


@pytest.mark.parametrize("malformed", ["2026-11-01", "31-02-2026", "99-99-9999", "abc", "1-1-26", "01/11/2026", "0"])
@verifies("OS-059", "OS-017")
def test_a_malformed_date_is_no_server_error(status: OrderStatus, judge: Judge, malformed: str) -> None:
    for query in (OrderQuery(date_from=malformed), OrderQuery(date_to=malformed)):
        answer = status.ask(query)
        if answer.readable and codes_of(answer) - {NOTHING_FOUND}:
            option = "refused-with-error"
        elif 400 <= answer.status < 500:
            option = "refused-by-http"
        else:
            option = "ignored"
        judge(Observed("OS-059", "order-status-malformed-date", option, (answer.id,)))


@verifies("OS-060")
def test_a_future_from_is_recorded(keeper: Bookkeeper, judge: Judge) -> None:
    answer = keeper.api.ask(OrderQuery(date_from=keeper.today + 40 * DAY))
    option = "refused-106" if WRONG_RANGE in codes_of(answer) else "nothing-found"
    judge(Observed("OS-060", "order-status-future-from", option, (answer.id,)))
    judge(shows_no_orders(answer, "OS-050"))


@verifies("OS-064")
def test_an_early_to_is_recorded(keeper: Bookkeeper, judge: Judge) -> None:
    answer = keeper.api.ask(OrderQuery(date_to=keeper.today - 300 * DAY))
    found: list[Order] = orders_of(answer)
    option = "earlier-orders" if found else "refused-106" if WRONG_RANGE in codes_of(answer) else "nothing-found"
    judge(Observed("OS-064", "order-status-early-to", option, (answer.id,)))
    late = [order.number for order in found if order.day > keeper.today - 300 * DAY]
    if late:
        judge(Broken("OS-051", "$.orders", "no order after dateTo", ", ".join(late), (answer.id,)))
