"""The orders that the run makes: nothing else in the shop is changed, and all of them are removed at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from requests import PreparedRequest

from conformance.checks import Answer, Unreadable
from conformance.suite.context import Context
from conformance.suite.dandomain.every import CREATE, DELETE, recall
from conformance.suite.dandomain.orders import Order
from conformance.suite.recall import QUESTION, Recall

OWN = "dandomain-own-orders"
_CHANGE = re.compile(r"/OrderService/[^/]+/(?:CompleteOrder/|SetOrderComment/|SetOrderState/|SetTrackNumber/)?([^/]*)", re.I)
_REQUESTS_TO_REMOVE = 1
_CHANGES = {
    "SetOrderComment": {"comment", "customerComment"}, "SetTrackNumber": {"trackingNumber"},
    "SetOrderState": {"orderState", "incomplete"},
}  # fmt: skip
"""What an operation changes of an order; any other one may change anything."""


@dataclass
class OwnOrders:
    """Ids of the orders that this run made, and of those that it may change besides."""

    context: Context
    live: dict[str, str] = field(default_factory=dict)
    """Made and not yet removed, in the order of creation, each with the exchange that gave it its number ("" if unknown)."""
    gone: set[str] = field(default_factory=set)
    """Made and removed, or never there: whatever is done to them harms nobody."""
    lent: dict[str, Order | None] = field(default_factory=dict)
    """Orders that the run may change besides: as they were, where the run has to put them back (not those of states)."""
    again: dict[str, str] = field(default_factory=dict)
    """Exchanges that gave a new order the number of one that is still there, with the exchange that gave it first."""
    template: dict[str, Any] = field(default_factory=dict)
    """The members of an order that is known to be valid in this shop, but for its delivery address."""
    asked: bool = False
    """Whether any creation was asked for: one that was refused may have made an order all the same."""

    @cached_property
    def recall(self) -> Recall:
        """What the target said of orders."""
        return recall(self.live, self.context.data.made)

    @property
    def mark(self) -> str:
        """What the run writes as attention into the delivery address of every order that it makes.

        By it an order is recognised that was made although its creation was refused or its answer lost.
        """
        return f"conformance {self.context.random('mark').getrandbits(32):08x} {self.context.clock:%Y%m%d%H%M%S}"

    def seen(self, answer: Answer) -> None:
        """Keeps book of an answer: a creation that gives an id made an order, a deletion that says true removed one."""
        if answer.exchange.request.method != "GET":
            name = _named(answer.exchange.request.url)
            self.recall.forget_all(QUESTION)
            right = answer.exchange.request.method == answer.operation.method
            self.recall.forget(f"order {name}", _CHANGES.get(answer.operation.id) if right else None)
        if answer.exchange.request.method != answer.operation.method:
            return
        if answer.operation.id == CREATE:
            self.asked, made = True, _id_in(answer)
            if self.live.get(made):
                self.again[answer.id] = self.live[made]
            self.recall.forget(f"order {made}")  # another order had the number, if any
            self.given(made, answer.id)
        elif answer.operation.id == DELETE and _value_of(answer) is True:
            self.removed(urlsplit(answer.exchange.request.url).path.rpartition("/")[2])

    def given(self, order_id: str, exchange: str = "") -> None:
        """Counts a new order as the run's own. A shop may give the number of one that is gone again."""
        self.gone.discard(order_id)
        self.adopt(order_id, exchange)

    def adopt(self, order_id: str, exchange: str = "") -> None:
        """Counts an order as the run's own."""
        if order_id and order_id not in self.live and order_id not in self.gone:
            self.live[order_id] = exchange
            self.context.recorder.reserved += _REQUESTS_TO_REMOVE

    def removed(self, order_id: str) -> None:
        """Counts an order as removed."""
        if order_id in self.live:
            del self.live[order_id]
            self.context.recorder.reserved -= _REQUESTS_TO_REMOVE
        self.gone.add(order_id)

    def made(self, order: Order) -> bool:
        """Whether an order that is listed is one of the run's own: by its mark; where that does not show, by its number."""
        attention = order.part("deliveryInfo").get("attention")
        if attention:
            return str(attention).startswith(self.mark)
        return order.id in self.live or order.id in self.gone

    def touched(self) -> frozenset[str]:
        """All orders about which nothing is predicted from what was read at the beginning."""
        return frozenset({*self.live, *self.gone, *self.lent})

    def why_not(self, request: PreparedRequest) -> str:
        """Why a request that changes something may not be sent, or "".

        Creating is allowed. Everything else must name an order of the run's own, or none at all: every number in the
        name, however a careless server may read one out of it, is the run's own or no order's.
        """
        name = _named(request.url or "")
        touched = self.touched()
        if name in touched or all(_harmless(number, touched) for number in re.findall(r"\d+", name)):
            return ""
        return f"{request.method} would change order {name}, which this run did not make"


def _named(url: str) -> str:
    """The order that a change names; "" where it names none."""
    found = _CHANGE.search(urlsplit(url).path)
    return unquote(found[1]) if found else ""


def _harmless(digits: str, touched: frozenset[str]) -> bool:
    """Whether digits name no order but one of these: 0 names none, and what overflows names what is left of it."""
    number = int(digits)
    return not number or str(number) in touched or (number >= 2**63 and str(number % 2**32) in touched)


def own_orders(context: Context) -> OwnOrders:
    """The book of the run's own orders."""
    if OWN not in context.shared:
        context.shared[OWN] = OwnOrders(context)
    found: OwnOrders = context.shared[OWN]
    return found


def _id_in(answer: Answer) -> str:
    """The id that an answer gives to the new order; "" where it gives none."""
    value = _value_of(answer)
    found = value.get("id") if isinstance(value, dict) else None
    return str(found) if isinstance(found, int | str) and not isinstance(found, bool) else ""


def _value_of(answer: Answer) -> Any:
    """What an answer says, whatever its kind; None where it cannot be read."""
    try:
        return answer.parsed
    except (ValueError, Unreadable):
        return None
