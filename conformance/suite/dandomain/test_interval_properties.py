"""GetOrders: the book of all orders predicts the answer for every interval, row by row and member by member."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from conformance.checks import Judge, Kept, verifies
from conformance.checks.compare import differences
from conformance.checks.outcome import Broken
from conformance.contract.tree import wire_text
from conformance.suite.context import Context
from conformance.suite.dandomain.book import Bookkeeper
from conformance.suite.dandomain.common import told
from conformance.suite.dandomain.interval import Interval
from conformance.suite.dandomain.orders import Order, equal, shown
from conformance.suite.dandomain.shopdata import ShopData
from conformance.suite.properties import for_all

DAY = timedelta(days=1)


def days(keeper: Bookkeeper) -> st.SearchStrategy[date]:
    """Days at and beside the creation of orders, and any other day of the book."""
    known = keeper.book.known()
    near = sorted({order.created.date() + shift * DAY for order in known if order.created for shift in (-1, 0, 1, 2)})
    first = near[0] if near else keeper.tomorrow - 400 * DAY
    anywhere = st.dates(first - 3 * DAY, keeper.tomorrow)
    return st.one_of(st.sampled_from(near), anywhere) if near else anywhere


@verifies("DD-207", "DD-212", "DD-221")
def test_every_interval_is_answered_as_the_book_predicts(keeper: Bookkeeper, context: Context, judge: Judge) -> None:
    def example(start: date, length: int) -> None:
        interval = Interval(start, start + length * DAY)
        keeper.judged(
            lambda: keeper.shop.created(interval.start, interval.end),
            lambda book, answer: book.judge_interval(
                answer, interval, lambda order: order.created, "DD-207", "DD-212", "DD-221"),
        )  # fmt: skip

    for_all(context, example, start=days(keeper), length=st.sampled_from([1, 2, 3, 7, 30, 31, 90, 365]))
    judge(Kept("DD-207"), Kept("DD-212"), Kept("DD-221"))  # every example held


@verifies("DD-221")
def test_a_listed_order_is_what_get_order_shows(keeper: Bookkeeper, context: Context, judge: Judge) -> None:
    data = ShopData(context)
    known = [*keeper.book.known()] or [data.spare()]

    def example(order: Order) -> None:
        answer = keeper.shop.get(order.id)
        single = shown(answer)
        if not single:
            judge(Broken("DD-221", "$", f"order {order.id}, which GetOrders lists", told(answer), (answer.id,)))
            return
        if single[0].raw != order.raw and keeper.steady.data_changed():
            return
        for difference in differences(order.raw, single[0].raw, answer.operation.answer.schema, (), equal):
            judge(Broken("DD-221", answer.where(*difference.path), wire_text(difference.left),
                         wire_text(difference.right), (answer.id, *keeper.book.evidence)))  # fmt: skip
        judge(Kept("DD-221", (answer.id,)))

    for_all(context, example, order=st.sampled_from(known))
