"""Oddities of what a question means, and of the data behind the answer."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.orm import Session

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import Document
from conformance.sandbox.faults import legal, legal_alone
from conformance.sandbox.imaterialise.accounts import OWN
from conformance.sandbox.imaterialise.factory import make_order
from conformance.sandbox.imaterialise.models import Cart, Order, Status
from conformance.sandbox.imaterialise.rules import RefusedError, Rules
from conformance.sandbox.imaterialise.seed import FIRST_NUMBER, FOREIGN_ORDERS, OWN_ORDERS
from conformance.sandbox.imaterialise.seed import seed as usual

# Questions


@legal
class RefusesOneDay(Rules):
    """Reads 106 by the letter: a range of one day does not begin before it ends."""

    def is_backwards(self, first: date, last: date) -> bool:
        return first >= last


@legal
class TakesWhatItUnderstands(Rules):
    """Ignores dates that are none and statuses that are unknown beside known ones, and lists the oldest orders first."""

    def date_from(self, text: str | None, today: date) -> date:
        try:
            return super().date_from(text, today)
        except RefusedError:
            return super().date_from(None, today)

    def date_to(self, text: str | None, today: date) -> date:
        try:
            return super().date_to(text, today)
        except RefusedError:
            return super().date_to(None, today)

    def statuses(self, query: Any) -> list[int]:
        known = [text for text in self.values(query, "status") if re.fullmatch("[0-7]", text)]
        return [int(text) for text in known] or super().statuses(query)

    def sequence(self) -> Any:
        return Order.requested.asc(), Order.number.desc()


@legal
class WarnsInRequestError(Rules):
    """Puts warning 109 where errors stand, and shows no orders then."""

    def place_warning(self, document: Document, warning: Document) -> None:
        document["orders"] = []
        document["requestError"] = warning


@legal
class HoldsOrdersBack(Rules):
    """Does not cancel an order on hold, and applies the filter by status beside a number."""

    def objection(self, order: Order) -> int | None:
        return 509 if order.on_hold and super().objection(order) is None else super().objection(order)

    def conditions(self, query: Any, today: date) -> Any:
        named = super().conditions(query, today)
        return [*named, self.has_status(self.statuses(query))] if self.values(query, "status") else named


@legal
class RefusesTenCarts(Rules):
    """Reads "less than 10" as the table says."""

    cart_limit = 9


@legal
class MergesRepeatedCarts(Rules):
    """Answers a cart that is asked for twice once."""

    def cart_status_document(self, entries: Sequence[tuple[str, Cart | None]]) -> Document:
        return super().cart_status_document(list({raw: (raw, cart) for raw, cart in entries}.values()))


@legal
class ReadsMembersAsSpelt(Rules):
    """Takes a missing number for a wrong body, members only as they are spelt, and repeats an unknown number."""

    def order_number(self, call: Call) -> str:
        try:
            return super().order_number(call)
        except RefusedError as error:
            raise RefusedError(501 if error.code == 503 else error.code) from None

    def is_member(self, sent: str, documented: str) -> bool:
        return sent in (documented, documented[:1].upper() + documented[1:])


# Data


@legal_alone
class HasFewOrders(Rules):
    """Has one in five of the orders that were there, and what is made."""

    def visible_to(self, account: str) -> Any:
        return and_(super().visible_to(account), self.few())

    def cancels(self, number: str, account: str) -> Any:
        return and_(super().cancels(number, account), self.few())

    def few(self) -> Any:
        """Orders whose number ends in 0 or 5, and those with a later number than the seed has."""
        last = f"IMC{FIRST_NUMBER + OWN_ORDERS + FOREIGN_ORDERS:06}"
        return or_(Order.number >= last, Order.number.endswith("0"), Order.number.endswith("5"))


@legal_alone
class HasManyOrders(Rules):
    """Has a thousand orders more, one every ten hours."""

    @staticmethod
    def seed(session: Session, now: datetime) -> None:
        """Fills an empty database: the usual orders, and many beside them."""
        usual(session, now)
        chance = random.Random("many")  # noqa: S311 - data, no secret
        states = [Status.ORDERED, Status.IN_PRODUCTION, Status.SHIPPED, Status.DELIVERED, Status.DELIVERED]
        for place in range(1000):
            moment = now.replace(microsecond=0) - timedelta(hours=10 * place)
            session.add(make_order(chance, f"IMC{100_000 + place:06}", OWN, moment, states[place % len(states)]))
