"""Faults of the list: what it looks like, which orders it holds, and how many it says there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_
from starlette.datastructures import QueryParams

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._members import Rows
from conformance.sandbox.macke.faults._requests import Counting, Knowing
from conformance.sandbox.macke.models import Order, Status, unix_seconds
from conformance.sandbox.macke.rules import Rules
from conformance.sandbox.macke.rules.listing import Asked, Condition
from conformance.sandbox.macke.rules.wire import Document
from conformance.sandbox.macke.seed import FIRST_MADE
from conformance.sandbox.members import changed, gone, renamed

# The envelope


@breaks("MK-030")
class NamesTheListData(Rules):
    """The orders stand under data and not under orders."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        return renamed(super().list_document(orders, params), "orders", "data")


@breaks("MK-030")
class ListsOrdersAsMap(Rules):
    """The orders stand in an object by their ids and in no list."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        return {"orders": {order["order_id"]: order for order in orders}, "params": params}


@breaks("MK-030", "MK-097")
class UnpacksASingleOrder(Rules):
    """A list of one order is the order itself."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        return {"orders": orders[0] if len(orders) == 1 else [*orders], "params": params}


@breaks("MK-030")
class NullsAnEmptyList(Rules):
    """A list without orders is null."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        return {"orders": [*orders] or None, "params": params}


@breaks("MK-030")
class ListsIdsOnly(Rules):
    """The entries of the list are the ids of orders and no objects."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        return {"orders": [order["order_id"] for order in orders], "params": params}


@breaks("MK-030")
class LeavesAHoleForGuests(Rules):
    """The entry of a guest's order is an empty list."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        return {"orders": [order if order["user_id"] != "0" else [] for order in orders], "params": params}


@breaks("MK-030")
class ListsWithoutIds(Rows):
    """The entries of the list have no order_id."""

    change = "order_id", gone


@breaks("MK-030")
class CallsTheIdOtherwise(Rules):
    """The entries of the list have their ids under id."""

    def row(self, order: Order) -> Document:
        return renamed(super().row(order), "order_id", "id")


@breaks("MK-030")
class ForgetsIdsOnLaterPages(Rules):
    """The entries of all pages but the first have no order_id."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        shown = orders if params["page"] == 1 else [changed(order, "order_id", gone) for order in orders]
        return super().list_document(shown, params)


@breaks("MK-030")
class ForgetsAnIdSometimes(Counting):
    """One of four pages has an entry without order_id."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        shown = [changed(orders[0], "order_id", gone), *orders[1:]] if orders and self.is_turn() else orders
        return super().list_document(shown, params)


# Which orders


@breaks("MK-033")
class RepeatsOrdersForEachProduct(Rules):
    """An order stands on its page once for each of its products, as a join without grouping gives it."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [order for order in orders for _ in range(max(1, len(order.content.lines)))]


@breaks("MK-033")
class RepeatsTheFirstOrder(Rules):
    """A page ends with its first order once more, in place of its last."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [*orders[:-1], orders[0]] if len(orders) > 4 else orders


@breaks("MK-033")
class RepeatsAnOrderOnTheSecondPage(Rules):
    """The second page shows its first order twice."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        return super().list_document([*orders[:1], *orders] if params["page"] == 2 else orders, params)


@breaks("MK-039")
class HidesGuests(Rules):
    """Orders of guests are not listed."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return [*super().conditions(query), Order.user_id != 0]


@breaks("MK-039")
class HidesFreshOrders(Rules):
    """The list is as it was when the server started: what was placed since is not on it."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return [*super().conditions(query), Order.order_id < FIRST_MADE]


@breaks("MK-039")
class ListsOneYear(Knowing):
    """Orders that were placed more than a year ago are not listed."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return [*super().conditions(query), Order.timestamp > unix_seconds(self.call.now) - 365 * 86_400]


@breaks("MK-039")
class HidesReferencedOrders(Rules):
    """An order that has a vendor_ref is not listed any more."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return [*super().conditions(query), or_(Order.vendor_ref.is_(None), Order.vendor_ref == "")]


@breaks("MK-082")
class ListsTheHiddenStatus(Rules):
    """Incomplete orders are listed without being asked for."""

    def hidden_statuses(self) -> tuple[str, ...]:
        return ()


@breaks("MK-082")
class ListsTheHiddenStatusOfGuests(Rules):
    """Incomplete orders of guests are listed without being asked for."""

    def with_status(self, letters: list[str]) -> Condition | None:
        chosen = Order.status.in_(letters) if letters else Order.status != Status.INCOMPLETE.value
        return chosen if letters else or_(chosen, Order.user_id == 0)


@breaks("MK-082", "MK-090")
class ListsTheHiddenStatusOfACustomer(Rules):
    """Incomplete orders are listed beside a user_id, without being asked for."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        shown = "user_id" in query and "status" not in query
        return super().conditions(QueryParams([*query.multi_items(), *self._all_letters()]) if shown else query)

    def _all_letters(self) -> list[tuple[str, str]]:
        return [("status[]", letter.value) for letter in Status]


# The total


@breaks("MK-034")
class CountsTheHiddenToo(Rules):
    """total_items is one more than the orders on the pages."""

    def params(self, query: QueryParams, asked: Asked, total: int) -> Document:
        return super().params(query, asked, total + 1)


@breaks("MK-034")
class CountsThePage(Rules):
    """total_items is the number of orders on the page."""

    def params(self, query: QueryParams, asked: Asked, total: int) -> Document:
        return super().params(query, asked, min(total, asked.size))


@breaks("MK-034")
class CountsThePages(Rules):
    """total_items is the number of pages."""

    def params(self, query: QueryParams, asked: Asked, total: int) -> Document:
        return super().params(query, asked, -(-total // (asked.size or 1)))


@breaks("MK-034")
class CountsToFifty(Rules):
    """total_items is never more than 50."""

    def params(self, query: QueryParams, asked: Asked, total: int) -> Document:
        return super().params(query, asked, min(total, 50))


@breaks("MK-034")
class SaysTheTotalInWords(Rules):
    """total_items is a text such as "70 orders"."""

    def params(self, query: QueryParams, asked: Asked, total: int) -> Document:
        return changed(super().params(query, asked, total), "total_items", lambda value: f"{value} orders")


@breaks("MK-111")
class CountsWithoutFilters(Rules):
    """total_items is the number of all orders, whatever the filters."""

    def params(self, query: QueryParams, asked: Asked, total: int) -> Document:
        self.most = max(getattr(self, "most", 0), total)
        return super().params(query, asked, self.most)


@breaks("MK-111")
class CountsOneTooFewOfACustomer(Rules):
    """total_items is one too few beside a user_id."""

    def params(self, query: QueryParams, asked: Asked, total: int) -> Document:
        return super().params(query, asked, max(total - ("user_id" in query), 0))
