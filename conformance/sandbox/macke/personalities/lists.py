"""Oddities of the list: its form, its pages, its filters, and how much there is to list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true
from starlette.datastructures import QueryParams

from conformance.sandbox.faults import legal, legal_alone
from conformance.sandbox.macke.accounts import Account
from conformance.sandbox.macke.models import Order, unix_seconds
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.listing import Asked
from conformance.sandbox.macke.rules.wire import Document
from conformance.sandbox.macke.seed import FIRST_MADE


@legal
class SendsBareLists(Rules):
    """The list has no envelope, and the search has one."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        return [*orders]

    def search_document(self, results: Sequence[Document]) -> Any:
        return {"orders": [*results]}


@legal
class ListsThreeMembers(Rules):
    """The list shows an order's id, status and time."""

    def row(self, order: Order) -> Document:
        row = super().row(order)
        return {name: row[name] for name in ("order_id", "status", "timestamp")}


@legal
class ListsAllDetails(Rules):
    """The list shows orders with all their details, and no total."""

    def is_detailed(self, query: QueryParams) -> bool:
        return True

    def params(self, query: QueryParams, asked: Asked, total: int) -> Document:
        return {}


@legal
class SaysNoOrdersWithNotFound(Rules):
    """A list without orders is answered with 404."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        if not orders:
            raise RefusedError(404, "No orders were found")
        return super().list_document(orders, params)


@legal
class RefusesOddPages(Rules):
    """Pages and sizes that make no sense are refused, and so are pages past the end, unknown keys and directions."""

    def asked(self, query: QueryParams) -> Asked:
        for name in ("page", "items_per_page"):
            if not query.get(name, "1").isdecimal() or query.get(name) == "0":
                raise RefusedError(400, f"{name} is not valid")
        if query.get("sort_by", "date") != "date" or query.get("sort_order", "asc") not in ("asc", "desc"):
            raise RefusedError(400, "The sorting is not known")
        return super().asked(query)

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        if not orders and params["page"] > 1:
            raise RefusedError(404)
        return super().list_document(orders, params)


@legal
class SendsFortyAtMost(Rules):
    """A page has forty orders at most."""

    def page_size(self, query: QueryParams) -> int:
        return min(super().page_size(query) or 40, 40)


@legal
class TurnsTiesAround(Rules):
    """Orders of the same second come the other way round."""

    def sequence(self, asked: Asked) -> Sequence[ColumnElement[Any]]:
        *columns, number = self.sort_columns(asked.sort_by)
        turned = [column.asc() if asked.sort_order == "asc" else column.desc() for column in columns]
        return [*turned, number.desc() if asked.sort_order == "asc" else number.asc()]


@legal
class ComparesWholeAddresses(Rules):
    """email is compared as a whole, in its letter case."""

    def with_email(self, text: str) -> Any:
        return Order.email == text if text else None


@legal
class LeavesTheBoundsOut(Rules):
    """A period does not include its bounds, and an order that is given a vendor_ref counts as modified."""

    def updated_from(self, text: str) -> Any:
        return Order.updated_at > self.moment(text) if text else None

    def updated_to(self, text: str) -> Any:
        return Order.updated_at < self.moment(text) if text else None

    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        return {**super().vendor_ref_change(value, now), "updated_at": unix_seconds(now)}


@legal
class NeverShowsTheHiddenStatus(Rules):
    """Incomplete orders are listed under no filter, and letters that do not exist are refused."""

    def with_status(self, letters: list[str]) -> Any:
        if not all(letter in (*self.settable_statuses(), "N") for letter in letters):
            raise RefusedError(400, "The status is not known")
        return and_(Order.status != "N", Order.status.in_(letters) if letters else true())


@legal_alone
class HasAlmostNothing(Rules):
    """There are three orders, and those that are made for a run."""

    def visible_to(self, account: Account) -> ColumnElement[bool]:
        return and_(super().visible_to(account), or_(Order.order_id >= FIRST_MADE, Order.order_id.in_((1003, 1020, 1084))))
