"""Rules of Order Cancellation by Number: which order, whether it may be cancelled, what that changes."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, false, update
from sqlalchemy.orm import Session

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import Document, UnreadableError
from conformance.sandbox.imaterialise.models import Order, Status
from conformance.sandbox.imaterialise.rules.messages import Operation
from conformance.sandbox.imaterialise.rules.refused import RefusedError
from conformance.sandbox.imaterialise.rules.transport import TransportRules


class CancellationRules(TransportRules):
    """The error table in its order: 501, 503, 505, 506, 507, 508, 509."""

    # Which order

    def order_number(self, call: Call) -> str:
        """The number in a body; refuses a broken body or a number that is no text (501), or none (503)."""
        try:
            number = self.member(self.read(call), "orderNumber")
        except UnreadableError as error:
            raise RefusedError(501) from error
        if number is None:
            raise RefusedError(503)
        if not isinstance(number, str):
            raise RefusedError(501)
        return self.given(number)

    def given(self, number: str) -> str:
        """The number, unless it is empty or blank, which is as good as missing (503)."""
        if number.strip():
            return number
        raise RefusedError(503)

    def cancels(self, number: str, account: str) -> ColumnElement[bool]:
        """The order of that number, if it is registered with the applied API code."""
        named = Order.number == number if self.is_order_number(number) else false()
        return and_(named, Order.account == account)

    # Whether it may be cancelled

    def objection(self, order: Order) -> int | None:
        """The code that forbids to cancel this order, or None. On hold is no obstacle."""
        match order.status:
            case Status.DRAFT | Status.PAYMENT_NOK:
                return 506
            case Status.CANCELLED:
                return 507
            case Status.ORDERED | Status.PROCESSING:
                return 509 if order.engineer else None
            case _:
                return 508

    def may_change(self, order: Order) -> ColumnElement[bool]:
        """What must still hold at the moment of the change: nobody else has changed the order meanwhile."""
        return and_(Order.status == order.status, Order.engineer == order.engineer)

    # What that changes

    def cancel(self, session: Session, order: Order) -> bool:
        """Cancel in one conditional statement; False when another request was first and nothing was done."""
        change = update(Order).where(Order.id == order.id, self.may_change(order)).values(self.effect(order))
        result = session.execute(change, execution_options={"synchronize_session": False})
        return cast(CursorResult[Any], result).rowcount == 1

    def effect(self, order: Order) -> dict[str, Any]:
        """The columns that a cancellation sets."""
        return {"status": Status.CANCELLED, "credit_note_number": self.new_credit_note(order)}

    def new_credit_note(self, order: Order) -> str | None:
        """Only what was paid is credited; the note takes the digits of the order number."""
        return f"ICN{order.number[3:]}" if order.paid else None

    # What is shown

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        """The finished answer: the order if it is known, whether it is cancelled, and why not."""
        document = self.identifiers(order) if order else {}
        document["isCanceled"] = code is None
        if code:
            self.place_error(document, self.error(Operation.CANCELLATION, code))
        return document

    def identifiers(self, order: Order) -> Document:
        """How a known order is named; here the member is `orderId`."""
        return {"orderId": order.id, "orderNumber": order.number}
