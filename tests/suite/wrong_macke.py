"""Rules of Macke's sandbox turned wrong, one at a time. Each says what is wrong with it; the tests say what must notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Update, true, update
from starlette.datastructures import QueryParams

from conformance.sandbox.macke import Rules
from conformance.sandbox.macke.accounts import OWN, Account
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import RefusedError
from conformance.sandbox.macke.rules.listing import Asked
from conformance.sandbox.macke.rules.wire import Document


class ShowsTwentyByDefault(Rules):
    """Has the shop's own page size."""

    default_page_size = 20


class SkipsOneOrderBetweenPages(Rules):
    """Begins each page one order too late."""

    def first_of(self, asked: Asked) -> int:
        return (asked.page - 1) * (asked.size + 1)


class CountsPagesFromZero(Rules):
    """Takes page 1 for the second page."""

    def first_of(self, asked: Asked) -> int:
        return asked.page * asked.size


class ForgetsTheLastPage(Rules):
    """Shows nothing where a page would not be full."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders if len(orders) % 5 == 0 or len(orders) > 50 else orders[:-1]


class OldestFirst(Rules):
    """Sorts ascending unless told otherwise."""

    def sort_order(self, query: QueryParams) -> str:
        return "desc" if query.get("sort_order") == "desc" else "asc"


class IgnoresAscending(Rules):
    """Knows one direction."""

    def sort_order(self, query: QueryParams) -> str:
        return "desc"


class SortsByNumber(Rules):
    """Takes date for the order's number."""

    def sort_columns(self, key: str) -> Sequence[ColumnElement[Any]]:
        return super().sort_columns("order_id" if key == "date" else key)


class BackorderedIsOpen(Rules):
    """Lists open orders with the backordered ones."""

    def with_status(self, letters: list[str]) -> Any:
        return super().with_status([*letters, "O"] if "B" in letters else letters)


class ShowsTheHiddenStatus(Rules):
    """Lists incomplete orders unasked."""

    def hidden_statuses(self) -> tuple[str, ...]:
        return ()


class IgnoresTheCustomer(Rules):
    """Does not know the filter user_id."""

    def of_users(self, texts: list[str]) -> Any:
        return None


class ForgetsTheCustomerBesideAStatus(Rules):
    """Lets the status alone count where both are asked for."""

    def conditions(self, query: QueryParams) -> list[ColumnElement[bool]]:
        both = "status" in query and "user_id" in query
        return super().conditions(QueryParams({"status": query["status"]}) if both else query)


class ComparesTheDomainOfAddresses(Rules):
    """Finds everybody at the same provider."""

    def with_email(self, text: str) -> Any:
        return Order.email.iendswith(text.partition("@")[2] or text, autoescape=True) if text else None


class InvoiceIsTheOrder(Rules):
    """Takes invoice_id for order_id."""

    def with_invoice(self, text: str) -> Any:
        return Order.order_id == (self.leading_integer(text) or 0) if text else None


class ModifiedIsPlaced(Rules):
    """Compares updated_at_from with the time when an order was placed."""

    def updated_from(self, text: str) -> Any:
        return Order.timestamp >= self.moment(text) if text else None


class EndsADayLate(Rules):
    """Lets updated_at_to run on."""

    def updated_to(self, text: str) -> Any:
        return Order.updated_at <= self.moment(text) + 86_400 * 40 if text else None


class CountsTheHidden(Rules):
    """Counts more orders than there are."""

    def params(self, query: QueryParams, asked: Asked, total: int) -> Document:
        return super().params(query, asked, total + 1)


