"""Faults of the answer as such: its status, and failures where a refusal is due."""

from __future__ import annotations

import json
from typing import Any, cast
from uuid import UUID

from starlette.responses import Response

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import (
    CANCELS,
    CARTS,
    ORDERS,
    AnswersInstead,
    KnowsTheCall,
    Sometimes,
    html,
)
from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.rules.messages import Operation

# Status


@breaks("OS-001")
class DoesNotRouteOrders(AnswersInstead):
    """Has nothing at the path of order status."""

    operation = ORDERS


@breaks("CS-010")
class DoesNotRouteCarts(AnswersInstead):
    """Has nothing at the path of cart status."""

    operation = CARTS


@breaks("OC-010")
class DoesNotRouteCancellations(AnswersInstead):
    """Has nothing at the path of cancellations."""

    operation = CANCELS


@breaks("OS-009", "OS-001")
class HangsUpInTheMiddle(AnswersInstead):
    """Closes the connection before a list of more than thirty orders is complete."""

    operation = ORDERS

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        if len(cast(list[object], document["orders"])) > 30:
            plain.headers["Content-Length"] = str(len(plain.body) + 100)
        return plain


@breaks("OS-002")
class PostForgetsTheQuestion(KnowsTheCall):
    """Answers all orders to whatever is asked by POST."""

    def conditions(self, query: Any, today: Any) -> Any:
        return super().conditions(query, today) if self.call.method == "GET" else []


@breaks("OS-002", "OS-001")
class TakesNeitherGetNorPost(Rules):
    """Refuses GET and POST for order status."""

    def methods(self, operation: Operation) -> tuple[str, ...]:
        return ("PUT",) if operation is ORDERS else super().methods(operation)


@breaks("OS-018")
class AnswersNothingFoundWithNoContent(AnswersInstead):
    """Answers 204 where no order was found."""

    operation = ORDERS

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        return Response(status_code=204) if code == 108 else plain


@breaks("OS-018")
class RedirectsErrorsToAPage(AnswersInstead):
    """Redirects to an error page where a range of dates is wrong."""

    operation = ORDERS

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        return Response(status_code=302, headers={"Location": "/Error"}) if code == 106 else plain


@breaks("CS-027")
class AnswersMultiStatus(AnswersInstead):
    """Answers 207 where some carts were found and some were not."""

    operation = CARTS

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        plain.status_code = 207 if "cartError" in str(document) else 200
        return plain


@breaks("OC-027", shows="OC-042")
class AcceptsCancellationsForLater(AnswersInstead):
    """Answers 202 to a cancellation that succeeds."""

    operation = CANCELS

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        plain.status_code = 200 if code else 202
        return plain


@breaks("OC-027")
class RedirectsUnknownNumbers(AnswersInstead):
    """Redirects to an error page where an order number is unknown."""

    operation = CANCELS

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        return Response(status_code=302, headers={"Location": "/Error"}) if code == 505 else plain


# Server errors


@breaks("OS-017")
class CrashesOnOddDates(Rules):
    """Answers 500 to a date that is none."""

    def day(self, text: str) -> Any:
        if len(text.split("-")) != 3:
            raise ValueError("String was not recognized as a valid DateTime.")
        return super().day(text)


@breaks("OS-017", shows="OS-025")
class CrashesOnOddIds(Rules):
    """Answers 500 to an id that is no GUID."""

    def has_id(self, ids: Any) -> Any:
        return super().has_id([str(UUID(text)) for text in ids])


@breaks("OS-017", shows="OS-042")
class CrashesOnStatusWords(Rules):
    """Answers 500 to a status that is a word."""

    def status(self, text: str) -> int:
        return super().status(str(int(text)))


@breaks("OS-017")
class SometimesCrashes(Sometimes):
    """Answers 500 to one question about orders in four."""

    def conditions(self, query: Any, today: Any) -> Any:
        if self.is_turn():
            raise TimeoutError("Execution Timeout Expired.")
        return super().conditions(query, today)


@breaks("CS-026")
class CrashesOnCartsThatAreNoList(Rules):
    """Answers 500 to Carts that is no list."""

    def cart_entries(self, body: Any) -> Any:
        return [*self.member(body, "Carts")]  # type: ignore[misc]


@breaks("CS-026", "CS-501")
class CrashesOnBrokenCartBodies(Rules):
    """Answers 500 to a question about carts that cannot be parsed."""

    def cart_ids(self, call: Call) -> list[str]:
        if self.body_format(call) == "json":
            json.loads(call.body)
        return super().cart_ids(call)


@breaks("OC-026", shows="OC-068")
class CrashesOnNumbersThatAreNoText(Rules):
    """Answers 500 to an orderNumber that is no text."""

    def order_number(self, call: Call) -> str:
        if b'"orderNumber": ' in call.body and b'"orderNumber": "' not in call.body:
            raise TypeError("Cannot deserialize the current JSON object.")
        return super().order_number(call)


@breaks("OC-026", "OC-503")
class CrashesOnMissingNumbers(Rules):
    """Answers 500 to a cancellation without orderNumber."""

    def order_number(self, call: Call) -> str:
        if b"rderNumber" not in call.body:
            raise LookupError("Object reference not set to an instance of an object.")
        return super().order_number(call)


@breaks("OC-026", "OC-505")
class AnswersUnknownNumbersWithAnErrorPage(AnswersInstead):
    """Answers 500 and a page to an unknown order number."""

    operation = CANCELS

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        return html(500, "Runtime Error") if code == 505 else plain
