"""Faults in GetOrdersByCustomerNumber: orders that are missing, and orders of somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import true

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._shown import ListRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import Rules
from conformance.sandbox.dandomain.rules.queries import Condition
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.writing import Document, Value
from conformance.sandbox.faults import breaks
from conformance.sandbox.members import without


class CustomerListRules(ListRules):
    """Changes the rows of GetOrdersByCustomerNumber alone."""

    lists = Operation.LIST_BY_CUSTOMER


@breaks("DD-500", "DD-504")
class FindsNobody(Rules):
    """GetOrdersByCustomerNumber answers an empty list, whoever is asked for."""

    def bought_by(self, customer_number: str) -> list[Condition]:
        return [~true()]


@breaks("DD-500", "DD-504")
class WantsPaddedCustomerNumbers(Rules):
    """GetOrdersByCustomerNumber finds a customer by a number of eight digits only."""

    def bought_by(self, customer_number: str) -> list[Condition]:
        return super().bought_by(customer_number.lstrip("0") if len(customer_number) == 8 else "")


@breaks("DD-503")
class ListsEverybodyForNoNumber(Rules):
    """GetOrdersByCustomerNumber lists the orders of all customers where no number is given."""

    def customer_number(self, text: str) -> str:
        return text

    def bought_by(self, customer_number: str) -> list[Condition]:
        return super().bought_by(customer_number) if customer_number else []


@breaks("DD-503")
class ListsGuestsForNoNumber(Rules):
    """GetOrdersByCustomerNumber lists the orders of guests where no number is given."""

    def customer_number(self, text: str) -> str:
        return text


@breaks("DD-504", "DD-500")
class HidesIncompleteOrdersOfCustomers(CustomerListRules):
    """GetOrdersByCustomerNumber lists complete orders only."""

    def chosen(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [order for order in orders if not order.incomplete]


@breaks("DD-504")
class ListsTheNewestOrdersOfCustomers(CustomerListRules):
    """GetOrdersByCustomerNumber lists the five newest orders of a customer and says nothing of the rest."""

    def chosen(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders[-5:]


@breaks("DD-504")
class HidesCancelledOrdersOfCustomers(CustomerListRules):
    """GetOrdersByCustomerNumber leaves out the orders in one state, the last of the shop."""

    def chosen(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [order for order in orders if order.state_id != 7]


@breaks("DD-504", "DD-500")
class SometimesFindsNobody(CustomerListRules):
    """GetOrdersByCustomerNumber answers an empty list at every fourth time."""

    def chosen(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [] if self.is_turn() else orders


@breaks("DD-505")
class ListsGuestsWithEveryCustomer(Rules):
    """GetOrdersByCustomerNumber lists the orders of guests with those of a customer."""

    def bought_by(self, customer_number: str) -> list[Condition]:
        return [Order.customer_id.in_([customer_number, ""])]


@breaks("DD-505")
class ListsTheNextCustomerToo(Rules):
    """GetOrdersByCustomerNumber lists the orders of the customer with the next number as well."""

    def bought_by(self, customer_number: str) -> list[Condition]:
        following = str(int(customer_number) + 1) if customer_number.isdecimal() else customer_number
        return [Order.customer_id.in_([customer_number, following])]


@breaks("DD-506", "DD-505")
class FindsCustomersByTheirBeginning(Rules):
    """GetOrdersByCustomerNumber lists the customers whose number begins as the one that is asked for."""

    def bought_by(self, customer_number: str) -> list[Condition]:
        return [Order.customer_id.startswith(customer_number, autoescape=True)]


@breaks("DD-506", "DD-505")
class FindsCustomersByTheirEnd(Rules):
    """GetOrdersByCustomerNumber compares as many digits as the customer's number has, from the end."""

    def bought_by(self, customer_number: str) -> list[Condition]:
        ends = [customer_number[place:] for place in range(len(customer_number))]
        return [Order.customer_id.in_(ends)]


@breaks("DD-506")
class TakesPercentForAnything(Rules):
    """GetOrdersByCustomerNumber takes % in a customer number for any text."""

    def bought_by(self, customer_number: str) -> list[Condition]:
        return [Order.customer_id.like(customer_number)]


@breaks("DD-507")
class ListsEverybodyForUnknownNumbers(CustomerListRules):
    """GetOrdersByCustomerNumber answers the list before where nobody has the number."""

    _last: Sequence[Order] = ()

    def chosen(self, orders: Sequence[Order]) -> Sequence[Order]:
        self._last = orders or self._last
        return self._last


@breaks("DD-507")
class TakesLongNumbersForGuests(Rules):
    """GetOrdersByCustomerNumber lists the orders of guests for a number of nine digits."""

    def bought_by(self, customer_number: str) -> list[Condition]:
        return super().bought_by(customer_number if len(customer_number) < 9 else "")


@breaks("DD-509", "DD-300")
class ListsCustomersOrdersWithoutNumber(CustomerListRules):
    """GetOrdersByCustomerNumber lists orders that lack their number."""

    def row(self, document: Document, order: Order) -> Document:
        return without(document, "id")


@breaks("DD-509", "DD-500", "DD-013")
class ListsCustomersOrdersInAnEnvelope(AskedRules):
    """GetOrdersByCustomerNumber puts its list into an object."""

    def orders_document(self, orders: Sequence[Order]) -> Value:
        rows = super().orders_document(orders)
        return {"customer": rows} if self.asks(Operation.LIST_BY_CUSTOMER) else rows


@breaks("DD-510")
class ListsCustomersOrdersInEuros(CustomerListRules):
    """GetOrdersByCustomerNumber shows another currency than GetOrder does."""

    def row(self, document: Document, order: Order) -> Document:
        return {**document, "currencyCode": "EUR"}


@breaks("DD-510")
class ListsCustomersOrdersWithoutState(CustomerListRules):
    """GetOrdersByCustomerNumber shows orders in a state as orders without one."""

    def row(self, document: Document, order: Order) -> Document:
        return {**document, "orderState": None}


@breaks("DD-512")
class ListsCustomersOrdersTwice(CustomerListRules):
    """GetOrdersByCustomerNumber lists every order with several lines twice."""

    def chosen(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [order for order in orders for _ in order.content.lines[:2]]
