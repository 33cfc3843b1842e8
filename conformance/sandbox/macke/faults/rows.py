"""Faults of what the list says of an order, and of what an order is at all: its id, its time, its customer."""

from __future__ import annotations

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._members import Rows, Shown, iso_date, lower, plain
from conformance.sandbox.macke.faults._requests import Counting
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import Rules
from conformance.sandbox.macke.rules.wire import Document
from conformance.sandbox.members import changed, null

# The list and the details disagree


@breaks("MK-037")
class ListsRoundTotals(Rows):
    """The list shows the total without its cents."""

    change = "total", lambda total: total.partition(".")[0]


@breaks("MK-037")
class CutsNamesInTheList(Rows):
    """The list shows the first five letters of a last name."""

    change = "lastname", lambda name: name[:5]


@breaks("MK-037")
class ListsNamesWithoutUmlauts(Rows):
    """The list shows a question mark for each letter that is not ASCII."""

    change = "lastname", plain


@breaks("MK-037")
class ListsAddressesInSmallLetters(Rows):
    """The list shows e-mail addresses in small letters."""

    change = "email", lower


@breaks("MK-037")
class ListsEscapedNames(Rows):
    """The list shows an apostrophe in a name as HTML does."""

    change = "lastname", lambda name: name.replace("'", "&#039;")


@breaks("MK-037")
class SwapsNamesInTheList(Rules):
    """The list shows the first name as the last one, and the other way round."""

    def row(self, order: Order) -> Document:
        return {**super().row(order), "firstname": order.lastname, "lastname": order.firstname}


@breaks("MK-037")
class ListsAnotherStatus(Rows):
    """The list shows orders in the status E as open."""

    change = "status", lambda letter: "O" if letter == "E" else letter


@breaks("MK-037")
class ListsTheInvoiceOfTheCreditMemo(Rules):
    """The list shows the credit memo under invoice_id."""

    def row(self, order: Order) -> Document:
        row = super().row(order)
        return {**row, "invoice_id": row["credit_memo_id"] or row["invoice_id"]}


@breaks("MK-037")
class ListsTimesInGermany(Rows):
    """The list shows a timestamp one hour later than the details."""

    change = "timestamp", lambda moment: str(int(moment) + 3600)


@breaks("MK-037")
class KeepsTheFirstStatusInTheList(Rules):
    """The list shows each order in the status in which it first showed it."""

    def row(self, order: Order) -> Document:
        first = vars(self).setdefault("first", {}).setdefault(order.order_id, order.status)
        return changed(super().row(order), "status", lambda _: first)


@breaks("MK-037")
class ListsAWrongTotalSometimes(Counting):
    """Every 20th entry of the list shows a total of 0.00."""

    period = 20

    def row(self, order: Order) -> Document:
        return changed(super().row(order), "total", (lambda _: "0.00") if self.is_turn() else str)


# Ids, times, guests


@breaks("MK-267", "MK-033")
class NumbersOrdersTwice(Rules):
    """Two orders that lie 40 apart have the same order_id in the list."""

    def row(self, order: Order) -> Document:
        return changed(super().row(order), "order_id", lambda _: str(1000 + order.order_id % 40))


@breaks("MK-267", "MK-033")
class NumbersReturnsLikeTheOrderBefore(Rules):
    """An order in the status G has the order_id of the order before it in the list."""

    def row(self, order: Order) -> Document:
        number = order.order_id - (order.status == "G")
        return changed(super().row(order), "order_id", lambda _: str(number))


@breaks("MK-265", "MK-205")
class ShowsNoCustomerForGuests(Shown):
    """A guest's order has null as user_id."""

    change = "user_id", lambda number: None if number == "0" else number


@breaks("MK-265")
class NumbersGuests(Rules):
    """Each guest's order has a user_id of its own."""

    def shared(self, order: Order) -> Document:
        own = str(9_000_000 + order.order_id)
        return changed(super().shared(order), "user_id", lambda number: own if number == "0" else number)


@breaks("MK-265", "MK-205")
class TakesGuestsForNegative(Shown):
    """A guest's order has the user_id -1."""

    change = "user_id", lambda number: "-1" if number == "0" else number


@breaks("MK-266")
class CountsMilliseconds(Rules):
    """Times are counted in milliseconds."""

    def timestamp(self, order: Order) -> str | int | None:
        return self.integer(order.timestamp * 1000)


@breaks("MK-266")
class CountsMillisecondsInDetails(Rules):
    """The details count a timestamp in milliseconds, and the list in seconds."""

    def details(self, order: Order) -> Document:
        return changed(super().details(order), "timestamp", lambda seconds: f"{seconds}000")


@breaks("MK-266")
class CountsMinutes(Rules):
    """Times are counted in minutes."""

    def timestamp(self, order: Order) -> str | int | None:
        return self.integer(order.timestamp // 60)


@breaks("MK-266")
class CountsFromTheYear2000(Rules):
    """Times are counted from the beginning of the year 2000."""

    def timestamp(self, order: Order) -> str | int | None:
        return self.integer(order.timestamp - 946_684_800)


@breaks("MK-266")
class PlacesOrdersTheDayAfterTomorrow(Rules):
    """Each order is said to have been placed two days later than it was."""

    def timestamp(self, order: Order) -> str | int | None:
        return self.integer(order.timestamp + 2 * 86_400)


@breaks("MK-266")
class PlacesOrdersAnHourAhead(Rules):
    """Times are those of the clock in Germany, counted as if they were UTC, so that a fresh order lies in the future."""

    def timestamp(self, order: Order) -> str | int | None:
        return self.integer(order.timestamp + 3600)


# The list alone shows a member wrongly


@breaks("MK-200", "MK-030")
class NullsIdsOfGuestsInTheList(Rules):
    """The list shows null as order_id of guests' orders."""

    def row(self, order: Order) -> Document:
        return changed(super().row(order), "order_id", null if order.user_id == 0 else str)


@breaks("MK-200")
class ListsIdsAsDecimals(Rows):
    """The list shows order_id with decimals."""

    change = "order_id", lambda number: f"{number}.00"


@breaks("MK-201")
class ListsStatusesInSmallLetters(Rows):
    """The list shows statuses as small letters."""

    change = "status", lower


@breaks("MK-202")
class ListsIsoDates(Rows):
    """The list shows timestamp as ISO 8601 writes it."""

    change = "timestamp", iso_date
