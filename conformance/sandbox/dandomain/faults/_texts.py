"""The two texts of an order that can be set, for faults of one of them."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.responses import Response

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.rules import RefusedError
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.writing import Value


class TextRules(AskedRules):
    """Changes how one of the texts is stored, or how setting it is answered."""

    column = ""
    sets: Operation
    answers_no_number = False
    """Whether true is returned where no order id is given."""
    reads_digits = False
    """Whether the digits of a text are taken for an order id."""

    def stored(self, text: str) -> str:
        """What is stored of a text that is sent."""
        return text

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        if self.column in effect and self.asks(self.sets):
            effect = {**effect, self.column: self.stored(effect[self.column])}
        return super().change(session, order_id, effect)

    def answered(self, value: Value) -> Value:
        """What setting the text is answered with."""
        return value

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        return super().respond(operation, self.answered(value) if operation is self.sets else value, media_type)

    def refusal(self, refused: RefusedError, media_type: str) -> Response:
        if self.answers_no_number and self.asks(self.sets) and refused.word == "OrderIdMissing":
            return self.respond(self.sets, True, media_type)
        return super().refusal(refused, media_type)

    def order_id(self, text: str) -> int:
        digits = self.reads_digits and self.asks(self.sets)
        return super().order_id("".join(filter(str.isdecimal, text)) if digits else text)


class CommentRules(TextRules):
    """Changes the comment alone."""

    column, sets = "comment", Operation.SET_COMMENT


class TrackRules(TextRules):
    """Changes the track number alone."""

    column, sets = "tracking_number", Operation.SET_TRACK_NUMBER
