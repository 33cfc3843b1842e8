"""Faults of updating a status: what is answered, and what it does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Update, case, or_

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._requests import Counting
from conformance.sandbox.macke.models import Order, unix_seconds
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.listing import Condition
from conformance.sandbox.macke.rules.wire import Document

# The answer


@breaks("MK-300")
class RefusesTheStatusOfTheExample(Rules):
    """The status P is refused."""

    def settable_status(self, value: object) -> str:
        if value == "P":
            raise RefusedError(400, "The status is not valid")
        return super().settable_status(value)


@breaks("MK-300", shows="MK-306")
class RefusesStatusesOfReferencedOrders(Rules):
    """The status of an order that has a vendor_ref is refused."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        if order.vendor_ref and "status" in changes:
            raise RefusedError(400, "The order is exported")
        return super().statement(order, changes)


@breaks("MK-300")
class SetsAStatusAndSaysItFailed(Rules):
    """A status update is done, and answered with 404."""

    def updated_document(self, name: str) -> Document:
        raise RefusedError(404)


@breaks("MK-300", shows="MK-306")
class RefusesStatusesSometimes(Counting):
    """One of four status updates is refused with 400."""

    def settable_status(self, value: object) -> str:
        if self.is_turn():
            raise RefusedError(400, "The status is not valid")
        return super().settable_status(value)


@breaks("MK-301", "MK-341")
class AnswersUpdatesWithSuccess(Rules):
    """An update is answered with {"success": true}."""

    def updated_document(self, name: str) -> Document:
        return {"success": True}


@breaks("MK-301", "MK-341")
class AnswersUpdatesWithNull(Rules):
    """The order_id of an update's answer is null."""

    def updated_document(self, name: str) -> Document:
        return {"order_id": None}


@breaks("MK-301", "MK-341")
class AnswersUpdatesWithAnotherName(Rules):
    """The answer to an update has the id under orderId."""

    def updated_document(self, name: str) -> Document:
        return {"orderId": name}


@breaks("MK-301", "MK-341")
class AnswersUpdatesWithAList(Rules):
    """The answer to an update has the id inside a list."""

    def updated_document(self, name: str) -> Any:
        return [{"order_id": name}]


@breaks("MK-302", "MK-341")
class AnswersWithTheExample(Rules):
    """The answer to every update has the order_id of the document's example."""

    def updated_document(self, name: str) -> Document:
        return {"order_id": "98"}


@breaks("MK-302", "MK-341")
class AnswersWithTheOrderBefore(Rules):
    """The answer to an update has the order_id of the order that was updated before."""

    def updated_document(self, name: str) -> Document:
        before, self.last = getattr(self, "last", name), name
        return {"order_id": before}


# The effect


@breaks("MK-303")
class OnlySaysItSetsTheStatus(Rules):
    """A status update is answered with 200 and changes nothing."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        return {}


@breaks("MK-303")
class SetsTheStatusOnce(Rules):
    """A second status update of an order is answered with 200 and changes nothing."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        unchanged = Order.updated_at == Order.timestamp
        return {**super().status_change(letter, now), "status": case((unchanged, letter), else_=Order.status),
                "updated_at": unix_seconds(now) + 1}  # fmt: skip


@breaks("MK-303")
class SetsProcessedForComplete(Rules):
    """An order that is set to C is put into the status P."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        return super().status_change("P" if letter == "C" else letter, now)


@breaks("MK-303")
class DeclinesAsCancelled(Rules):
    """An order that is set to D is put into the status I."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        return super().status_change("I" if letter == "D" else letter, now)


@breaks("MK-303")
class ShowsTheFirstDetails(Rules):
    """The details of an order are kept when they are first shown, and never read again."""

    def details(self, order: Order) -> Document:
        kept: Document = vars(self).setdefault("kept", {}).setdefault(order.order_id, super().details(order))
        return kept


@breaks("MK-201")
class EmptiesTheStatusForNull(Rules):
    """A status of null is answered with 200 and empties the order's status."""

    def settable_status(self, value: object) -> str:
        return "" if value is None else super().settable_status(value)


@breaks("MK-303")
class LosesTheStatusSometimes(Counting):
    """One of four status updates is answered with 200 and changes nothing."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        return {} if self.is_turn() else super().status_change(letter, now)


@breaks("MK-303")
class TakesTheStatusOfTheLastRequest(Rules):
    """An update sets the status that the update before it asked for."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        before, self.last = getattr(self, "last", letter), letter
        return super().status_change(before, now)


class _Changed(Rules):
    """Remembers the status that each changed order had first."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        if "status" in changes:
            self.first.setdefault(order.order_id, order.status)
        return super().statement(order, changes)

    @property
    def first(self) -> dict[int, str]:
        found: dict[int, str] = vars(self).setdefault("firsts", {})
        return found


@breaks("MK-304")
class LosesChangedOrdersInFilters(_Changed):
    """An order whose status was changed is listed under no status."""

    def with_status(self, letters: list[str]) -> Condition | None:
        found = super().with_status(letters)
        return found if found is None or not letters else found & Order.order_id.not_in([*self.first])


@breaks("MK-304")
class ListsChangedOrdersUnderTheOldStatus(_Changed):
    """An order whose status was changed is listed under its first status too."""

    def with_status(self, letters: list[str]) -> Condition | None:
        found = super().with_status(letters)
        moved = [order_id for order_id, letter in self.first.items() if letter in letters]
        return found if found is None else or_(found, Order.order_id.in_(moved))
