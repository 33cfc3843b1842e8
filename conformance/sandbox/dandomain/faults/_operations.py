"""What several operations that name one order can do wrong in the same way."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session
from starlette.responses import Response

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.seed import LAST_NUMBER


class DigitRules(AskedRules):
    """Takes the digits of a text for the number of an order, in one operation."""

    misreads: Operation

    def order_id(self, text: str) -> int:
        return super().order_id("".join(filter(str.isdecimal, text)) if self.asks(self.misreads) else text)


class TrueRules(AskedRules):
    """Returns true where one operation is to be refused for one reason: unless a class says otherwise, no order id."""

    sets: Operation
    word = "OrderIdMissing"

    def refusal(self, refused: RefusedError, media_type: str) -> Response:
        if self.asks(self.sets) and refused.word == self.word:
            return self.respond(self.sets, True, media_type)
        return super().refusal(refused, media_type)


class SpreadRules(Rules):
    """Sets a column of all new orders of the customer where that of one order is to be set."""

    column = ""

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        order = session.get(Order, order_id)
        if order and self.column in effect:
            same = update(Order).where(Order.customer_id == order.customer_id, Order.id > LAST_NUMBER)
            values = {self.column: effect[self.column]}
            session.execute(same.values(values), execution_options={"synchronize_session": False})
        return super().change(session, order_id, effect)
