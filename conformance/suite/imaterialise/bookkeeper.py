"""Keeps the order book of a run: reads it once, asks the target, and holds each answer against the prediction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from conformance.checks import Answer, Outcome, Unreadable
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.imaterialise.book import OrderBook, Window
from conformance.suite.imaterialise.clients import BRUSSELS, OrderQuery, OrderStatus, order_status
from conformance.suite.imaterialise.orders import Order, orders_of
from conformance.suite.steady import Steady

BOOK = "order-book"
LONG_AGO = date(2000, 1, 1)
MANY = 300
_HORIZONS = (365, 183, 31, 7)
"""How many days to look back where an answer about all time is too large or too slow to come."""


def touched(context: Context) -> set[str]:
    """Numbers of the orders that this run made or changes: nothing about them is predicted."""
    found: set[str] = context.shared.setdefault("touched-orders", set())
    return found


class Bookkeeper:
    """The order book beside the API that it was read from."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.api: OrderStatus = order_status(context)
        self.judge = context.judge
        self._steady = Steady(context, BOOK, self._read)

    @property
    def today(self) -> date:
        """The latest date that "today" can be at the target."""
        return max(self.context.todays(BRUSSELS))

    @property
    def span(self) -> tuple[date, date]:
        """The days to ask about where any days would do: all of them, or the latest where there are very many orders.

        The scenarios about statuses ask dozens of times; what holds for hundreds of orders holds for thousands.
        """
        known = self.book.known()
        if len(known) <= MANY:
            return self.book.since, self.book.until
        return known[-MANY].day, self.book.until

    @property
    def book(self) -> OrderBook:
        """The book, read when first asked for.

        Raises:
            Unreadable: no wide question got an answer that shows orders.
        """
        return self._steady.picture

    def window(self, query: OrderQuery, window: Window, form: Format = Format.JSON) -> Answer:
        """Asks about statuses and days, and judges the answer by the book."""
        return self._judged(query, form, lambda book, answer: book.judge_window(answer, window))

    def exactly(
        self, query: OrderQuery, wanted: Iterable[Order], requirement: str, form: Format = Format.JSON
    ) -> Answer:
        """Asks for named orders, and judges the answer by the book."""
        ids = [order.id for order in wanted]
        return self._judged(
            query, form,
            lambda book, answer: book.judge_exactly(answer, [book.orders[id_] for id_ in ids], requirement),
        )  # fmt: skip

    def _judged(
        self, query: OrderQuery, form: Format, judged: Callable[[OrderBook, Answer], Iterable[Outcome]]
    ) -> Answer:
        return self._steady.judged(lambda: self.api.ask(query, form), judged)

    def _read(self) -> OrderBook:
        """Every order that a wide question shows. Two are asked, so that one fault does not hide the orders.

        The second has ends whose day and month are the same: it reads the same to a target that swaps them.
        """
        far = date(self.today.year + 1, 12, 12)
        questions = [OrderQuery(date_from=LONG_AGO), OrderQuery(date_from=LONG_AGO, date_to=far)]
        answers = [self.api.ask(question) for question in questions]
        since = LONG_AGO
        for days in _HORIZONS:
            if any(answer.readable for answer in answers):
                break
            since = self.today - timedelta(days=days)
            answers = [self.api.ask(OrderQuery(date_from=since))]
        found: dict[str, Order] = {}
        for answer in answers:
            if answer.readable:
                found.update({order.id: order for order in orders_of(answer)})
        if not any(answer.readable for answer in answers):
            raise Unreadable("no question about all orders was answered")
        evidence = tuple(answer.id for answer in answers if answer.readable)
        return OrderBook(found, since, far, evidence, touched(self.context))
