"""Orders that a scenario needs in a certain state, and the rule about which orders may be cancelled at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from requests import PreparedRequest

from conformance.checks import Unreadable
from conformance.suite.context import Context
from conformance.suite.imaterialise.bookkeeper import Bookkeeper, touched
from conformance.suite.imaterialise.clients import CANCELLATION, ORDER_STATUS, OrderQuery
from conformance.suite.imaterialise.orders import (
    CANCELLED,
    DELIVERED,
    IN_PRODUCTION,
    INVALID,
    ORDERED,
    PROCESSING,
    READY_TO_SHIP,
    SHIPPED,
    Order,
    orders_of,
)
from conformance.target import Datum, Unmet

STATUS_OF_NEED = {
    "order.ordered": ORDERED,
    "order.processing": PROCESSING,
    "order.in_production": IN_PRODUCTION,
    "order.ready_to_ship": READY_TO_SHIP,
    "order.shipped": SHIPPED,
    "order.delivered": DELIVERED,
    "order.cancelled": CANCELLED,
    "order.invalid": INVALID,
    "order.consumable_ordered": ORDERED,
    "order.consumable_processing": PROCESSING,
}
NUMBER = re.compile(rb"IMC\d{6}", re.IGNORECASE)


class OrderData:
    """Finds orders for scenarios: provider states, then the target file, then (for looking at only) the order book."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.keeper = Bookkeeper(context)
        self._spent: set[str] = context.shared.setdefault("spent-orders", set())
        self._unknown: set[str] = context.shared.setdefault("unknown-orders", set())

    def in_state(self, need: str) -> str:
        """The number of an order in a state, for looking at and for cancellations that must be refused.

        Raises:
            Unmet: neither the states endpoint nor the target file has one.
        """
        try:
            return self._number(self.context.data.one(need))
        except Unmet:
            spare = next(self._consumables(need), None)
            if spare is None:
                raise self.context.data.unmet(need, self._suggestion(need)) from None
            return spare

    def take(self, need: str) -> str:
        """The number of an order that the caller may cancel; it is handed out once.

        Raises:
            Unmet: there is none (left).
        """
        made = self.context.data.make(need)
        number = self._number(made) if made else next(self._consumables(need), "")
        if not number:
            raise self.context.data.unmet(need, self._suggestion(need))
        self._spent.add(number)
        touched(self.context).add(number)
        return number

    def plenty(self) -> bool:
        """Whether there are enough orders to cancel for every scenario to have its own."""
        if self.context.target.states_url:
            return True
        return len(self.context.data.named("order.consumable_ordered")) >= 6

    def unknown(self) -> str:
        """An order number that nobody has, asked for before it is used.

        A target whose order status cannot be read gets a number that is not even formed like one.
        """
        if self._unknown:
            return min(self._unknown)
        draws = self.context.random("unknown order number")
        if not self.can_look:
            return "ZZZ000000"
        for _ in range(20):
            number = f"IMC{draws.randrange(10**6):06}"
            try:
                order = self.look(number)
            except Unreadable:
                break
            if order is None:
                self._unknown.add(number)
                return number
        return "ZZZ000000"

    @property
    def can_look(self) -> bool:
        """Whether the target has Order Status, by which alone the effect of a cancellation shows."""
        return self.context.offers(ORDER_STATUS)

    def look(self, number: str) -> Order | None:
        """An order as order status shows it now; None where it shows none, or where the target has no Order Status.

        Raises:
            Unreadable: order status is there and does not say.
        """
        if not self.can_look:
            return None
        answer = self.keeper.api.ask(OrderQuery(numbers=(number,)))
        if not answer.readable:
            told = f"order status does not say how {number} stands: HTTP {answer.status}"
            raise Unreadable(told, unblamed=answer.refused_by_http)
        return next((order for order in orders_of(answer) if order.raw.get("orderNumber") == number), None)

    def why_not(self, request: PreparedRequest) -> str:
        """Why a request must not be sent, or "": it would cancel an order that is not the run's to cancel."""
        operation = next(iter(self.context.contracts[CANCELLATION].operations.values()))
        if not (request.url or "").partition("?")[0].endswith(operation.path):
            return ""
        for number in _numbers_in(request):
            if number not in self._handed_over() and number not in self._unknown:
                return (
                    f"{number} is neither made by this run nor named in the target file, so it is not cancelled; "
                    f'add it to the target file: [data.orders] consumable = ["{number}"]'
                )
        return ""

    def named(self) -> set[str]:
        """The numbers of the account's own orders that the target file names."""
        tables = self.context.target.data.get("orders", {})
        own = (value for key, value in tables.items() if key != "foreign")
        return {str(number) for value in own for number in (value if isinstance(value, list) else [value])}

    def _handed_over(self) -> set[str]:
        made = {str(ids.get("orderNumber")) for _, ids in self.context.data.made}
        return self.named() | set(map(str, self.context.data.named("order.foreign"))) | made

    def _consumables(self, need: str) -> Iterator[str]:
        """Orders that the target file hands over and that are in the state that is needed, as shown now."""
        engineers = set(self.context.data.named("order.processing_engineer"))
        on_hold = need == "order.consumable_on_hold"
        wanted = STATUS_OF_NEED.get(need)
        for number in self.context.data.named("order.consumable_ordered"):
            if wanted is None and not on_hold:
                return
            if number in self._spent and wanted != CANCELLED:
                continue  # what was cancelled here may still show how a cancelled order is refused
            order = self.look(number)
            if not self.can_look and not on_hold:
                yield number  # nobody can say in which state it is: what the user hands over is what he means
                continue
            if order is None or (wanted == PROCESSING and number in engineers):
                continue
            held = order.raw.get("isOnHold") is True
            if (held and order.status in (ORDERED, PROCESSING)) if on_hold else (order.status == wanted and not held):
                yield number

    def _suggestion(self, need: str) -> str | None:
        """An order in the wanted state that the target shows: the user may want to hand it over."""
        wanted = STATUS_OF_NEED.get(need)
        try:
            known = self.keeper.book.known() if self.can_look else []
        except Unreadable:
            return None
        return next((order.number for order in known if order.status == wanted), None)

    def _number(self, datum: Datum) -> str:
        number = str(datum["orderNumber"])
        if datum.source == "states":
            touched(self.context).add(number)
        return number


def _numbers_in(request: PreparedRequest) -> set[str]:
    """Every order number that a cancellation request could be understood to name."""
    body: Any = request.body or b""
    data = body.encode() if isinstance(body, str) else bytes(body)
    # Looked for anywhere: a lenient reader may find a number where a strict one sees only a broken body.
    return {match.decode().upper() for match in NUMBER.findall(data + (request.url or "").encode())}
