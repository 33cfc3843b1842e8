"""Faults in CompleteOrder: completions that lie, and what they change besides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session
from starlette.responses import Response

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._operations import DigitRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.seed import LAST_NUMBER
from conformance.sandbox.dandomain.writing import Value
from conformance.sandbox.faults import breaks


@breaks("DD-450")
class SaysFalseWhenItCompletes(Rules):
    """CompleteOrder completes the order and returns false."""

    def completed(self, found: bool) -> bool:
        return False


@breaks("DD-450")
class WantsAStateBeforeCompletion(AskedRules):
    """CompleteOrder refuses an order that has no state."""

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        order = session.get(Order, order_id)
        if "incomplete" in effect and order and order.state_id is None:
            raise RefusedError(409, "OrderStateMissing")
        return super().change(session, order_id, effect)


@breaks("DD-453")
class SaysTrueForUnknownCompletions(Rules):
    """CompleteOrder returns true for an order that is not there."""

    def completed(self, found: bool) -> bool:
        return True


@breaks("DD-453")
class RefusesUnknownCompletions(Rules):
    """CompleteOrder answers 404 for an order that is not there, where the document says false."""

    def completed(self, found: bool) -> bool:
        return self.updated(found)


@breaks("DD-454")
class CompletesNoNumber(AskedRules):
    """CompleteOrder returns true where no order number is given."""

    def completed(self, found: bool) -> bool:
        return found or self.call.path.rstrip("/").lower().endswith("completeorder")


@breaks("DD-455")
class OnlySaysItCompletes(Rules):
    """CompleteOrder returns true and leaves the order incomplete."""

    def effect_of_completion(self, now: datetime) -> Effect:
        return self.touched(now)


@breaks("DD-455")
class SometimesOnlySaysItCompletes(AskedRules):
    """CompleteOrder leaves every fourth order incomplete."""

    def effect_of_completion(self, now: datetime) -> Effect:
        return self.touched(now) if self.is_turn() else super().effect_of_completion(now)


@breaks("DD-455")
class CompletesTheOrdersBefore(Rules):
    """CompleteOrder completes all orders with a lower number as well."""

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        if "incomplete" in effect:
            session.execute(update(Order).where(Order.id < order_id, Order.id > LAST_NUMBER).values(incomplete=False))
        return super().change(session, order_id, effect)


@breaks("DD-455")
class CompletesUntilTheNextChange(Rules):
    """SetOrderComment makes a completed order incomplete again."""

    def effect_of_comment(self, comment: str, now: datetime) -> Effect:
        return {**super().effect_of_comment(comment, now), "incomplete": True}


@breaks("DD-458")
class CompletesWithAComment(Rules):
    """CompleteOrder writes a comment."""

    def effect_of_completion(self, now: datetime) -> Effect:
        return {**super().effect_of_completion(now), "comment": "completed"}


@breaks("DD-458")
class CompletesWithAnotherPayment(Rules):
    """CompleteOrder changes the payment method."""

    def effect_of_completion(self, now: datetime) -> Effect:
        return {**super().effect_of_completion(now), "payment_id": 60}


@breaks("DD-458")
class CompletesAnew(AskedRules):
    """CompleteOrder sets the date of creation."""

    def effect_of_completion(self, now: datetime) -> Effect:
        return {**super().effect_of_completion(now), "created": now.replace(year=now.year - 1, day=1)}


@breaks("DD-458")
class LosesALineAtCompletion(Rules):
    """A completed order shows one piece less of its first product."""

    def line_document(self, order: Order, line: Any, place: int) -> Any:
        document = super().line_document(order, line, place)
        return document if order.incomplete or place else {**document, "quantity": line.quantity - 1}


@breaks("DD-460", "DD-450")
class WantsABodyToComplete(AskedRules):
    """CompleteOrder refuses a request without a body."""

    def effect_of_completion(self, now: datetime) -> Effect:
        if not self.call.body:
            raise RefusedError(411, "LengthRequired")
        return super().effect_of_completion(now)


@breaks("DD-460")
class WantsNoTypeToComplete(AskedRules):
    """CompleteOrder refuses an empty body that is named text/json."""

    def effect_of_completion(self, now: datetime) -> Effect:
        if self.call.header("content-type") == "text/json":
            raise RefusedError(415, "ContentTypeNotSupported")
        return super().effect_of_completion(now)


@breaks("DD-460")
class WantsATypeToComplete(AskedRules):
    """CompleteOrder refuses an empty body whose type is not named."""

    def effect_of_completion(self, now: datetime) -> Effect:
        if self.call.header("content-type") is None:
            raise RefusedError(415, "ContentTypeNotSupported")
        return super().effect_of_completion(now)


@breaks("DD-461", "DD-450")
class AnswersTheCompletedOrder(AskedRules):
    """CompleteOrder answers the number of the order that it completed."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        done = operation is Operation.COMPLETE and value is True
        return super().respond(operation, int(self.call.path.rpartition("/")[2]) if done else value, media_type)


@breaks("DD-461", "DD-450")
class AnswersCompletionsAsText(Rules):
    """CompleteOrder puts its true and its false into quotes."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        quoted = str(value).lower() if operation is Operation.COMPLETE else value
        return super().respond(operation, quoted, media_type)


@breaks("DD-462")
class CompletesByTheDigitsOfAText(DigitRules):
    """CompleteOrder takes the digits of a text for the number of an order."""

    misreads = Operation.COMPLETE


@breaks("DD-462")
class CompletesMinusFive(AskedRules):
    """CompleteOrder overlooks the sign of a negative order number."""

    def order_id(self, text: str) -> int:
        return super().order_id(text.lstrip("-") if self.asks(Operation.COMPLETE) else text)
