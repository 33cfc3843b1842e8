"""GetOrdersInModifiedInterval: what the book predicts for every interval, by any reading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from conformance.checks import Answer, Broken, Judge, Kept, NotTestable, Outcome, verifies
from conformance.suite.context import Context
from conformance.suite.dandomain.book import Bookkeeper, OrderBook
from conformance.suite.dandomain.interval import Interval
from conformance.suite.dandomain.orders import Order, orders_of
from conformance.suite.properties import for_all

DAY = timedelta(days=1)


def predicted(book: OrderBook, answer: Answer, interval: Interval) -> Iterator[Outcome]:
    """Orders with both dates inside are listed; those with both dates outside, or never modified, are not."""
    rows = {order.id: order for order in orders_of(answer)}
    known = [order for order in book.known() if order.modified]
    due = [order for order in known if all(interval.certainly_holds(moment) for moment in _dates(order))]
    yield from book.judge_due(answer, rows, due, "DD-557")
    stray = [order for order in rows.values()
             if order.modified and all(interval.certainly_excludes(moment) for moment in _dates(order))]  # fmt: skip
    if stray:
        told = f"order {stray[0].id}, created {stray[0].created}, modified {stray[0].modified}"
        yield Broken("DD-559", "$", f"only orders created or modified between {interval.start} and {interval.end}", told,
                     (answer.id, *book.evidence))  # fmt: skip
    else:
        yield Kept("DD-559", (answer.id,))
    yield from book.judge_alike(answer, rows.values(), "DD-567")


def _dates(order: Order) -> list[datetime]:
    return [moment for moment in (order.created, order.modified) if moment]


@verifies("DD-557", "DD-559", "DD-567")
def test_every_interval_is_answered_as_the_book_predicts(keeper: Bookkeeper, context: Context, judge: Judge) -> None:
    dated = sorted({moment.date() for order in keeper.book.known() if order.modified for moment in _dates(order)})
    if not dated:
        raise NotTestable("no order of the shop shows a modifiedDate")

    def example(day: date, before: int, length: int) -> None:
        start = day - before * DAY
        interval = Interval(start, start + length * DAY)
        keeper.judged(lambda: keeper.shop.modified(interval.start, interval.end),
                      lambda book, answer: predicted(book, answer, interval))  # fmt: skip

    for_all(context, example, day=st.sampled_from(dated), before=st.integers(-2, 2),
            length=st.sampled_from([1, 3, 7, 31, 92, 365]))  # fmt: skip
    judge(Kept("DD-557"), Kept("DD-559"), Kept("DD-567"))  # every example held
