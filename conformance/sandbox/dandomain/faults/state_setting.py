"""Faults in SetOrderState, and in the state that an order shows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session
from starlette.responses import Response

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._operations import DigitRules, SpreadRules, TrueRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.shop import STATES
from conformance.sandbox.dandomain.writing import Document, Value
from conformance.sandbox.faults import breaks
from conformance.sandbox.members import changed

FIRST, LAST = min(STATES), max(STATES)


# What it answers


@breaks("DD-700", "DD-708")
class SaysFalseWhenItSetsAState(AskedRules):
    """SetOrderState sets the state and returns false."""

    def updated(self, found: bool) -> bool:
        return super().updated(found) and not self.asks(Operation.SET_STATE)


@breaks("DD-703")
class SetsTheStateOfNoOrder(TrueRules):
    """SetOrderState returns true where no order id is given."""

    sets = Operation.SET_STATE


@breaks("DD-704")
class TakesTheDefaultForNoState(Rules):
    """SetOrderState sets the first state where no order state id is given."""

    def known_state(self, text: str) -> int:
        return super().known_state(text or str(FIRST))


@breaks("DD-704")
class SaysItSetNoState(TrueRules):
    """SetOrderState returns true and does nothing where no order state id is given."""

    sets, word = Operation.SET_STATE, "OrderStateIdMissing"


@breaks("DD-705", "DD-411")
class SetsTheStateOfUnknownOrders(AskedRules):
    """SetOrderState returns true for an order that does not exist."""

    def updated(self, found: bool) -> bool:
        return super().updated(found or self.asks(Operation.SET_STATE))


@breaks("DD-713", "DD-700")
class AnswersTheStateThatItSet(AskedRules):
    """SetOrderState answers the state that it set."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        if operation is Operation.SET_STATE and value is True:
            value = self.state_document(STATES[int(self.call.path.rpartition("/")[2])])
        return super().respond(operation, value, media_type)


@breaks("DD-713", "DD-700")
class AnswersOneWhenItSetsAState(Rules):
    """SetOrderState answers 1 for true."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        return super().respond(operation, 1 if operation is Operation.SET_STATE and value is True else value, media_type)


@breaks("DD-714")
class SetsStatesByTheDigitsOfAnOrder(DigitRules):
    """SetOrderState takes the digits of a text for the number of an order."""

    misreads = Operation.SET_STATE


@breaks("DD-714")
class SetsStatesByTheDigitsOfAState(Rules):
    """SetOrderState takes the digits of a text for the id of a state."""

    def known_state(self, text: str) -> int:
        return super().known_state("".join(filter(str.isdecimal, text)) or text)


# What it does


@breaks("DD-707")
class OnlySaysItSetsStates(Rules):
    """SetOrderState returns true and leaves the state as it was."""

    def effect_of_state(self, state_id: int, now: datetime) -> Effect:
        return self.touched(now)


@breaks("DD-707")
class SetsAStateOnlyOnce(AskedRules):
    """SetOrderState returns true and keeps the state of an order that has one."""

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        order = session.get(Order, order_id)
        kept = order is not None and order.state_id is not None and "state_id" in effect
        return super().change(session, order_id, self.touched(self.call.now) if kept else effect)


@breaks("DD-707")
class TakesTheLastStateForTheFirst(Rules):
    """SetOrderState sets the first state where the last is asked for."""

    def effect_of_state(self, state_id: int, now: datetime) -> Effect:
        return super().effect_of_state(FIRST if state_id == LAST else state_id, now)


@breaks("DD-708")
class RefusesTheLastState(Rules):
    """SetOrderState refuses a state that GetOrderStates lists."""

    def known_state(self, text: str) -> int:
        if text == str(LAST):
            raise RefusedError(400, "OrderStateNotValid")
        return super().known_state(text)


@breaks("DD-709")
class NamesStatesDifferently(Rules):
    """An order shows its state by another name than the list of states."""

    def order_state(self, order: Order) -> Document | None:
        found = super().order_state(order)
        return found and changed(found, "name", str.upper)


@breaks("DD-709")
class ShowsEveryStateAsDefault(Rules):
    """An order shows every state as the default one."""

    def order_state(self, order: Order) -> Document | None:
        found = super().order_state(order)
        return found and {**found, "isDefault": True}


@breaks("DD-710")
class TakesUnknownStatesForTheFirst(Rules):
    """SetOrderState sets the first state where a state does not exist."""

    def known_state(self, text: str) -> int:
        unknown = text.isdecimal() and int(text) not in STATES
        return super().known_state(str(FIRST) if unknown else text)


@breaks("DD-710")
class ClearsTheStateBeforeItRefuses(AskedRules):
    """SetOrderState takes the state of an order away before it refuses a state that does not exist."""

    def known_state(self, text: str) -> int:
        try:
            return super().known_state(text)
        except RefusedError:
            if not text:
                raise
            return 0

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        unknown = effect.get("state_id") == 0
        return super().change(session, order_id, {**effect, "state_id": None} if unknown else effect) and not unknown


@breaks("DD-712")
class SetsAStateAndAComment(Rules):
    """SetOrderState writes a comment."""

    def effect_of_state(self, state_id: int, now: datetime) -> Effect:
        return {**super().effect_of_state(state_id, now), "comment": "state set"}


@breaks("DD-712")
class SetsAStateAndAPayment(Rules):
    """SetOrderState changes the payment method where it sets the last state."""

    def effect_of_state(self, state_id: int, now: datetime) -> Effect:
        more = {"payment_id": 60} if state_id == LAST else {}
        return {**super().effect_of_state(state_id, now), **more}


@breaks("DD-715")
class SetsTheStateOfEveryOrderOfTheCustomer(SpreadRules):
    """SetOrderState sets the state of all new orders of the customer."""

    column = "state_id"


@breaks("DD-707")
class SometimesLosesAState(AskedRules):
    """SetOrderState returns true and leaves the state as it was at every fourth time."""

    def effect_of_state(self, state_id: int, now: datetime) -> Effect:
        return self.touched(now) if self.is_turn() else super().effect_of_state(state_id, now)
