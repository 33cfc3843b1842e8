"""The two texts of an order that can be set, for faults of one of them."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.responses import Response

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.writing import Value


class TextRules(AskedRules):
    """Changes how one of the texts is stored, or how setting it is answered."""

    column = ""
    sets: Operation

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


class CommentRules(TextRules):
    """Changes the comment alone."""

    column, sets = "comment", Operation.SET_COMMENT


class TrackRules(TextRules):
    """Changes the track number alone."""

    column, sets = "tracking_number", Operation.SET_TRACK_NUMBER
