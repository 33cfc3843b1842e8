"""The order book: every order that the target admits to, and from it the exact answer to any narrower question.

Pure: a book and a question in, the expected orders out, and the difference to an answer as outcomes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from conformance.checks import Answer, Broken, Kept, Outcome, refused_with
from conformance.checks.compare import differences
from conformance.checks.errors import codes_of
from conformance.contract.tree import sub_schema, wire_text
from conformance.suite.imaterialise.orders import NOTHING_FOUND, STATUS_NAMES, Order, orders_of

ENDS = "OS-056"
"""Both ends of a range belong to it."""


@dataclass(frozen=True)
class Window:
    """A question about statuses and days, and the requirement that each of its parts answers to."""

    statuses: frozenset[int] | None
    first: date
    last: date
    by_status: str = "OS-040"
    by_first: str = "OS-052"
    by_last: str = "OS-052"
    unsure: frozenset[date] = frozenset()
    """Days that may belong to the answer or not (a default that more than one reading of the calendar explains)."""

    edges: tuple[date, ...] = ()
    """The ends that were asked for in words; both, where nothing is said."""

    def holds(self, order: Order) -> bool:
        """Whether an order belongs into the answer; both ends of the window belong to it."""
        return self.first <= order.day <= self.last and (self.statuses is None or order.status in self.statuses)

    def blamed_for(self, order: Order) -> str:
        """The requirement that an order breaks by being in the answer although it does not belong there."""
        if order.day < self.first:
            return self.by_first
        if order.day > self.last:
            return self.by_last
        return self.by_status

    def is_edge(self, order: Order) -> bool:
        """Whether an order was requested on one of the days that were asked for as ends."""
        return order.day in (self.edges or (self.first, self.last))

    def misses(self, order: Order) -> str:
        """The requirement that an order breaks by being absent although it belongs into the answer."""
        if self.statuses is not None:
            return self.by_status
        # Nothing but the dates was asked for: the end that cut too much is the nearer one.
        return self.by_first if order.day - self.first <= self.last - order.day else self.by_last

    def __str__(self) -> str:
        codes = "any status" if self.statuses is None else "status " + ", ".join(map(str, sorted(self.statuses)))
        return f"{codes} from {self.first} to {self.last}"


@dataclass
class OrderBook:
    """What the widest questions brought to light."""

    orders: dict[str, Order]
    since: date
    """The first day that the widest answered question covered."""
    until: date
    evidence: tuple[str, ...]
    touched: set[str] = field(default_factory=set)
    """Numbers of orders that the run itself changes: no answer about them is predicted from here."""

    def known(self) -> list[Order]:
        """All orders that nobody touches, oldest first."""
        listed = (order for order in self.orders.values() if order.number not in self.touched)
        return sorted(listed, key=lambda order: (order.requested, order.number))

    def predicted(self, window: Window) -> list[Order]:
        """The orders that answer a question about statuses and days."""
        return [order for order in self.known() if window.holds(order)]

    def by_number(self, numbers: Iterable[str]) -> list[Order]:
        """The orders with these numbers."""
        wanted = set(numbers)
        return [order for order in self.known() if order.number in wanted]

    def fingerprint(self) -> dict[str, Mapping[str, Any]]:
        """What to compare when asking whether the data behind the book has changed."""
        return {order.id: order.raw for order in self.known()}

    def judge_window(self, answer: Answer, window: Window) -> Iterator[Outcome]:
        """Holds an answer against the prediction for a window: no order more, none less, none altered."""
        if _refused(answer):
            yield Broken(window.by_status, "status", f"the orders of {window}", f"HTTP {answer.status}", (answer.id,))
            return
        shown = [order for order in orders_of(answer) if order.day not in window.unsure]
        expected = {order.id: order for order in self.predicted(window) if order.day not in window.unsure}
        kept = dict.fromkeys((window.by_status, window.by_first, window.by_last))
        for outcome in self._strangers(answer, shown, expected, window):
            kept.pop(outcome.requirement, None)
            yield outcome
        missing = [order for id_, order in expected.items() if id_ not in {order.id for order in shown}]
        # Where nothing but the ends is missing, the ends are what is wrong.
        blamed = (lambda _: ENDS) if all(map(window.is_edge, missing)) else window.misses
        for requirement, group in _grouped(missing, blamed).items():
            kept.pop(requirement, None)
            yield Broken(requirement, "$.orders", f"{_listed(group)} among the orders of {window}",
                         _shown(answer, shown), self._seen(answer))  # fmt: skip
        yield from self._unaltered(answer, shown)
        if not expected and not shown:
            yield from _nothing_found(answer)
        for requirement in kept:
            yield Kept(requirement, (answer.id,))

    def judge_exactly(self, answer: Answer, wanted: Iterable[Order], requirement: str) -> Iterator[Outcome]:
        """Holds an answer against named orders: these, once each, as the book shows them."""
        if _refused(answer):
            yield Broken(requirement, "status", _listed(wanted), f"HTTP {answer.status}", (answer.id,))
            return
        shown = orders_of(answer)
        ids, expected = Counter(order.id for order in shown), {order.id: order for order in wanted}
        if ids == Counter(expected.keys()):
            yield Kept(requirement, (answer.id,))
        else:
            yield Broken(requirement, "$.orders", _listed(expected.values()), _shown(answer, shown), self._seen(answer))
        yield from self._unaltered(answer, shown)

    def _strangers(
        self, answer: Answer, shown: list[Order], expected: Mapping[str, Order], window: Window
    ) -> Iterator[Broken]:
        """Orders that do not belong into the answer, or that stand in it more than once."""
        counts = Counter(order.id for order in shown)
        for order in shown:
            if order.number in self.touched:
                continue
            if order.id not in expected:
                requirement = window.blamed_for(order)
                told = f"{order.number} ({STATUS_NAMES[order.status]}, {order.day})" if order.status < 8 else order.number
                yield Broken(requirement, "$.orders", f"only orders of {window}", told, self._seen(answer))
            elif counts.pop(order.id, 1) > 1:
                yield Broken(window.by_status, "$.orders", f"{order.number} once", "more than once", (answer.id,))

    def _unaltered(self, answer: Answer, shown: Iterable[Order]) -> Iterator[Broken]:
        """Every member of every order as the book shows it; a difference breaks that member's requirement."""
        schema = sub_schema(answer.operation.answer.schema, "orders").get("items", {})
        for order in shown:
            known = self.orders.get(order.id)
            if known is None or order.number in self.touched or known.raw == order.raw:
                continue
            for difference in differences(known.raw, order.raw, schema):
                path = ("orders", order.index, *difference.path)
                yield Broken(
                    answer.operation.answer.requirement(path),
                    answer.where(*path),
                    f"{wire_text(difference.left)}, as other answers show it for {order.number}",
                    wire_text(difference.right),
                    self._seen(answer),
                )

    def _seen(self, answer: Answer) -> tuple[str, ...]:
        return (*self.evidence, answer.id)


def _refused(answer: Answer) -> bool:
    """Refused by HTTP alone, without an error that could be read."""
    return answer.refused_by_http and not answer.readable


def _nothing_found(answer: Answer) -> Iterator[Outcome]:
    yield refused_with(answer, NOTHING_FOUND, "OS-108")


def _grouped(orders: Iterable[Order], key: Any) -> dict[str, list[Order]]:
    groups: dict[str, list[Order]] = {}
    for order in orders:
        groups.setdefault(key(order), []).append(order)
    return groups


def _listed(orders: Iterable[Order], most: int = 4) -> str:
    numbers = [order.number for order in orders]
    more = f" and {len(numbers) - most} more" if len(numbers) > most else ""
    return ", ".join(numbers[:most]) + more if numbers else "no order"


def _shown(answer: Answer, shown: list[Order]) -> str:
    if shown:
        return f"{len(shown)} orders: {_listed(shown)}"
    codes = ", ".join(map(str, codes_of(answer)))
    return f"no order, error {codes}" if codes else "no order"
