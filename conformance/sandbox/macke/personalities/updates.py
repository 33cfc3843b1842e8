"""Oddities of updates and of the search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update
from starlette.datastructures import QueryParams
from starlette.responses import Response

from conformance.sandbox.calls import Call
from conformance.sandbox.faults import legal
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.wire import Document


@legal
class IgnoresUnknownOrders(Rules):
    """A status for an order that does not exist is answered with 200, as the platform does."""

    def unknown_order(self, name: str, body: Document) -> Document:
        if "vendor_ref" in body:
            raise RefusedError(404)
        return self.updated_document(name)


@legal
class SetsAnyLetter(Rules):
    """Every letter is set, the hidden one too, and some that the document does not know."""

    def settable_statuses(self) -> tuple[str, ...]:
        return (*super().settable_statuses(), "N", "X", "Y")


@legal
class IgnoresOtherLetters(Rules):
    """A status that cannot be set is answered with 200 and not set; an empty object does nothing."""

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        good = body.get("status") in self.settable_statuses()
        return super().changes(body if good else {name: body[name] for name in body if name != "status"}, now)

    def check_any(self, body: Document) -> None:
        """Takes every object."""


@legal
class KeepsFinalStatuses(Rules):
    """An order that was declined or returned stays so: any other status is refused."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        if order.status in "DH" and changes.get("status", order.status) != order.status:
            raise RefusedError(400, "This status is final")
        return super().statement(order, changes)


@legal
class RefusesTheSameStatus(Rules):
    """A status that the order has already, unknown members and truth values are refused."""

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        if not {*body} <= {"status", "notify_user", "vendor_ref"} or isinstance(body.get("notify_user"), bool):
            raise RefusedError(400, "Unknown parameter")
        return super().changes(body, now)

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        if changes.get("status") == order.status:
            raise RefusedError(400, "The order has this status")
        return super().statement(order, changes)


@legal
class ReadsAnyType(Rules):
    """A body is taken for JSON whatever its Content-Type says."""

    def check_content_type(self, call: Call) -> None:
        """Takes all."""


@legal
class CreatesTheInvoice(Rules):
    """An order that is set to C is invoiced."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        invoice = {"invoice_id": Order.order_id + 20_000} if letter == "C" else {}
        return {**super().status_change(letter, now), **invoice}


# References


@legal
class IgnoresStructures(Rules):
    """A structure as vendor_ref is answered with 200 and ignored; a number is stored as text."""

    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        if isinstance(value, dict | list):
            return {}
        return super().vendor_ref_change(str(value) if isinstance(value, int) else value, now)


@legal
class TakesShortReferences(Rules):
    """References are of sixty characters at most, without any beyond ASCII, and without spaces at their ends."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        if isinstance(value, str) and (len(value) > 60 or not value.isascii()):
            raise RefusedError(400, "vendor_ref is not valid")
        found = super().accepted_vendor_ref(value)
        return found and found.strip()


@legal
class CutsLongReferences(Rules):
    """References are cut after 128 characters; null and an empty text leave a reference as it is."""

    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        found = self.accepted_vendor_ref(value)
        return {"vendor_ref": found[:128]} if found else {}


@legal
class GivesAReferenceOnce(Rules):
    """A search shows one order for a reference that several have: the newest."""

    def results(self, orders: Sequence[Order]) -> Any:
        return super().results(orders[:1])


@legal
class FindsParts(Rules):
    """A search finds parts of references in any letter case, with a slash at the end of its path only."""

    def has_ref(self, text: str) -> ColumnElement[bool]:
        return Order.vendor_ref.icontains(text, autoescape=True)

    def without_slash(self, rest: str) -> str:
        return rest.removesuffix("/") if rest != "search" else "search-without-slash"


@legal
class FindsNothingForNothing(Rules):
    """A search without vendor_ref finds nothing, and says so."""

    def searched_ref(self, query: QueryParams) -> str:
        return query.get("vendor_ref", "")

    def has_ref(self, text: str) -> ColumnElement[bool]:
        return super().has_ref(text) & (Order.vendor_ref != "")


@legal
class SaysMoreOfNothing(Rules):
    """A search that finds nothing says so in a member of another name, among other words."""

    def refusal(self, refused: RefusedError) -> Response:
        if self.miss_message() not in refused.details:
            return super().refusal(refused)
        return self.response({"errors": [{"title": f"Sorry. {self.miss_message()}."}]}, 404)
