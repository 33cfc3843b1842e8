"""Faults of the sequence in which the list shows orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement
from starlette.datastructures import QueryParams

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._requests import Counting, Knowing
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import Rules
from conformance.sandbox.macke.rules.listing import Asked, Condition
from conformance.sandbox.macke.rules.wire import Document

Columns = Sequence[ColumnElement[Any]]
_MONTH = Order.timestamp // (30 * 86_400)


class _Unsaid(Knowing):
    """Sorts by another key when none is said."""

    instead: str = "date"

    def sort_columns(self, key: str) -> Columns:
        return super().sort_columns(key if "sort_by" in self.call.query else self.instead)


@breaks("MK-055")
class SortsByNumberByDefault(_Unsaid):
    """Without sort_by the orders are sorted by order_id."""

    instead = "order_id"


@breaks("MK-055")
class SortsByTotalByDefault(_Unsaid):
    """Without sort_by the orders are sorted by total."""

    instead = "total"


@breaks("MK-055")
class RemembersTheKey(Rules):
    """Without sort_by the orders are sorted by the key that was asked for last, as a session keeps it."""

    def sort_by(self, query: QueryParams) -> str:
        self.last = super().sort_by(query) if "sort_by" in query else getattr(self, "last", "date")
        return self.last


@breaks("MK-055", "MK-057")
class SortsByLastChange(Rules):
    """The orders are sorted by the time of their last change and not by the time when they were placed."""

    def sort_columns(self, key: str) -> Columns:
        return (Order.updated_at.expression, Order.order_id.expression) if key == "date" else super().sort_columns(key)


@breaks("MK-055", "MK-057")
class SortsByMonth(Rules):
    """The orders are sorted by the month when they were placed, and inside of it by total."""

    def sort_columns(self, key: str) -> Columns:
        return (_MONTH, Order.total.expression) if key == "date" else super().sort_columns(key)


@breaks("MK-056")
class ShowsTheOldestFirst(Rules):
    """Without sort_order the oldest order is first."""

    def sort_order(self, query: QueryParams) -> str:
        return super().sort_order(query) if "sort_order" in query else "asc"


@breaks("MK-056")
class RemembersTheDirection(Rules):
    """Without sort_order the list is sorted as it was last asked for, as a session keeps it."""

    def sort_order(self, query: QueryParams) -> str:
        self.last = super().sort_order(query) if "sort_order" in query else getattr(self, "last", "desc")
        return self.last


@breaks("MK-056")
class ShowsTheOldestFirstSometimes(Counting):
    """One of four lists without sort_order shows the oldest order first."""

    def sort_order(self, query: QueryParams) -> str:
        return "asc" if "sort_order" not in query and self.is_turn() else super().sort_order(query)


@breaks("MK-057", "MK-058", "MK-059")
class TakesDateForTheNumber(Knowing):
    """sort_by=date sorts by order_id."""

    def sort_columns(self, key: str) -> Columns:
        return super().sort_columns("order_id" if self.call.query.get("sort_by") == "date" else key)


@breaks("MK-057", "MK-058", "MK-059")
class TakesDateForTheLastChange(Knowing):
    """sort_by=date sorts by the time of the last change."""

    def sort_columns(self, key: str) -> Columns:
        said = self.call.query.get("sort_by") == "date"
        return (Order.updated_at.expression, Order.order_id.expression) if said else super().sort_columns(key)


@breaks("MK-058")
class IgnoresAscending(Rules):
    """sort_order=asc sorts descending."""

    def sort_order(self, query: QueryParams) -> str:
        return "desc"


@breaks("MK-058")
class TurnsThePageOnly(Rules):
    """sort_order=asc shows the newest page the other way round, and not the oldest orders."""

    def sort_order(self, query: QueryParams) -> str:
        self.turned = super().sort_order(query) == "asc"
        return "desc"

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders[::-1] if self.turned else orders


@breaks("MK-058")
class SortsAscendingByNumber(Rules):
    """sort_order=asc sorts by order_id."""

    def sequence(self, asked: Asked) -> Columns:
        return [Order.order_id.asc()] if asked.sort_order == "asc" else super().sequence(asked)


@breaks("MK-058")
class AscendsOnTheFirstPageOnly(Rules):
    """sort_order=asc is forgotten on all pages but the first."""

    def sequence(self, asked: Asked) -> Columns:
        turned = Asked(asked.page, asked.size, asked.sort_by, "desc") if asked.page > 1 else asked
        return super().sequence(turned)


@breaks("MK-059")
class AscendsWhenDescendingIsSaid(Rules):
    """sort_order=desc sorts ascending."""

    def sort_order(self, query: QueryParams) -> str:
        return "asc" if "sort_order" in query else "desc"


@breaks("MK-059")
class DescendsByNumberWhenSaid(Knowing):
    """sort_order=desc sorts by order_id where sort_by is not said."""

    def sort_columns(self, key: str) -> Columns:
        said = self.call.query.get("sort_order") == "desc" and "sort_by" not in self.call.query
        return super().sort_columns("order_id" if said else key)


@breaks("MK-060")
class AscendsWithoutTheNewest(Rules):
    """The ascending list lacks the newest order."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        whole = params["sort_order"] == "asc" and len(orders) < params["items_per_page"]
        return super().list_document(orders[:-1] if whole else orders, params)


@breaks("MK-060")
class AscendsWithoutGuests(Rules):
    """The ascending list lacks the orders of guests."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        ascending = self.sort_order(query) == "asc"
        return [*super().conditions(query), *([Order.user_id != 0] if ascending else [])]


@breaks("MK-060", "MK-058")
class AscendsByMonth(Rules):
    """The ascending list begins with the oldest month, and each month with its newest order."""

    def sequence(self, asked: Asked) -> Columns:
        return [_MONTH, Order.timestamp.desc()] if asked.sort_order == "asc" else super().sequence(asked)
