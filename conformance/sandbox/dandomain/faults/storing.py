"""Faults in what a new order is: other than was sent, or not new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from conformance.sandbox.dandomain.danish import milliseconds
from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.models import Line, Order
from conformance.sandbox.dandomain.rules import Rules
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.shop import SITES, STATES, Person, Product
from conformance.sandbox.faults import breaks

Body = Mapping[str, object]


@breaks("DD-163")
class DoublesQuantities(Rules):
    """CreateOrder stores twice the quantity that was sent."""

    def quantity(self, line: Body) -> int:
        return super().quantity(line) * 2


@breaks("DD-163")
class LosesTheLastLine(Rules):
    """CreateOrder stores all lines but the last of several."""

    def lines(self, body: Body, site_id: int, currency: str) -> list[Line]:
        lines = super().lines(body, site_id, currency)
        return lines[:-1] or lines


@breaks("DD-163")
class OrdersAtMostTwo(Rules):
    """CreateOrder cuts every quantity at 2."""

    def quantity(self, line: Body) -> int:
        return min(super().quantity(line), 2)


@breaks("DD-164")
class SwapsQuantities(Rules):
    """CreateOrder gives the products of an order the quantities in the opposite order."""

    def lines(self, body: Body, site_id: int, currency: str) -> list[Line]:
        lines = super().lines(body, site_id, currency)
        return [replace(line, quantity=other.quantity) for line, other in zip(lines, reversed(lines), strict=True)]


@breaks("DD-164")
class OrdersAnotherProduct(Rules):
    """CreateOrder stores product 304 where 305 was sent."""

    def product(self, number: str) -> Product | None:
        return super().product("304" if number == "305" else number)


@breaks("DD-165")
class StoresEuros(Rules):
    """CreateOrder stores every order in EUR."""

    def currency(self, body: Body) -> str:
        super().currency(body)
        return "EUR"


@breaks("DD-166")
class StoresAnotherSite(Rules):
    """CreateOrder stores the shop's other site."""

    def new_order(self, body: Body, now: datetime) -> Order:
        order = super().new_order(body, now)
        order.site_id = next(site for site in SITES if site != order.site_id)
        return order


@breaks("DD-167")
class PadsCustomerNumbers(Rules):
    """CreateOrder stores the customer number with leading zeros."""

    def new_order(self, body: Body, now: datetime) -> Order:
        order = super().new_order(body, now)
        order.customer_id = order.customer_id.zfill(8)
        return order


@breaks("DD-168")
class StoresAnotherPayment(Rules):
    """CreateOrder stores payment method 60, whichever was sent."""

    def new_order(self, body: Body, now: datetime) -> Order:
        order = super().new_order(body, now)
        order.payment_id = 60
        return order


@breaks("DD-169")
class StoresAnotherShipping(Rules):
    """CreateOrder stores shipping method 67, whichever was sent."""

    def new_order(self, body: Body, now: datetime) -> Order:
        order = super().new_order(body, now)
        order.shipping_id = 67
        return order


@breaks("DD-170")
class DeliversToTheCustomer(Rules):
    """CreateOrder stores the customer's own street where another address of delivery was sent."""

    def address(self, given: Body, own: Person) -> Person:
        return replace(super().address(given, own), address=own.address)


@breaks("DD-170")
class SwapsZipCodeAndCity(Rules):
    """CreateOrder stores the postal code of an address as its city, and its city as the postal code."""

    def address(self, given: Body, own: Person) -> Person:
        address = super().address(given, own)
        return replace(address, zip_code=address.city, city=address.zip_code)


@breaks("DD-170")
class CutsNamesAtTheFirstBlank(Rules):
    """CreateOrder stores the first word of the name of an address only."""

    def address(self, given: Body, own: Person) -> Person:
        address = super().address(given, own)
        return replace(address, name=address.name.split(" ")[0])


@breaks("DD-173")
class StartsWithADefaultState(Rules):
    """CreateOrder gives a new order the shop's default state."""

    def first_state(self) -> int | None:
        return next(iter(STATES))


@breaks("DD-174")
class StartsComplete(Rules):
    """CreateOrder makes orders that are complete."""

    def starts_incomplete(self) -> bool:
        return False


@breaks("DD-174")
class ShowsIncompleteOrdersAsComplete(Rules):
    """GetOrder shows the opposite of incomplete."""

    def incomplete(self, order: Order) -> bool:
        return not order.incomplete


@breaks("DD-175")
class CreatesThreeDaysAgo(AskedRules):
    """CreateOrder has a clock that is three days behind."""

    def recorded(self, now: datetime) -> datetime:
        return super().recorded(now) - timedelta(days=3 if self.asks(Operation.CREATE) else 0)


@breaks("DD-175")
class WritesSecondsForMilliseconds(Rules):
    """Dates in JSON count seconds since 1970 where they owe milliseconds."""

    def json_date(self, instant: datetime) -> str:
        return f"/Date({milliseconds(instant) // 1000}+0100)/"


@breaks("DD-175")
class CountsMonthsFromZero(Rules):
    """createdDate is a month early."""

    def created_date(self, order: Order) -> datetime | None:
        return order.created - timedelta(days=31)
