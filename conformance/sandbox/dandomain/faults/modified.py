"""Faults in GetOrdersInModifiedInterval: changed orders that are missing, and orders that were not changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import true
from starlette.datastructures import QueryParams

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._shown import ListRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.queries import Condition, Window
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.writing import Document, Value
from conformance.sandbox.faults import breaks
from conformance.sandbox.members import renamed, without

DAY = timedelta(days=1)


class ModifiedListRules(ListRules):
    """Changes the rows of GetOrdersInModifiedInterval alone."""

    lists = Operation.LIST_MODIFIED


@breaks("DD-550", "DD-557")
class FindsNothingModified(Rules):
    """GetOrdersInModifiedInterval answers an empty list, whatever was changed."""

    def modified_in(self, window: Window, state_id: int | None) -> list[Condition]:
        return [~true()]


@breaks("DD-550", "DD-012")
class RefusesModifiedIntervals(AskedRules):
    """GetOrdersInModifiedInterval refuses every interval that it is asked for."""

    def window(self, query: QueryParams, now: datetime) -> Window:
        if self.asks(Operation.LIST_MODIFIED):
            raise RefusedError(400, "IntervalNotValid")
        return super().window(query, now)


@breaks("DD-553")
class ListsModifiedOrdersWithoutStart(AskedRules):
    """GetOrdersInModifiedInterval takes a missing start for the beginning of all time."""

    def start(self, text: str | None) -> datetime:
        return super().start("2000-1-1" if text is None and self.asks(Operation.LIST_MODIFIED) else text)


@breaks("DD-554")
class ListsModifiedOrdersForAnEmptyStart(AskedRules):
    """GetOrdersInModifiedInterval takes an empty start for the beginning of all time."""

    def start(self, text: str | None) -> datetime:
        return super().start("2000-1-1" if text == "" and self.asks(Operation.LIST_MODIFIED) else text)


@breaks("DD-556", "DD-300")
class ListsModifiedOrdersWithoutNumber(ModifiedListRules):
    """GetOrdersInModifiedInterval lists orders that lack their number."""

    def row(self, document: Document, order: Order) -> Document:
        return without(document, "id")


@breaks("DD-556", "DD-300")
class RenamesTheNumberOfModifiedOrders(ModifiedListRules):
    """GetOrdersInModifiedInterval names the number of an order orderId."""

    def row(self, document: Document, order: Order) -> Document:
        return renamed(document, "id", "orderId")


@breaks("DD-556", "DD-550", "DD-013")
class ListsModifiedOrdersByNumber(AskedRules):
    """GetOrdersInModifiedInterval answers an object of orders by number where it owes a list."""

    def orders_document(self, orders: Sequence[Order]) -> Value:
        if not self.asks(Operation.LIST_MODIFIED):
            return super().orders_document(orders)
        return {str(order.id): self.order_document(order) for order in orders}


@breaks("DD-557")
class ForgetsModifications(Rules):
    """No change of an order counts as its modification."""

    def touched(self, now: datetime) -> Effect:
        return {}


@breaks("DD-557")
class HidesModifiedIncompleteOrders(ModifiedListRules):
    """GetOrdersInModifiedInterval lists complete orders only."""

    def chosen(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [order for order in orders if not order.incomplete]


@breaks("DD-557")
class ListsTheFirstModifiedOnly(ModifiedListRules):
    """GetOrdersInModifiedInterval lists the ten oldest orders of an interval and says nothing of the rest."""

    def chosen(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders[:10]


@breaks("DD-557")
class ListsModificationsADayLater(AskedRules):
    """GetOrdersInModifiedInterval does not list what was modified within the last 24 hours."""

    def modified_in(self, window: Window, state_id: int | None) -> list[Condition]:
        return super().modified_in(Window(window.start, min(window.end, self.call.now - DAY)), state_id)


@breaks("DD-557", "DD-556")
class SometimesMissesModifications(ModifiedListRules):
    """GetOrdersInModifiedInterval leaves out the order that was modified last, at every fourth time."""

    def chosen(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders[:-1] if self.is_turn() else orders


@breaks("DD-558")
class ListsOrdersThatWereNeverModified(Rules):
    """GetOrdersInModifiedInterval takes an order that was created within the interval for a modified one."""

    def modified_in(self, window: Window, state_id: int | None) -> list[Condition]:
        never = Order.modified.is_(None) & Order.created.between(*window)
        return [Order.modified.between(*window) | never]


@breaks("DD-559")
class IgnoresTheModifiedInterval(Rules):
    """GetOrdersInModifiedInterval lists every order that was ever modified."""

    def modified_in(self, window: Window, state_id: int | None) -> list[Condition]:
        return [Order.modified.is_not(None)]


@breaks("DD-559")
class ForgetsTheEndOfModifiedIntervals(Rules):
    """GetOrdersInModifiedInterval lists everything that was modified since the start."""

    def modified_in(self, window: Window, state_id: int | None) -> list[Condition]:
        return [Order.modified >= window.start]


@breaks("DD-559")
class ForgetsTheStartOfModifiedIntervals(Rules):
    """GetOrdersInModifiedInterval lists everything that was modified until the end."""

    def modified_in(self, window: Window, state_id: int | None) -> list[Condition]:
        return [Order.modified <= window.end]


@breaks("DD-567")
class ListsModifiedOrdersWithoutComment(ModifiedListRules):
    """GetOrdersInModifiedInterval shows orders with an empty comment."""

    def row(self, document: Document, order: Order) -> Document:
        return {**document, "comment": ""}


@breaks("DD-567")
class ListsModifiedOrdersAsComplete(ModifiedListRules):
    """GetOrdersInModifiedInterval shows incomplete orders as complete."""

    def row(self, document: Document, order: Order) -> Document:
        return {**document, "incomplete": False}


@breaks("DD-569")
class ListsModifiedOrdersTwice(ModifiedListRules):
    """GetOrdersInModifiedInterval lists an order for its creation and once more for its modification."""

    def chosen(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [*orders, *orders]
