"""Faults in the rows of GetOrders, and in how a list is answered."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._shown import ListRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.writing import Document, Value
from conformance.sandbox.faults import breaks
from conformance.sandbox.members import renamed, without


class CreatedListRules(ListRules):
    """Changes the rows of GetOrders alone."""

    lists = Operation.LIST


@breaks("DD-206", "DD-300")
class ListsOrdersWithoutNumber(CreatedListRules):
    """GetOrders lists orders that lack their number."""

    def row(self, document: Document, order: Order) -> Document:
        return without(document, "id")


@breaks("DD-206", "DD-300")
class CallsTheNumberOrderNumber(CreatedListRules):
    """GetOrders names the number of an order orderNumber."""

    def row(self, document: Document, order: Order) -> Document:
        return renamed(document, "id", "orderNumber")


@breaks("DD-206", "DD-013", "DD-200")
class ListsInAnEnvelope(AskedRules):
    """GetOrders puts its list into an object."""

    def orders_document(self, orders: Sequence[Order]) -> Value:
        rows = super().orders_document(orders)
        return {"orders": rows, "total": len(orders)} if self.asks(Operation.LIST) else rows


@breaks("DD-206", "DD-013", "DD-200")
class AnswersOneOrderWithoutList(AskedRules):
    """GetOrders answers an order for a list of one."""

    def orders_document(self, orders: Sequence[Order]) -> Value:
        one = self.asks(Operation.LIST) and len(orders) == 1
        return self.order_document(orders[0]) if one else super().orders_document(orders)


@breaks("DD-219")
class AnswersNullForNoOrders(AskedRules):
    """GetOrders answers null where it has no order to list."""

    def orders_document(self, orders: Sequence[Order]) -> Value:
        return super().orders_document(orders) if orders or not self.asks(Operation.LIST) else None


@breaks("DD-219")
class RefusesEmptyIntervals(AskedRules):
    """GetOrders answers 404 where it has no order to list."""

    def orders_document(self, orders: Sequence[Order]) -> Value:
        if orders or not self.asks(Operation.LIST):
            return super().orders_document(orders)
        raise RefusedError(404, "OrdersNotFound")


@breaks("DD-221")
class ListsTotalsWithoutFees(CreatedListRules):
    """GetOrders shows another total of an order than GetOrder does."""

    def row(self, document: Document, order: Order) -> Document:
        return {**document, "totalPrice": self.total_price(order) - self.fees(order)}


@breaks("DD-221")
class ListsTheFirstLineOnly(CreatedListRules):
    """GetOrders shows the first line of every order only."""

    def row(self, document: Document, order: Order) -> Document:
        return {**document, "orderLines": self.lines_document(order)[:1]}


@breaks("DD-221")
class ListsAddressesOfTheNeighbour(AskedRules):
    """GetOrders shows the address of delivery of the order before."""

    def orders_document(self, orders: Sequence[Order]) -> Any:
        rows: Any = super().orders_document(orders)
        if self.asks(Operation.LIST):
            for row, neighbour in zip(rows[1:], orders, strict=False):
                row["deliveryInfo"] = self.delivery_document(neighbour)
        return rows


@breaks("DD-221")
class ListsPricesWithVat(CreatedListRules):
    """GetOrders shows lines with VAT where GetOrder shows them without."""

    def row(self, document: Document, order: Order) -> Document:
        lines: list[Value] = [
            {**self.line_document(order, line, place), "totalPrice": Decimal(self.price_with_vat(line))}
            for place, line in enumerate(order.content.lines)
        ]
        return {**document, "orderLines": lines}


@breaks("DD-221")
class ListsOrdersAsTheyWereOrdered(CreatedListRules):
    """GetOrders shows a state and a comment that an order had before it was changed: none."""

    def row(self, document: Document, order: Order) -> Document:
        return {**document, "orderState": None, "comment": ""}


@breaks("DD-222")
class ListsOrdersOnceForEachLine(AskedRules):
    """GetOrders repeats an order for each of its lines."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        if not self.asks(Operation.LIST):
            return orders
        return [order for order in orders for _ in order.content.lines]


@breaks("DD-222")
class SometimesListsAnOrderTwice(AskedRules):
    """GetOrders repeats the last order in every fourth list."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [*orders, *orders[-1:]] if self.asks(Operation.LIST) and self.is_turn() else orders
