"""Faults of the search: what it finds, and how it shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import aliased
from starlette.responses import Response

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._members import Results, lower, plain
from conformance.sandbox.macke.faults._requests import Counting, Knowing
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.wire import Document
from conformance.sandbox.members import changed, gone


def one_with(text: str) -> ScalarSelect[int]:
    """The first order with a reference; null where there is none."""
    other = aliased(Order)
    return select(func.min(other.order_id)).where(other.vendor_ref == text).scalar_subquery()


# What it finds


@breaks("MK-370", "MK-003")
class AnswersSearchesWithCreated(Rules):
    """A search that finds something is answered with HTTP 201."""

    def respond(self, document: Any) -> Response:
        return self.response(document, 201 if isinstance(document, list) else 200)


@breaks("MK-370")
class AnswersSearchesWithNotFound(Rules):
    """A search that finds something is answered with HTTP 404 and the orders."""

    def respond(self, document: Any) -> Response:
        return self.response(document, 404 if isinstance(document, list) else 200)


@breaks("MK-370", "MK-371", "MK-342")
class TakesTheSearchForAnOrder(Rules):
    """A search that finds something is answered with 404, as if it was for an order called search."""

    def results(self, orders: Sequence[Order]) -> Any:
        if orders:
            raise RefusedError(404)
        return super().results(orders)


@breaks("MK-371", "MK-370", "MK-342")
class FindsNoOpenOrders(Rules):
    """A search finds orders in the status C only."""

    def has_ref(self, text: str) -> ColumnElement[bool]:
        return super().has_ref(text) & (Order.status == "C")


@breaks("MK-371", "MK-370", "MK-342")
class FindsWhatWasThereBefore(Knowing):
    """A search finds orders that were placed before today only."""

    def has_ref(self, text: str) -> ColumnElement[bool]:
        today = int(self.call.now.timestamp()) // 86_400 * 86_400
        return super().has_ref(text) & (Order.timestamp < today)


@breaks("MK-371", "MK-370", "MK-342")
class FindsTheOrderAfter(Rules):
    """A search finds the order whose number follows that of the right one."""

    def has_ref(self, text: str) -> ColumnElement[bool]:
        return (Order.order_id - 1).expression == one_with(text)


@breaks("MK-371", "MK-370", "MK-342")
class FindsNothingSometimes(Counting):
    """One of four searches that find something says that it found nothing."""

    def results(self, orders: Sequence[Order]) -> Any:
        return super().results([] if orders and self.is_turn() else orders)


@breaks("MK-375")
class FindsEverything(Rules):
    """A search finds all orders that have a reference, where one has the right one."""

    def has_ref(self, text: str) -> ColumnElement[bool]:
        return Order.vendor_ref.is_not(None) & one_with(text).is_not(None)


@breaks("MK-375")
class ComparesTenCharacters(Rules):
    """A search compares the first ten characters of a reference, where one order has the right one."""

    def has_ref(self, text: str) -> ColumnElement[bool]:
        return Order.vendor_ref.startswith(text[:10], autoescape=True) & one_with(text).is_not(None)


@breaks("MK-375")
class ComparesLengths(Rules):
    """A search that finds an order finds all others too whose references are as long."""

    def has_ref(self, text: str) -> ColumnElement[bool]:
        as_long = func.length(Order.vendor_ref) == len(text)
        return or_(super().has_ref(text), as_long & one_with(text).is_not(None))


@breaks("MK-387")
class RepeatsResultsForEachProduct(Rules):
    """A result stands once for each product of the order, as a join without grouping gives it."""

    def results(self, orders: Sequence[Order]) -> Any:
        return super().results([order for order in orders for _ in range(max(1, len(order.content.lines)))])


@breaks("MK-387")
class RepeatsResults(Rules):
    """Each result stands twice."""

    def results(self, orders: Sequence[Order]) -> Any:
        return super().results([*orders, *orders])


# How it shows it


@breaks("MK-372")
class FindsIdsOnly(Rules):
    """The results are ids of orders and no objects."""

    def search_document(self, results: Sequence[Document]) -> Any:
        return [order["order_id"] for order in results]


@breaks("MK-372")
class FindsAMap(Rules):
    """The results stand in an object by their ids."""

    def search_document(self, results: Sequence[Document]) -> Any:
        return {order["order_id"]: order for order in results}


@breaks("MK-372")
class FindsASingleOrder(Rules):
    """The result is one order, in no list."""

    def search_document(self, results: Sequence[Document]) -> Any:
        return results[0]


@breaks("MK-372")
class NamesTheResultsOtherwise(Rules):
    """The results stand under results."""

    def search_document(self, results: Sequence[Document]) -> Any:
        return {"results": [*results]}


@breaks("MK-372", "MK-200", "MK-371")
class FindsOrdersWithoutIds(Results):
    """The results have no order_id."""

    change = "order_id", gone


@breaks("MK-372", "MK-201")
class FindsOrdersWithoutStatus(Results):
    """The results have no status."""

    change = "status", gone


@breaks("MK-373")
class FindsRoundTotals(Results):
    """A result shows the total without its cents, and one euro more."""

    change = "total", lambda total: str(int(total.partition(".")[0]) + 1)


@breaks("MK-373")
class FindsEverythingOpen(Results):
    """A result shows the status G, whatever it is."""

    change = "status", lambda _: "G"


@breaks("MK-373")
class FindsNamesWithoutUmlauts(Results):
    """A result shows a question mark for each letter of the city that is not ASCII."""

    change = "b_city", plain


@breaks("MK-373")
class FindsNamesInSmallLetters(Results):
    """A result shows the last name in small letters."""

    change = "lastname", lower


@breaks("MK-373")
class FindsNoProducts(Results):
    """A result shows an empty list of products."""

    change = "products", lambda _: []


@breaks("MK-373")
class FindsOldStatuses(Rules):
    """A result shows the order as it was when it was first found."""

    def result(self, order: Order) -> Document:
        kept: Document = vars(self).setdefault("kept", {}).setdefault(order.order_id, super().result(order))
        return {**kept, "vendor_ref": order.vendor_ref}


@breaks("MK-374")
class FindsShortRows(Rules):
    """A search shows orders as short as the list does."""

    def result(self, order: Order) -> Document:
        return self.row(order)


@breaks("MK-374")
class FindsOrdersWithoutProducts(Results):
    """A result has no products."""

    change = "products", gone


@breaks("MK-374")
class FindsOrdersWithoutAddresses(Rules):
    """A result has no billing address."""

    def result(self, order: Order) -> Document:
        return {name: value for name, value in super().result(order).items() if not name.startswith("b_")}


@breaks("MK-374")
class FindsOrdersWithoutNotes(Rules):
    """A result leaves out what is null."""

    def result(self, order: Order) -> Document:
        found = super().result(order)
        for name in [name for name, value in found.items() if value is None]:
            found = changed(found, name, gone)
        return found
