"""Odd, but legal: how it answers, and how it refuses."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from starlette.responses import Response, StreamingResponse

from conformance.sandbox.calls import current_call
from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.shop import OrderState
from conformance.sandbox.dandomain.writing import Document, Value
from conformance.sandbox.faults import legal, legal_late
from conformance.sandbox.members import changed

# How it answers


@legal
class AnswersTheNumberOnly(Rules):
    """Answers a new order with 201 and no more of it than its number."""

    def created_document(self, order: Order) -> Value:
        return {"id": self.number(order)}

    def http_status(self, operation: Operation) -> int:
        return 201 if operation is Operation.CREATE else 200


@legal
class AddsMembers(Rules):
    """Shows more than anybody knows of, in orders, lines and states."""

    def order_document(self, order: Order) -> Document:
        document = changed(super().order_document(order), "orderLines", lambda lines: [{**line, "zz": 1} for line in lines])
        return {"aaLoyalty": {"points": order.id}, **document, "zzLoyaltyPoints": None}

    def state_document(self, state: OrderState) -> Document:
        return {**super().state_document(state), "zzColour": "#00ff00"}


@legal
class LeavesNullsOut(Rules):
    """Shows no member that has no value, no address of delivery, and members in another order."""

    def order_document(self, order: Order) -> Document:
        document = super().order_document(order)
        shown = {name: value for name, value in document.items() if value is not None and name != "deliveryInfo"}
        return dict(reversed(shown.items()))


@legal
class ShowsNullForEmptyTexts(Rules):
    """Shows null for every text of an order that is empty, also in its lines and addresses."""

    def order_document(self, order: Order) -> Document:
        document: Any = _null_for_empty(super().order_document(order))
        found: Document = document
        return found


def _null_for_empty(value: Value) -> Value:
    if isinstance(value, dict):
        return {name: _null_for_empty(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_null_for_empty(entry) for entry in value]
    return None if value == "" else value


@legal
class ShowsAnEmptyState(Rules):
    """Shows an order without a state with an empty one."""

    def order_state(self, order: Order) -> Document | None:
        return super().order_state(order) or {"exclStatistics": None, "id": 0, "isDefault": None, "name": ""}


@legal
class WritesIsoDates(Rules):
    """Writes dates in JSON by ISO 8601 in UTC, and quantities with a fraction of zero."""

    def json_date(self, instant: datetime) -> str:
        return f"{instant.isoformat(timespec='seconds')}Z"

    def order_document(self, order: Order) -> Document:
        return changed(super().order_document(order), "orderLines.quantity", float)


@legal
class SpeaksJsonOnly(Rules):
    """Answers JSON whatever is asked for, and names it text/json without a charset."""

    def offered_media_types(self) -> tuple[str, ...]:
        return ("text/json",)

    def default_media_type(self) -> str:
        return "text/json"

    def content_type(self, media_type: str) -> str:
        return media_type


@legal
class SpeaksXmlOfItsOwn(Rules):
    """Writes XML with other roots, without a namespace and with capital letters; a charset in capitals and quotes."""

    def root_name(self, operation: Operation) -> str:
        return f"{operation}Result"

    def namespace(self, value: Value) -> str:
        return ""

    def element_name(self, member: str) -> str:
        return member[0].upper() + member[1:]

    def item_name(self, member: str) -> str:
        return "Item"

    def content_type(self, media_type: str) -> str:
        return f'{media_type.upper()};charset="UTF-8"'


@legal
class AnswersInChunks(Rules):
    """Sends every answer in pieces and does not say how long it is."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        response = super().respond(operation, value, media_type)
        headers = {"Content-Type": response.headers["Content-Type"]}
        return StreamingResponse(_pieces(bytes(response.body)), response.status_code, headers)


def _pieces(body: bytes) -> Iterator[bytes]:
    yield from (body[start : start + 700] for start in range(0, len(body), 700))


@legal
class CompressesAnswers(Rules):
    """Compresses every answer to who accepts it."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        response = super().respond(operation, value, media_type)
        if "gzip" not in (current_call().header("accept-encoding") or ""):
            return response
        headers = {"Content-Type": response.headers["Content-Type"], "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(gzip.compress(bytes(response.body)), response.status_code, headers)


@legal_late
class AnswersSlowly(Rules):
    """Takes 150 milliseconds for every answer."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        time.sleep(0.15)
        return super().respond(operation, value, media_type)


# How it refuses


@legal
class RefusesWithSuccess(Rules):
    """Refuses with HTTP 200 and an error that is no result."""

    def refusal_status(self, refused: RefusedError) -> int:
        return 200

    def refusal_document(self, refused: RefusedError) -> Value:
        return {"error": refused.word}


@legal
class RefusesInHtml(Rules):
    """Refuses with a page and the same status for everything."""

    def refusal(self, refused: RefusedError, media_type: str) -> Response:
        return Response("<!DOCTYPE html><title>Request Error</title>", 400, {"Content-Type": "text/html"})


@legal
class RefusesInSilence(Rules):
    """Refuses with 403 and no body."""

    def refusal(self, refused: RefusedError, media_type: str) -> Response:
        return Response(status_code=403)


@legal
class SaysFalseToTheUnknown(Rules):
    """Answers false, null or an empty list where the document is silent on what is not there."""

    def updated(self, found: bool) -> bool:
        return found

    def refusal(self, refused: RefusedError, media_type: str) -> Response:
        if refused.word == "OrderNotFound":
            return self.respond(Operation.GET, None, media_type)
        if refused.word == "OrderStateNotValid":
            return self.respond(Operation.SET_STATE, False, media_type)
        return super().refusal(refused, media_type)
