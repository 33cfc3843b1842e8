"""Rules of the operations that change or delete an order: what each sets, and what it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias, cast

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session
from starlette.datastructures import QueryParams

from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules.queries import QueryRules
from conformance.sandbox.dandomain.rules.refused import RefusedError
from conformance.sandbox.dandomain.shop import STATES

Effect: TypeAlias = dict[str, Any]

_NO_SYNC = {"synchronize_session": False}


class UpdateRules(QueryRules):
    """Each change is one statement on one order, so two at once never lose one."""

    # What each sets

    def effect_of_completion(self, now: datetime) -> Effect:
        """CompleteOrder: the order is incomplete no more, whatever its state."""
        return {"incomplete": False, **self.touched(now)}

    def effect_of_comment(self, comment: str, now: datetime) -> Effect:
        """SetOrderComment: the shop's comment, not the customer's, is replaced; an empty one clears it."""
        return {"comment": comment, **self.touched(now)}

    def effect_of_state(self, state_id: int, now: datetime) -> Effect:
        """SetOrderState: the order has that state, and nothing else changes."""
        return {"state_id": state_id, **self.touched(now)}

    def effect_of_track_number(self, track_number: str, now: datetime) -> Effect:
        """SetTrackNumber: the tracking number is replaced; an empty one clears it."""
        return {"tracking_number": track_number, **self.touched(now)}

    def touched(self, now: datetime) -> Effect:
        """Every change of an order says when it happened."""
        return {"modified": self.recorded(now)}

    def recorded(self, now: datetime) -> datetime:
        """A time as the shop keeps it: to the second."""
        return now.replace(microsecond=0)

    # What they ask for

    def text(self, query: QueryParams, name: str) -> str:
        """The text of a query parameter; without one it is empty: only the order number is said not to be null."""
        return self.parameter(query, name) or ""

    def known_state(self, text: str) -> int:
        """An order state of the shop; 400 for a missing or unknown one."""
        if not text:
            raise RefusedError(400, "OrderStateIdMissing")
        state_id = self.integer(text)
        if state_id is None or state_id not in STATES:
            raise RefusedError(400, "OrderStateNotValid")
        return state_id

    # Doing it

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        """Change an order; whether there was one."""
        statement = update(Order).where(Order.id == order_id).values(effect)
        return self._one(session.execute(statement, execution_options=_NO_SYNC))

    def remove(self, session: Session, order_id: int) -> bool:
        """Delete an order for good; whether there was one."""
        statement = delete(Order).where(Order.id == order_id)
        return self._one(session.execute(statement, execution_options=_NO_SYNC))

    def _one(self, result: object) -> bool:
        return cast(CursorResult[Any], result).rowcount == 1

    # What they answer

    def found(self, order: Order | None) -> Order:
        """The order; 404 if there is none."""
        if order is None:
            raise RefusedError(404, "OrderNotFound")
        return order

    def deleted(self, found: bool) -> bool:
        """DeleteOrder: false if the order was not found."""
        return found

    def completed(self, found: bool) -> bool:
        """CompleteOrder: false if the order was not found, or none was named. Completing twice is no failure."""
        return found

    def updated(self, found: bool) -> bool:
        """SetOrderComment, SetOrderState, SetTrackNumber: true for success; 404 for an unknown order."""
        if not found:
            raise RefusedError(404, "OrderNotFound")
        return True
