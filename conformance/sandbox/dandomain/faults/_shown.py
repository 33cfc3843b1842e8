"""Showing orders in another way: one member of every order, or the rows of one list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.writing import Document
from conformance.sandbox.members import Change, changed


class MemberRules(Rules):
    """Shows one member of every order in another way."""

    instead: ClassVar[tuple[str, Change]]

    def order_document(self, order: Order) -> Document:
        return changed(super().order_document(order), *self.instead)


class ListRules(AskedRules):
    """Changes the rows of one list alone."""

    lists: Operation

    def row(self, document: Document, order: Order) -> Document:
        """What a row shows of an order."""
        return document

    def chosen(self, orders: Sequence[Order]) -> Sequence[Order]:
        """Which orders have a row."""
        return orders

    def orders_document(self, orders: Sequence[Order]) -> Any:
        if not self.asks(self.lists):
            return super().orders_document(orders)
        shown = self.chosen(orders)
        rows: Any = super().orders_document(shown)
        return [self.row(row, order) for row, order in zip(rows, shown, strict=True)]
