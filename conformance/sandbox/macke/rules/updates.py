"""Rules of PUT /orders/<order_id>: what a body may change, and what that does."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Update, case, update
from sqlalchemy.orm import Session

from conformance.sandbox.macke.models import Order, Status, unix_seconds
from conformance.sandbox.macke.rules.refused import RefusedError
from conformance.sandbox.macke.rules.transport import TransportRules
from conformance.sandbox.macke.rules.wire import Document


class UpdateRules(TransportRules):
    """The document's two sections, status and vendor_ref, are one operation: a body may hold both."""

    def unknown_order(self, name: str, body: Document) -> Document:
        """The answer for an order that does not exist: 404."""
        raise RefusedError(404)

    # What a body may say

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        """The columns that a body sets; members that the document does not name are ignored."""
        changes: dict[str, Any] = {}
        if "notify_user" in body:
            self.check_notify_user(body["notify_user"])
        if "status" in body:
            changes |= self.status_change(self.settable_status(body["status"]), now)
        if "vendor_ref" in body:
            changes |= self.vendor_ref_change(body["vendor_ref"], now)
        return changes

    def check_notify_user(self, value: object) -> None:
        """Whether the customer is told is nothing that this API shows, and any spelling of yes and no is taken."""

    def settable_status(self, value: object) -> str:
        """A letter of the table but N, which cannot be set by administrator; anything else is 400."""
        if isinstance(value, str) and value in self.settable_statuses():
            return value
        raise RefusedError(400, "The status is not valid")

    def settable_statuses(self) -> tuple[str, ...]:
        """The letters that can be set."""
        return tuple(status.value for status in Status if status is not Status.INCOMPLETE)

    def accepted_vendor_ref(self, value: object) -> str | None:
        """A single string; null takes the reference away; anything else is 400 and not added."""
        if value is None or self.is_text(value):
            return cast("str | None", value)
        raise RefusedError(400, "vendor_ref must be a single string")

    # What that does

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        """The status, and when it changed; the same status again changes nothing."""
        modified = case((Order.status != letter, unix_seconds(now)), else_=Order.updated_at)
        return {"status": letter, "updated_at": modified}

    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        """The reference, in place of any earlier one; the order does not count as modified."""
        return {"vendor_ref": self.accepted_vendor_ref(value)}

    def apply(self, session: Session, order: Order, changes: dict[str, Any]) -> bool:
        """Change the order in one statement; False when it is gone meanwhile."""
        if not changes:
            return True
        result = session.execute(self.statement(order, changes), execution_options={"synchronize_session": False})
        return cast(CursorResult[Any], result).rowcount == 1

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        """The statement that does it."""
        return update(Order).where(Order.order_id == order.order_id).values(changes)

    # What is answered

    def updated_document(self, name: str) -> Document:
        """The order ID, a string as in the document's example."""
        return {"order_id": name}