class RowsRoundTheTotal(Rules):
    """Shows another total in the list than in the details."""

    def row(self, order: Order) -> Document:
        return {**super().row(order), "total": str(order.total // 100)}


class ShowsForeignDetails(Rules):
    """Does not look at whose order it is."""

    def visible_to(self, account: Account) -> ColumnElement[bool]:
        return true()


class CountsMilliseconds(Rules):
    """Shows times as scripts have them."""

    def timestamp(self, order: Order) -> str | int | None:
        return self.integer(order.timestamp * 1000)


class WritesACommaInSums(Rules):
    """Shows sums as they are written in Germany."""

    def money(self, cents: int) -> str | float:
        return f"{cents // 100},{cents % 100:02}"


class UnknownIsEmpty(Rules):
    """Refuses unknown orders with 400."""

    def error_status(self, refused: RefusedError) -> int:
        return 400 if refused.status == 404 and not refused.details else refused.status


class OnlySaysItSetsTheStatus(Rules):
    """Answers 200 and stores nothing."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        return {}


class StatusTakesTheReference(Rules):
    """Loses the reference with every change of status."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        return {**super().status_change(letter, now), "vendor_ref": None}


class ChangesEveryOrder(Rules):
    """Updates all orders of the account at once."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        return update(Order).where(Order.company_id == OWN.company_id).values(changes)

    def apply(self, session: Any, order: Order, changes: dict[str, Any]) -> bool:
        super().apply(session, order, changes)
        return True


class NotifiesByTextOnly(Rules):
    """Refuses the numbers of which the text speaks."""

    def check_notify_user(self, value: object) -> None:
        if not isinstance(value, str):
            raise RefusedError(400, "notify_user must be a string")


class TakesBrokenBodies(Rules):
    """Answers 200 to what it cannot read."""

    def refusal(self, refused: RefusedError) -> Any:
        if "Syntax error, malformed JSON" in refused.details:
            return self.respond(self.updated_document("1"))
        return super().refusal(refused)


class AnswersAnotherId(Rules):
    """Answers the id of the document's example."""

    def updated_document(self, name: str) -> Document:
        return {"order_id": "98"}


class StoresStructures(Rules):
    """Writes an array as text."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        return value[0] if isinstance(value, list) and value else super().accepted_vendor_ref(value)


class LowersReferences(Rules):
    """Stores a reference in small letters."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        found = super().accepted_vendor_ref(value)
        return found.lower() if found else found


class CutsReferencesAtAnAmpersand(Rules):
    """Decodes the parameter twice."""

    def searched_ref(self, query: QueryParams) -> str:
        return super().searched_ref(query).partition("&")[0]


class LosesUmlauts(Rules):
    """Stores ASCII only."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        found = super().accepted_vendor_ref(value)
        return found.encode("ascii", "replace").decode() if found else found


class FindsEverything(Rules):
    """Ignores the reference of a search."""

    def has_ref(self, text: str) -> ColumnElement[bool]:
        return Order.vendor_ref.is_not(None) if text.startswith("CT-") else super().has_ref(text)


class MissIsAnEmptyList(Rules):
    """Answers a search without results as the list does."""

    def results(self, orders: Sequence[Order]) -> Any:
        return self.search_document([self.result(order) for order in orders])


class MissSaysNothing(Rules):
    """Leaves the message out."""

    def miss_message(self) -> str:
        return "Nothing"


class FindsShortRows(Rules):
    """Shows rows of the list in a search."""

    def result(self, order: Order) -> Document:
        return self.row(order)


class TakesAnyKey(Rules):
    """Looks at the e-mail address alone."""

    def account(self, user: str, password: str) -> Account | None:
        return OWN if user == OWN.email else super().account(user, password)


class CrashesOnOddPages(Rules):
    """Does not catch what it cannot read."""

    def page_number(self, query: QueryParams) -> int:
        return int(query.get("page", "1"))


class ChangesPagesUnderway(Rules):
    """Sorts orders of one page anew each time it is asked."""

    def page_of(self, orders: Select[Any], asked: Asked) -> Select[Any]:
        return super().page_of(orders.order_by(None).order_by(Order.company_id) if asked.page > 1 else orders, asked)
