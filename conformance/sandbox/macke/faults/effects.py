"""Faults of what an update changes besides: other fields, other orders, and anything at all where it is refused."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from sqlalchemy import Update, update
from sqlalchemy.orm import Session

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.accounts import OWN
from conformance.sandbox.macke.models import Order, unix_seconds
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.wire import Document


class _Besides(Rules):
    """Changes more columns than the status."""

    besides: tuple[str, Any]

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        return {**super().status_change(letter, now), **dict([self.besides])}


@breaks("MK-306")
class TakesTheReferenceAway(_Besides):
    """A status update takes the vendor_ref away."""

    besides = "vendor_ref", None


@breaks("MK-306")
class MakesCustomersGuests(_Besides):
    """A status update makes the customer a guest."""

    besides = "user_id", 0


@breaks("MK-306")
class AddsAFeeToTheTotal(_Besides):
    """A status update adds one euro to the total."""

    besides = "total", Order.total + 100


@breaks("MK-306")
class PlacesTheOrderAgain(Rules):
    """An order that is set to C counts as placed at that moment."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        placed = {"timestamp": unix_seconds(now)} if letter == "C" else {}
        return {**super().status_change(letter, now), **placed}


@breaks("MK-306")
class CutsNamesWithEveryUpdate(Rules):
    """A status update cuts the last letter off the last name."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        return super().statement(order, {**changes, "lastname": order.lastname[:-1]})


@breaks("MK-306")
class EscapesNamesWithEveryUpdate(Rules):
    """A status update writes the letters of the customer's name that are not ASCII as question marks."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        name = order.lastname.encode("ascii", "replace").decode()
        return super().statement(order, {**changes, "lastname": name})


@breaks("MK-307")
class ChangesEveryOrder(Rules):
    """A status update changes all orders of the account."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        return update(Order).where(Order.company_id == OWN.company_id).values(changes)

    def apply(self, session: Session, order: Order, changes: dict[str, Any]) -> bool:
        super().apply(session, order, changes)
        return True


@breaks("MK-307")
class ChangesTheOrdersOfTheCustomer(ChangesEveryOrder):
    """A status update changes all orders of the same customer."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        same = Order.user_id == order.user_id if "status" in changes else Order.order_id == order.order_id
        return update(Order).where(Order.company_id == order.company_id, same).values(changes)


@breaks("MK-307")
class ChangesTheNextOrder(ChangesEveryOrder):
    """A status update changes an order of about the same number too."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        lowest = order.order_id - 40 * ("status" in changes)
        return update(Order).where(Order.order_id.in_([lowest, order.order_id])).values(changes)


@breaks("MK-306", "MK-343")
class WritesTheWholeOrderBack(Rules):
    """An update writes status and vendor_ref back as it read them, and loses what another one stored meanwhile."""

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        time.sleep(0.05)  # two updates at once are rare otherwise
        return super().changes(body, now)

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        return super().statement(order, {"status": order.status, "vendor_ref": order.vendor_ref} | changes)


@breaks("MK-302")
class AnswersForTheOtherUpdate(Rules):
    """Of two updates at the same moment both are answered with the id of the one that came last."""

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        time.sleep(0.05)  # two updates at once are rare otherwise
        return super().changes(body, now)

    def order_id(self, name: str) -> int:
        self.last = name
        return super().order_id(name)

    def updated_document(self, name: str) -> Document:
        return super().updated_document(self.last)


# Updates that are refused


class _RefusingLate(Rules):
    """Stores something in place of what it refuses, and refuses then."""

    refused = False

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        self.refused = False
        try:
            return super().changes(body, now)
        except RefusedError:
            self.refused = True
            return self.instead(body, now)

    def instead(self, body: Document, now: datetime) -> dict[str, Any]:
        """What is stored."""
        raise NotImplementedError

    def updated_document(self, name: str) -> Document:
        if self.refused:
            raise RefusedError(400, "The order could not be updated")
        return super().updated_document(name)


@breaks("MK-328")
class FailsOrdersItRefuses(_RefusingLate):
    """An update that is refused with 400 puts the order into the status F."""

    def instead(self, body: Document, now: datetime) -> dict[str, Any]:
        return {"status": "F"}


@breaks("MK-328")
class EmptiesThePhoneWhenItRefuses(_RefusingLate):
    """An update that is refused with 400 empties the customer's phone number."""

    def instead(self, body: Document, now: datetime) -> dict[str, Any]:
        return {"phone": ""}


@breaks("MK-328")
class TakesTheReferenceAwayWhenItRefuses(_RefusingLate):
    """A vendor_ref that is refused with 400 takes the order's reference away."""

    def instead(self, body: Document, now: datetime) -> dict[str, Any]:
        return {"vendor_ref": None} if "vendor_ref" in body else {}


@breaks("MK-328")
class StoresTheLetterItRefuses(_RefusingLate):
    """A status that is refused with 400 is stored."""

    def instead(self, body: Document, now: datetime) -> dict[str, Any]:
        letter = body.get("status")
        return {"status": letter[:1]} if isinstance(letter, str) else {}


@breaks("MK-328")
class ModifiesOrdersItRefuses(_RefusingLate):
    """An update that is refused with 400 counts as a modification."""

    def instead(self, body: Document, now: datetime) -> dict[str, Any]:
        return {"updated_at": unix_seconds(now)}


@breaks("MK-328")
class DoesHalfOfWhatItRefuses(_RefusingLate):
    """A body with a good status and a bad vendor_ref is refused with 400, and the status is set."""

    def instead(self, body: Document, now: datetime) -> dict[str, Any]:
        good = "vendor_ref" in body and body.get("status") in self.settable_statuses()
        return {"status": body["status"]} if good else {}
