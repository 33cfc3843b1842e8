"""Rules of GET /orders/search: which orders carry a reference, and how they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement
from starlette.datastructures import QueryParams

from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules.details import DetailRules
from conformance.sandbox.macke.rules.refused import RefusedError
from conformance.sandbox.macke.rules.wire import Document


class SearchRules(DetailRules):
    """From a reference to a list of detailed orders."""

    def searched_ref(self, query: QueryParams) -> str:
        """The `vendor_ref` to look for; none, or an empty one, is a request that failed (400)."""
        text = query.get("vendor_ref", "")
        if text:
            return text
        raise RefusedError(400, "vendor_ref is missing")

    def has_ref(self, text: str) -> ColumnElement[bool]:
        """Orders with exactly that reference."""
        return Order.vendor_ref == text

    def search_sequence(self) -> Sequence[ColumnElement[Any]]:
        """How the results are sorted, which the document leaves open: the newest first."""
        return Order.timestamp.desc(), Order.order_id.desc()

    def results(self, orders: Sequence[Order]) -> Any:
        """The finished answer; no order at all is 404 with the document's message."""
        if not orders:
            raise RefusedError(404, self.miss_message())
        return self.search_document([self.result(order) for order in orders])

    def miss_message(self) -> str:
        """What the document says when no results were found."""
        return "Your search did not return any results"

    def result(self, order: Order) -> Document:
        """A detailed order is what GET /orders/<order_id> shows."""
        return self.details(order)

    def search_document(self, results: Sequence[Document]) -> Any:
        """A list of detailed orders: an array, without envelope."""
        return [*results]
