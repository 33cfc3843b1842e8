"""The orders that a shop shows over all time, and what follows from them for every narrower question.

An order is predicted only where every reading of an interval agrees; orders at the edges may show or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from conformance.checks import Answer, Broken, Kept, Outcome
from conformance.checks.compare import differences
from conformance.contract.tree import wire_text
from conformance.suite.context import Context
from conformance.suite.dandomain.clients import Shop, shop
from conformance.suite.dandomain.interval import Interval
from conformance.suite.dandomain.orders import SHOP_ZONE, Order, equal, orders_of
from conformance.suite.dandomain.own import OwnOrders, own_orders
from conformance.suite.steady import Steady

BOOK = "dandomain-order-book"
LONG_AGO = date(2000, 1, 1)
_HORIZONS = (3660, 366, 92, 31, 7)
"""How many days to look back where an answer about all time is too large or too slow to come."""


When = Callable[[Order], datetime | None]
"""Which of an order's dates an interval is about."""


@dataclass(frozen=True)
class OrderBook:
    """Orders by id."""

    listed: Mapping[str, Order]
    own: OwnOrders
    since: date
    until: date
    evidence: tuple[str, ...]
    schema: Mapping[str, Any]
    """Of one order."""

    @property
    def orders(self) -> Mapping[str, Order]:
        """Those about which something can be predicted: not those that the run makes or changes."""
        touched = self.own.touched()
        return {id_: order for id_, order in self.listed.items() if id_ not in touched}

    def known(self) -> list[Order]:
        """All orders that show when they were created, oldest first."""
        dated = [order for order in self.orders.values() if order.created]
        return sorted(dated, key=lambda order: (order.created or datetime.min.replace(tzinfo=UTC), order.id))

    def fingerprint(self) -> object:
        """What to compare when asking whether the data behind the book have changed."""
        return {order.id: order.raw for order in self.orders.values()}

    def judge_interval(
        self, answer: Answer, interval: Interval, when: When, complete: str, only: str, alike: str
    ) -> Iterator[Outcome]:
        """Holds a list against the prediction for an interval.

        Args:
            answer: the list.
            interval: what was asked for.
            when: the date that decides.
            complete: the requirement that no order is missing.
            only: the requirement that no other order shows.
            alike: the requirement that an order is the same in every list.
        """
        listed = {order.id: order for order in orders_of(answer)}
        known = self.orders
        dated = [(order, moment) for order in known.values() if (moment := when(order))]
        due = [order for order, moment in dated if interval.certainly_holds(moment)]
        yield from self.judge_due(answer, listed, due, complete)
        stray = [order for order in listed.values()
                 if (moment := when(order)) and interval.certainly_excludes(moment)]  # fmt: skip
        stray += [order for order in listed.values() if order.id in known and not when(order)]
        if stray:
            told = f"order {stray[0].id} of {when(stray[0]) or 'no date'}"
            yield Broken(only, f"$[{list(listed).index(stray[0].id)}]", f"only orders between {interval.start} and "
                         f"{interval.end}", _more(told, stray), (answer.id, *self.evidence))  # fmt: skip
        else:
            yield Kept(only, (answer.id,))
        yield from self.judge_alike(answer, listed.values(), alike)

    def judge_due(
        self, answer: Answer, listed: Mapping[str, Order], due: Iterable[Order], complete: str
    ) -> Iterator[Outcome]:
        """No order that is due is missing."""
        missing = [order for order in due if order.id not in listed]
        if missing:
            told = f"order {missing[0].id} is not listed"
            yield Broken(complete, "$", f"order {missing[0].id}, created {missing[0].created}", _more(told, missing),
                         (answer.id, *self.evidence))  # fmt: skip
        else:
            yield Kept(complete, (answer.id,))

    def judge_alike(self, answer: Answer, listed: Iterable[Order], alike: str) -> Iterator[Outcome]:
        """Every order is shown as it was shown before."""
        orders = self.orders
        for index, order in enumerate(listed):
            known = orders.get(order.id)
            if known is None:
                continue
            for difference in differences(known.raw, order.raw, self.schema, (index,), equal):
                yield Broken(alike, answer.where(*difference.path), wire_text(difference.left),
                             wire_text(difference.right), (answer.id, *self.evidence))  # fmt: skip
                return
        yield Kept(alike, (answer.id,))


def _more(told: str, orders: list[Order]) -> str:
    return told if len(orders) == 1 else f"{told}, and {len(orders) - 1} more like it"


class Bookkeeper:
    """The order book beside the shop that it was read from."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.shop: Shop = shop(context)
        self.steady = Steady(context, BOOK, self._read)

    @property
    def book(self) -> OrderBook:
        """The book, read when first asked for.

        Raises:
            Nonconformance, Unreadable: no wide question got a list as answer.
        """
        return self.steady.picture

    @property
    def tomorrow(self) -> date:
        """A date after every date that "today" can be at the shop."""
        return max(self.context.todays(SHOP_ZONE)) + timedelta(days=1)

    def judged(self, ask: Callable[[], Answer], judge: Callable[[OrderBook, Answer], Iterable[Outcome]]) -> Answer:
        """Asks, and judges the answer by the book."""
        return self.steady.judged(ask, judge)

    def _read(self) -> OrderBook:
        since, until = LONG_AGO, self.tomorrow + timedelta(days=1)
        answer = self.shop.created(since, until)
        for days in _HORIZONS:
            if answer.readable:
                break
            since = self.tomorrow - timedelta(days=days)
            answer = self.shop.created(since, until)
        listed = {order.id: order for order in orders_of(answer) if order.id}
        schema = answer.operation.answer.schema["items"]
        return OrderBook(listed, own_orders(self.context), since, until, (answer.id,), schema)
