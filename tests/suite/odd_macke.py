"""Rules of Macke's sandbox turned odd and still legal. Nobody may be blamed for any of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from starlette.datastructures import QueryParams

from conformance.sandbox.macke import Rules
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import RefusedError
from conformance.sandbox.macke.rules.listing import Asked
from conformance.sandbox.macke.rules.wire import Document


class LiteralTypes(Rules):
    """Shows every field with the type of the document's table."""

    literal_types = True


class BareLists(Rules):
    """Sends lists without an envelope, and the search with one."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        return [*orders]

    def search_document(self, results: Sequence[Document]) -> Any:
        return {"orders": [*results]}


class ThreeMembersInRows(Rules):
    """Lists orders with the least that can be."""

    def row(self, order: Order) -> Document:
        row = super().row(order)
        return {name: row[name] for name in ("order_id", "status", "timestamp")}


class FullRows(Rules):
    """Lists orders with all their details."""

    def is_detailed(self, query: QueryParams) -> bool:
        return True


class RefusesOddPages(Rules):
    """Refuses what others take for the default, and a page past the end."""

    def asked(self, query: QueryParams) -> Asked:
        for name in ("page", "items_per_page"):
            if not query.get(name, "1").isdecimal() or query.get(name) == "0":
                raise RefusedError(400, f"{name} is not valid")
        return super().asked(query)

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        if not orders and params["page"] > 1:
            raise RefusedError(404)
        return super().list_document(orders, params)


class FortyToAPage(Rules):
    """Shows forty orders at most."""

    def page_size(self, query: QueryParams) -> int:
        return min(super().page_size(query) or 40, 40)


class TiesByLowerNumber(Rules):
    """Puts orders of the same second the other way round."""

    def sequence(self, asked: Asked) -> Sequence[ColumnElement[Any]]:
        *columns, number = self.sort_columns(asked.sort_by)
        turned = [column.asc() if asked.sort_order == "asc" else column.desc() for column in columns]
        return [*turned, number.desc() if asked.sort_order == "asc" else number.asc()]


class ExactAddresses(Rules):
    """Compares whole addresses, in their letter case."""

    def with_email(self, text: str) -> Any:
        return Order.email == text if text else None


class ExclusiveBounds(Rules):
    """Leaves both bounds of a period out."""

    def updated_from(self, text: str) -> Any:
        return Order.updated_at > self.moment(text) if text else None

    def updated_to(self, text: str) -> Any:
        return Order.updated_at < self.moment(text) if text else None


class HidesWhatIsNotInTheTable(Rules):
    """Shows neither updated_at nor vendor_ref, and nothing else that the table does not have."""

    def details(self, order: Order) -> Document:
        extra = {"updated_at", "vendor_ref", "is_parent_order", "parent_order_id", "doc_ids", "fields", "secondary_currency"}
        return {name: value for name, value in super().details(order).items() if name not in extra}


class IgnoresUnknownOrders(Rules):
    """Answers 200 to a status for an order that does not exist, as the platform does."""

    def unknown_order(self, name: str, body: Document) -> Document:
        if "vendor_ref" in body:
            raise RefusedError(404)
        return self.updated_document(name)


class SetsAnyLetter(Rules):
    """Stores every letter, the hidden one too."""

    def settable_statuses(self) -> tuple[str, ...]:
        return (*super().settable_statuses(), "N", "X")


class FinalStatuses(Rules):
    """Refuses to move an order that was declined or returned."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Any:
        if order.status in "DH" and changes.get("status", order.status) != order.status:
            raise RefusedError(400, "This status is final")
        return super().statement(order, changes)


class IgnoresStructures(Rules):
    """Answers 200 to a structure as reference and does nothing; a number is stored as text."""

    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        if isinstance(value, dict | list):
            return {}
        return super().vendor_ref_change(str(value) if isinstance(value, int) else value, now)


class ShortReferences(Rules):
    """Takes references of up to forty characters, without any beyond ASCII."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        if isinstance(value, str) and (len(value) > 60 or not value.isascii()):
            raise RefusedError(400, "vendor_ref is not valid")
        return super().accepted_vendor_ref(value)


class OneOrderForAReference(Rules):
    """Lets a search show the newest order only."""

    def results(self, orders: Sequence[Order]) -> Any:
        return super().results(orders[:1])


class PartialSearch(Rules):
    """Finds parts of references in any letter case, with a slash at the end of the path only."""

    def has_ref(self, text: str) -> ColumnElement[bool]:
        return Order.vendor_ref.icontains(text, autoescape=True)

    def without_slash(self, rest: str) -> str:
        return rest.removesuffix("/") if rest != "search" else "search-without-slash"


class OtherErrors(Rules):
    """Refuses with empty bodies, and with 403 and 422 where others have 401 and 400."""

    def error_document(self, status: int, details: tuple[str, ...]) -> Document:
        return {"errors": [{"detail": " ".join(details)}]}

    def error_status(self, refused: RefusedError) -> int:
        return {401: 403, 405: 404}.get(refused.status, refused.status)
