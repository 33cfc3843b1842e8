"""Faults in GetOrder: another order than was asked for, or one that is not there."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._operations import DigitRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.transport import Operation, Resource
from conformance.sandbox.dandomain.writing import Document, Value
from conformance.sandbox.faults import breaks


class LookRules(AskedRules):
    """Changes what GetOrder shows, and nothing else."""

    def looked(self, document: Document, order: Order) -> Document:
        """What GetOrder shows of an order."""
        return document

    def order_document(self, order: Order) -> Document:
        document = super().order_document(order)
        return self.looked(document, order) if self.asks(Operation.GET) else document


@breaks("DD-250")
class FindsIncompleteOrdersOnly(Rules):
    """GetOrder finds incomplete orders only."""

    def found(self, order: Order | None) -> Order:
        return super().found(order if order and order.incomplete else None)


@breaks("DD-250")
class ShowsOrdersOfThisYearOnly(AskedRules):
    """GetOrder does not find orders that are older than a year."""

    def found(self, order: Order | None) -> Order:
        old = order is not None and order.created < self.call.now - timedelta(days=365)
        return super().found(None if old else order)


@breaks("DD-250")
class AnswersAListOfOne(AskedRules):
    """GetOrder puts its order into a list, in JSON."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        listed = operation is Operation.GET and self.is_json(media_type)
        return super().respond(operation, [value] if listed else value, media_type)


@breaks("DD-253")
class ShowsTheFirstOrderForNoNumber(Rules):
    """GetOrder shows the first order of the shop where no number is given."""

    def resource(self, path: str) -> Resource:
        found = super().resource(path)
        if Operation.CREATE not in found.operations.values():
            return found
        return Resource(found.key, {"GET": Operation.GET, **found.operations}, ["101"])


@breaks("DD-254", "DD-405")
class ShowsTheLastOrderForUnknownNumbers(AskedRules):
    """GetOrder shows the order that was asked for before where a number belongs to none."""

    _last: Order | None = None

    def found(self, order: Order | None) -> Order:
        self._last = order or self._last
        return super().found(self._last)


@breaks("DD-254", "DD-405")
class ShowsAnEmptyOrderForUnknownNumbers(AskedRules):
    """GetOrder shows an order without lines where a number belongs to none."""

    def refusal(self, refused: RefusedError, media_type: str) -> Response:
        if not self.asks(Operation.GET) or refused.status != 404:
            return super().refusal(refused, media_type)
        empty: Value = {"id": int(self.call.path.rpartition("/")[2]), "orderLines": []}
        return self.respond(Operation.GET, empty, media_type)


@breaks("DD-256")
class ReadsNumbersOutOfText(DigitRules):
    """GetOrder takes the digits of a text for the number of an order."""

    misreads = Operation.GET


@breaks("DD-256")
class CutsNumbersAt32Bits(AskedRules):
    """GetOrder takes the lower 32 bits of a number that is larger."""

    def order_id(self, text: str) -> int:
        large = self.asks(Operation.GET) and text.isdecimal()
        return super().order_id(str(int(text) % 2**32 or "") if large else text)


@breaks("DD-257", "DD-162", "DD-221")
class ShowsTheNextNumber(LookRules):
    """GetOrder shows a number that is one too high."""

    def looked(self, document: Document, order: Order) -> Document:
        return {**document, "id": order.id + 1}


@breaks("DD-257", "DD-162", "DD-221")
class SometimesShowsTheOrderBefore(AskedRules):
    """GetOrder shows at every fourth time the order that was asked for before."""

    _last: Order | None = None

    def found(self, order: Order | None) -> Order:
        shown = super().found(order)
        before, self._last = self._last, shown
        return before if before and self.is_turn() else shown


@breaks("DD-258")
class CountsItsReaders(LookRules):
    """GetOrder counts in an order how often it was shown."""

    def looked(self, document: Document, order: Order) -> Document:
        times: dict[int, int] = self.__dict__.setdefault("times", {})
        times[order.id] = times.get(order.id, 0) + 1
        return {**document, "reservedField5": str(times[order.id])}


@breaks("DD-258", "DD-171")
class ChangesTheDateByReading(LookRules):
    """GetOrder shows the time of the question as the date of modification."""

    def looked(self, document: Document, order: Order) -> Document:
        reads: int = self.__dict__.get("reads", 0)
        self.__dict__["reads"] = reads + 1
        return {**document, "modifiedDate": self.call.now + timedelta(seconds=2 * reads)}


@breaks("DD-258", "DD-221", "DD-171")
class SometimesForgetsTheLines(LookRules):
    """GetOrder shows at every fourth time an order without its lines."""

    def looked(self, document: Document, order: Order) -> Document:
        return {**document, "orderLines": []} if self.is_turn() else document
