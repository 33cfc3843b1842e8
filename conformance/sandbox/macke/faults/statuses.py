"""Faults of the filter by status, letter by letter."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, func, select, true

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.accounts import Account
from conformance.sandbox.macke.faults._requests import Counting, Knowing
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import Rules
from conformance.sandbox.macke.rules.listing import Condition


def all_but(found: Condition | None, lost: Condition) -> Condition:
    """A filter that loses some of its orders."""
    return lost if found is None else and_(found, lost)


@breaks("MK-070")
class IgnoresTheStatus(Rules):
    """The filter status=P is ignored."""

    def with_status(self, letters: list[str]) -> Condition | None:
        return super().with_status([] if letters == ["P"] else letters)


@breaks("MK-070")
class TakesCompleteForProcessed(Rules):
    """status=P lists the complete orders too."""

    def with_status(self, letters: list[str]) -> Condition | None:
        return super().with_status([*letters, "C"] if letters == ["P"] else letters)


@breaks("MK-070", "MK-071", "MK-072", "MK-073", "MK-074", "MK-075", "MK-076", "MK-077", "MK-078")
class ForgetsTheStatusSometimes(Counting):
    """One of four lists by status is the list of all orders."""

    def with_status(self, letters: list[str]) -> Condition | None:
        return super().with_status([] if letters and self.is_turn() else letters)


@breaks("MK-071")
class LosesInvoicedCompleteOrders(Rules):
    """status=C lists only orders without invoice."""

    def with_status(self, letters: list[str]) -> Condition | None:
        found = super().with_status(letters)
        return all_but(found, Order.invoice_id.is_(None)) if letters == ["C"] else found


@breaks("MK-072")
class LeaksOpenOrders(Knowing):
    """status=O lists the open orders of all accounts."""

    def visible_to(self, account: Account) -> ColumnElement[bool]:
        opened = self.operation == "list" and self.call.query.get("status") == "O"
        return true() if opened else super().visible_to(account)


@breaks("MK-072")
class TakesOpenForZero(Rules):
    """status=O is taken for nothing, and all orders are listed."""

    def with_status(self, letters: list[str]) -> Condition | None:
        return super().with_status([letter for letter in letters if letter != "O"])


@breaks("MK-073")
class KnowsNoFailedOrders(Rules):
    """status=F lists nothing."""

    def with_status(self, letters: list[str]) -> Condition | None:
        return false() if letters == ["F"] else super().with_status(letters)


@breaks("MK-074")
class SwapsDeclinedAndCancelled(Rules):
    """status=D lists the cancelled orders."""

    def with_status(self, letters: list[str]) -> Condition | None:
        return super().with_status(["I"] if letters == ["D"] else letters)


@breaks("MK-075")
class TakesBackorderedForOpen(Rules):
    """status=B lists the open orders too."""

    def with_status(self, letters: list[str]) -> Condition | None:
        return super().with_status([*letters, "O"] if letters == ["B"] else letters)


@breaks("MK-076")
class LosesTheOldestCancelledOrders(Rules):
    """status=I lists orders of the last 300 days or so."""

    def with_status(self, letters: list[str]) -> Condition | None:
        found = super().with_status(letters)
        newest = select(func.max(Order.timestamp)).correlate(None).scalar_subquery()
        return all_but(found, Order.timestamp > newest - 300 * 86_400) if letters == ["I"] else found


@breaks("MK-076")
class WritesCancelledWithAnL(Rules):
    """status=I is compared with a small l, and lists nothing."""

    def with_status(self, letters: list[str]) -> Condition | None:
        return Order.status == "l" if letters == ["I"] else super().with_status(letters)


@breaks("MK-077")
class TakesReturnedForReturning(Rules):
    """status=H lists the returns in progress."""

    def with_status(self, letters: list[str]) -> Condition | None:
        return super().with_status(["G"] if letters == ["H"] else letters)


@breaks("MK-078")
class LosesReturnsOfGuests(Rules):
    """status=G lists only orders of registered customers."""

    def with_status(self, letters: list[str]) -> Condition | None:
        found = super().with_status(letters)
        return all_but(found, Order.user_id != 0) if letters == ["G"] else found


@breaks("MK-079")
class ListsEverythingAsIncomplete(Rules):
    """status=N lists all orders: the hidden status is no filter."""

    def with_status(self, letters: list[str]) -> Condition | None:
        return super().with_status([] if letters == ["N"] else letters)


@breaks("MK-079")
class TakesUnpaidForIncomplete(Rules):
    """status=N lists the unpaid orders too."""

    def with_status(self, letters: list[str]) -> Condition | None:
        return super().with_status([*letters, "E"] if letters == ["N"] else letters)
