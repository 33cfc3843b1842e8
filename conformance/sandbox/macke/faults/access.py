"""Faults of who may ask: credentials, and orders of another account."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_, true
from starlette.responses import Response

from conformance.sandbox.calls import Call
from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.accounts import OWN, Account
from conformance.sandbox.macke.faults._requests import Counting, Knowing
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.wire import Document

_NOBODY = Account("", "", 0, "")


class _Open(Knowing):
    """Serves who has no credentials as the vendor, in one operation."""

    opens = ""

    def signed_in(self, call: Call) -> Account:
        open_ = self.operation == self.opens and not call.header("authorization")
        return OWN if open_ else super().signed_in(call)


@breaks("MK-010")
class ListsForEverybody(_Open):
    """The list is sent to who has no credentials."""

    opens = "list"


@breaks("MK-011")
class ShowsDetailsToEverybody(_Open):
    """The details of an order are sent to who has no credentials."""

    opens = "get"


@breaks("MK-012")
class UpdatesForEverybody(_Open):
    """An update is done for who has no credentials."""

    opens = "put"


@breaks("MK-013")
class SearchesForEverybody(_Open):
    """A search is done for who has no credentials."""

    opens = "search"


@breaks("MK-010")
class ListsForEverybodySometimes(Counting):
    """One of four requests without credentials is answered with the list."""

    def signed_in(self, call: Call) -> Account:
        return OWN if not call.header("authorization") and self.is_turn() else super().signed_in(call)


@breaks("MK-010")
class ShowsStrangersAnEmptyList(Rules):
    """Who has no credentials gets HTTP 200 and a list without orders."""

    def signed_in(self, call: Call) -> Account:
        return super().signed_in(call) if call.header("authorization") else _NOBODY


@breaks("MK-010")
class LeaksTheListWithTheRefusal(Rules):
    """The refusal of who has no credentials carries the list that was sent before."""

    def list_document(self, orders: Any, params: Document) -> Any:
        self.before = super().list_document(orders, params)
        return self.before

    def error_document(self, status: int, details: tuple[str, ...]) -> Document:
        leaked: Document = getattr(self, "before", {}) if status == 401 else {}
        return super().error_document(status, details) | leaked


@breaks("MK-012")
class RefusesAfterTheUpdate(Knowing):
    """An update without credentials is refused with 401 when it has been done."""

    def signed_in(self, call: Call) -> Account:
        try:
            return super().signed_in(call)
        except RefusedError:
            if call.method == "PUT":
                return OWN
            raise

    def updated_document(self, name: str) -> Document:
        if self.account(*self.credentials(self.call)) is None:
            raise RefusedError(401)
        return super().updated_document(name)


@breaks("MK-012")
class UpdatesForUnknownAddresses(Rules):
    """An update is done for every e-mail address, whatever the key."""

    def signed_in(self, call: Call) -> Account:
        return OWN if call.method == "PUT" and all(self.credentials(call)) else super().signed_in(call)


@breaks("MK-014")
class TakesAnyKey(Rules):
    """Every API key is taken for the vendor's e-mail address."""

    def account(self, user: str, password: str) -> Account | None:
        return OWN if user == OWN.email and password else super().account(user, password)


@breaks("MK-014")
class TakesAnEmptyKey(Rules):
    """An empty API key is taken for the vendor's e-mail address."""

    def account(self, user: str, password: str) -> Account | None:
        return super().account(user, password or OWN.api_key)


@breaks("MK-014")
class ComparesHalfOfTheKey(Rules):
    """Only the first half of the API key is compared."""

    def account(self, user: str, password: str) -> Account | None:
        half = len(OWN.api_key) // 2
        return OWN if user == OWN.email and password[:half] == OWN.api_key[:half] else super().account(user, password)


