"""Faults of the server: what it cannot read or do is answered with HTTP 5xx, sometimes in HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.datastructures import QueryParams
from starlette.responses import Response

from conformance.sandbox.calls import Call
from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.accounts import Account
from conformance.sandbox.macke.faults._requests import Counting
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.wire import Document


@breaks("MK-002")
class CrashesOnOddPages(Rules):
    """A page that is no number is answered with HTTP 500."""

    def page_number(self, query: QueryParams) -> int:
        if not query.get("page", "1").lstrip("-").isdecimal():
            raise RefusedError(500)
        return super().page_number(query)


@breaks("MK-002")
class CrashesOnNegativeSizes(Rules):
    """A negative items_per_page is answered with HTTP 500: the database knows no such limit."""

    def page_size(self, query: QueryParams) -> int:
        if query.get("items_per_page", "1").startswith("-"):
            raise RefusedError(500)
        return super().page_size(query)


@breaks("MK-002")
class CrashesOnUnknownKeys(Rules):
    """A sort_by that is no column is answered with HTTP 500."""

    def sort_by(self, query: QueryParams) -> str:
        if query.get("sort_by", "date") not in ("date", "order_id", "status", "customer", "email", "total"):
            raise RefusedError(500)
        return super().sort_by(query)


@breaks("MK-002")
class CrashesOnOddBounds(Rules):
    """A bound of a period that is no number is answered with HTTP 500."""

    def moment(self, text: str) -> int:
        if self.leading_integer(text) is None:
            raise RefusedError(500)
        return super().moment(text)


@breaks("MK-002", "MK-122")
class CrashesOnUnknownOrders(Rules):
    """The details of an order that does not exist are answered with HTTP 500."""

    def refusal(self, refused: RefusedError) -> Response:
        unknown = refused.status == 404 and not refused.details
        return super().refusal(RefusedError(500) if unknown else refused)


@breaks("MK-002", "MK-123")
class CrashesOnLongIds(Rules):
    """An order_id of 20 digits is answered with HTTP 500: it does not fit into a column."""

    def order_id(self, name: str) -> int:
        if name.isdecimal() and len(name) > 18:
            raise RefusedError(500)
        return super().order_id(name)


@breaks("MK-002", "MK-321")
class CrashesOnBrokenBodies(Rules):
    """A body that is no JSON is answered with HTTP 500 and a page in HTML."""

    def refusal(self, refused: RefusedError) -> Response:
        if "Syntax error, malformed JSON" in refused.details:
            return Response("<h1>Internal Server Error</h1>", 500, media_type="text/html")
        return super().refusal(refused)


@breaks("MK-002", shows="MK-324")
class CrashesOnEmptyObjects(Rules):
    """An update that says nothing is answered with HTTP 500."""

    def check_any(self, body: Document) -> None:
        if not body:
            raise RefusedError(500)


@breaks("MK-002")
class CrashesOnUnknownLetters(Rules):
    """A status that does not exist is answered with HTTP 500: the database refuses it."""

    def settable_status(self, value: object) -> str:
        if value not in self.settable_statuses():
            raise RefusedError(500)
        return super().settable_status(value)


@breaks("MK-002", "MK-344", "MK-345")
class CrashesOnStructures(Rules):
    """An object or array as vendor_ref is answered with HTTP 500."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        if isinstance(value, dict | list):
            raise RefusedError(500)
        return super().accepted_vendor_ref(value)


@breaks("MK-002", shows="MK-354")
class CrashesOnLongReferences(Rules):
    """A vendor_ref of more than 64 characters is answered with HTTP 503."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        if isinstance(value, str) and len(value) > 64:
            raise RefusedError(503)
        return super().accepted_vendor_ref(value)


@breaks("MK-002")
class CrashesOnEmptySearches(Rules):
    """A search without vendor_ref is answered with HTTP 500."""

    def searched_ref(self, query: QueryParams) -> str:
        if not query.get("vendor_ref"):
            raise RefusedError(500)
        return super().searched_ref(query)


@breaks("MK-002", "MK-016")
class CrashesOnBrokenCredentials(Rules):
    """An Authorization header that cannot be decoded is answered with HTTP 500."""

    def signed_in(self, call: Call) -> Account:
        if "%" in (call.header("authorization") or ""):
            raise RefusedError(500)
        return super().signed_in(call)


@breaks("MK-002", "MK-120")
class CrashesOnOrdersWithoutProducts(Rules):
    """The details of an order without products are answered with HTTP 500."""

    def products(self, order: Order) -> Any:
        if not order.content.lines:
            raise RefusedError(500)
        return super().products(order)


@breaks("MK-002")
class FailsSometimes(Counting):
    """One of four searches that find something is answered with HTTP 502."""

    def results(self, orders: Sequence[Order]) -> Any:
        if orders and self.is_turn():
            raise RefusedError(502)
        return super().results(orders)
