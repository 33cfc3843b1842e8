"""Faults in what CreateOrder accepts and answers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.seed import LAST_NUMBER
from conformance.sandbox.dandomain.shop import Customer, Method, Person
from conformance.sandbox.dandomain.writing import Value
from conformance.sandbox.faults import breaks
from conformance.sandbox.members import without

Body = Mapping[str, object]


# What it accepts


@breaks("DD-100")
class RefusesOrdersOfSeveralProducts(Rules):
    """CreateOrder accepts orders of one line only."""

    def most_lines(self) -> int:
        return 1


@breaks("DD-100")
class SometimesRefusesOrders(AskedRules):
    """CreateOrder refuses every fourth valid order."""

    def new_order(self, body: Body, now: datetime) -> Order:
        order = super().new_order(body, now)
        if self.is_turn():
            raise RefusedError(400, "OrderNotValid")
        return order


@breaks("DD-103", "DD-100")
class ReadsTextJsonOnly(Rules):
    """CreateOrder refuses a body that is sent as application/json."""

    def is_readable(self, content_type: str | None) -> bool:
        return content_type is not None and content_type.startswith("text/json")


@breaks("DD-104")
class ReadsApplicationJsonOnly(Rules):
    """CreateOrder refuses a body that is sent as text/json."""

    def is_readable(self, content_type: str | None) -> bool:
        return content_type is not None and content_type.startswith("application/json")


@breaks("DD-109")
class NeedsADeliveryAddress(Rules):
    """CreateOrder refuses an order without altDeliveryInfo."""

    def delivery(self, body: Body, customer: Customer) -> Person:
        if "altDeliveryInfo" in body:
            return super().delivery(body, customer)
        raise RefusedError(400, "AltDeliveryInfoMissing")


@breaks("DD-110", "DD-100")
class RefusesEmptyTextsInAddresses(Rules):
    """CreateOrder refuses an altDeliveryInfo in which a text is empty."""

    def address_text(self, value: object) -> str:
        if value == "":
            raise RefusedError(400, "AltDeliveryInfoNotValid")
        return super().address_text(value)


@breaks("DD-111")
class RefusesMethodsThatNameNoGroup(Rules):
    """CreateOrder takes a method that is for every group for one that is for none."""

    def fits_group(self, method: Method, group: int | None) -> bool:
        return group is None or group in (method.groups or ())


# What it answers


@breaks("DD-160", "DD-100")
class AnswersNoNumber(Rules):
    """CreateOrder answers the order without its number."""

    def created_document(self, order: Order) -> Value:
        return without(self.order_document(order), "id")


@breaks("DD-160", "DD-100")
class AnswersTrueToANewOrder(Rules):
    """CreateOrder answers true where it owes an order."""

    def created_document(self, order: Order) -> Value:
        return True


@breaks("DD-161", "DD-171")
class GivesOneNumberToAll(Rules):
    """CreateOrder answers the number of its first order to every later one."""

    _first = 0

    def created_document(self, order: Order) -> Value:
        self._first = self._first or order.id
        return {**self.order_document(order), "id": self._first}


@breaks("DD-161")
class GivesOneNumberToOrdersMadeAtOnce(Rules):
    """CreateOrder answers the latest number there is, so that two orders made at once are told the same."""

    _latest = 0

    def created_document(self, order: Order) -> Value:
        self._latest = max(self._latest, order.id)
        time.sleep(0.02)
        return {**self.order_document(order), "id": self._latest}


@breaks("DD-162", "DD-250")
class FindsNewOrdersLate(AskedRules):
    """GetOrder does not find a new order when it is asked for it the first time."""

    def found(self, order: Order | None) -> Order:
        seen: set[int] = self.__dict__.setdefault("seen", set())
        if order is None or order.id in seen or order.id <= LAST_NUMBER:
            return super().found(order)
        seen.add(order.id)
        return super().found(None)


@breaks("DD-162")
class AnswersTheNextNumber(Rules):
    """CreateOrder answers a number that is one too high."""

    def created_document(self, order: Order) -> Value:
        return {**self.order_document(order), "id": order.id + 1}


@breaks("DD-171")
class AnswersANewOrderWithoutFees(Rules):
    """CreateOrder answers a total without fees, GetOrder one with them."""

    def created_document(self, order: Order) -> Value:
        return {**self.order_document(order), "totalPrice": self.total_price(order) - self.fees(order)}