@breaks("MK-015")
class TakesAnyAddress(Rules):
    """The API key alone opens the account, whatever the e-mail address."""

    def account(self, user: str, password: str) -> Account | None:
        return OWN if password == OWN.api_key else super().account(user, password)


@breaks("MK-016")
class TakesAnyToken(Rules):
    """A Bearer token is taken for credentials without being looked at."""

    def signed_in(self, call: Call) -> Account:
        bearer = (call.header("authorization") or "").startswith("Bearer ")
        return OWN if bearer else super().signed_in(call)


@breaks("MK-016")
class ForgivesBrokenHeaders(Rules):
    """An Authorization header that cannot be decoded is taken for the vendor's."""

    def signed_in(self, call: Call) -> Account:
        header = call.header("authorization") or ""
        return OWN if header.startswith("Basic %") else super().signed_in(call)


@breaks("MK-016")
class ForgivesMissingKeys(Rules):
    """Credentials without a colon are taken for the vendor's."""

    def account(self, user: str, password: str) -> Account | None:
        return OWN if user and not password else super().account(user, password)


@breaks("MK-016")
class RefusesBrokenHeadersWithBadRequest(Rules):
    """An Authorization header that is no HTTP Basic is answered with 400 and not as one without rights."""

    def signed_in(self, call: Call) -> Account:
        header = call.header("authorization")
        if header and not header.startswith("Basic "):
            raise RefusedError(400, "Bad Authorization header")
        return super().signed_in(call)


class _Seeing(Knowing):
    """Shows orders of every account in some operations."""

    operations: tuple[str, ...] = ()

    def visible_to(self, account: Account) -> ColumnElement[bool]:
        return true() if self.operation in self.operations else super().visible_to(account)


@breaks("MK-022")
class ListsForeignOrders(_Seeing):
    """The list shows the orders of all accounts."""

    operations = ("list",)


@breaks("MK-022")
class ListsForeignOrdersOnLargePages(Knowing):
    """The list shows the orders of all accounts when more than 50 are asked for at once."""

    def visible_to(self, account: Account) -> ColumnElement[bool]:
        large = self.operation == "list" and self.page_size(self.call.query) > 50
        return true() if large else super().visible_to(account)


@breaks("MK-023")
class ShowsForeignDetails(_Seeing):
    """The details of every account's orders are shown to who knows their ids."""

    operations = ("get",)


@breaks("MK-023")
class ShowsForeignDetailsAsRefusal(_Seeing):
    """The details of another account's order are sent with HTTP 404."""

    operations = ("get",)

    def respond(self, document: Any) -> Response:
        foreign = isinstance(document, dict) and document.get("company_id", "7") != str(OWN.company_id)
        return self.response(document, 404 if foreign else 200)


@breaks("MK-026")
class SearchesForeignOrders(_Seeing):
    """A search shows the orders of all accounts that have the reference."""

    operations = ("search",)


@breaks("MK-022")
class ListsOneForeignOrder(Knowing):
    """One order of another account is among those of the vendor in every list."""

    def visible_to(self, account: Account) -> ColumnElement[bool]:
        own = super().visible_to(account)
        return or_(own, Order.vendor_ref == "FOREIGN-1") if self.operation == "list" else own


@breaks("MK-025")
class ReferencesForeignOrders(_Seeing):
    """A vendor_ref can be given to another account's order, which a search then shows."""

    operations = ("put", "search")


@breaks("MK-025")
class ReferencesForeignOrdersAndRefuses(_Seeing):
    """A vendor_ref for another account's order is refused with 404, and given."""

    operations = ("put", "search")

    def signed_in(self, call: Call) -> Account:
        self.now_foreign = False
        return super().signed_in(call)

    def statement(self, order: Any, changes: dict[str, Any]) -> Any:
        self.now_foreign = order.company_id != OWN.company_id
        return super().statement(order, changes)

    def updated_document(self, name: str) -> Document:
        if self.now_foreign:
            raise RefusedError(404)
        return super().updated_document(name)
