"""Faults of the choice of a format."""

from __future__ import annotations

from starlette.responses import Response

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import CANCELS, CARTS, ORDERS, KnowsTheCall, Sometimes, asks
from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.rules.messages import Operation


class _AnswersIn(Rules):
    operation: Operation
    asked: str
    answers: str

    def media_type(self, call: Call) -> str:
        wrong = asks(call, self.operation) and call.header("accept") == self.asked
        return self.answers if wrong else super().media_type(call)


class _RefusesToWrite(KnowsTheCall):
    operation: Operation
    asked_for: str

    def respond(self, operation: Operation, document: Document, code: int | None, media_type: str) -> Response:
        if operation is self.operation and self.call.header("accept") == self.asked_for:
            return Response("Not Acceptable", 406)
        return super().respond(operation, document, code, media_type)


@breaks("OS-003")
class WritesOrdersInXmlForJson(_AnswersIn):
    """Answers XML about orders to Accept application/json."""

    operation, asked, answers = ORDERS, "application/json", "text/xml"


@breaks("OS-004")
class RefusesTextJsonForOrders(_RefusesToWrite):
    """Answers 406 about orders to Accept text/json."""

    operation, asked_for = ORDERS, "text/json"


@breaks("OS-005")
class WritesOrdersInJsonForXml(_AnswersIn):
    """Answers JSON about orders to Accept text/xml."""

    operation, asked, answers = ORDERS, "text/xml", "application/json"


@breaks("OS-006")
class DoesNotKnowApplicationXmlForOrders(_AnswersIn):
    """Answers JSON about orders to Accept application/xml."""

    operation, asked, answers = ORDERS, "application/xml", "application/json"


@breaks("CS-011")
class WritesCartsInXmlForJson(_AnswersIn):
    """Answers XML about carts to Accept application/json."""

    operation, asked, answers = CARTS, "application/json", "text/xml"


@breaks("CS-012")
class DoesNotKnowTextJsonForCarts(_AnswersIn):
    """Answers its default, XML, about carts to Accept text/json."""

    operation, asked, answers = CARTS, "text/json", "text/xml"


@breaks("CS-013")
class WritesCartsInJsonForXml(_AnswersIn):
    """Answers JSON about carts to Accept text/xml."""

    operation, asked, answers = CARTS, "text/xml", "text/json"


@breaks("CS-014")
class RefusesApplicationXmlForCarts(_RefusesToWrite):
    """Answers 406 about carts to Accept application/xml."""

    operation, asked_for = CARTS, "application/xml"


@breaks("OC-011")
class RefusesApplicationJsonForCancellations(_RefusesToWrite):
    """Answers 406 about cancellations to Accept application/json."""

    operation, asked_for = CANCELS, "application/json"


@breaks("OC-012")
class DoesNotKnowTextJsonForCancellations(_AnswersIn):
    """Answers its default, XML, about cancellations to Accept text/json."""

    operation, asked, answers = CANCELS, "text/json", "text/xml"


@breaks("OC-013")
class WritesCancellationsAsTheyCame(KnowsTheCall):
    """Answers a cancellation in JSON, though text/xml is asked for, when its body is JSON."""

    def media_type(self, call: Call) -> str:
        media_type = super().media_type(call)
        as_it_came = asks(call, CANCELS) and self.body_format(call) == "json" and media_type == "text/xml"
        return "application/json" if as_it_came else media_type


@breaks("OC-014")
class DoesNotKnowApplicationXmlForCancellations(_AnswersIn):
    """Answers JSON about cancellations to Accept application/xml."""

    operation, asked, answers = CANCELS, "application/xml", "text/json"


@breaks("OS-003")
class SometimesWritesXml(Sometimes):
    """Answers XML to one question about orders in JSON in four."""

    def media_type(self, call: Call) -> str:
        media_type = super().media_type(call)
        return "text/xml" if asks(call, ORDERS) and "json" in media_type and self.is_turn() else media_type
