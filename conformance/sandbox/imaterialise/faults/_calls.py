"""What some faults need besides the arguments of a rule: the call that is answered, and what ASGI hides."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from conformance.sandbox.calls import Call, current_call
from conformance.sandbox.documents import Document, UnreadableError
from conformance.sandbox.faults import InTurns
from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.rules.messages import Operation
from conformance.sandbox.imaterialise.rules.transport import Format

ORDERS, CARTS, CANCELS = Operation.ORDER_STATUS, Operation.CART_STATUS, Operation.CANCELLATION
SENT_AS = "x-sent-as"
"""A header that says in which letters the apiCode header was sent."""

_PATHS = {
    ORDERS: "/web-api/order",
    CARTS: "/web-api/cartstatus/statuses",
    CANCELS: "/web-api/order/CancelOrderByNumber",
}


def asks(call: Call, operation: Operation) -> bool:
    """Whether a call goes to an operation."""
    return call.path == _PATHS[operation]


def html(status: int, text: str) -> Response:
    """An error page for people."""
    page = f"<!DOCTYPE html><html><head><title>{text}<body><h1>{text}</h1><p>Server Error in '/' Application."
    return Response(page, status, {"Content-Type": "text/html; charset=utf-8"})


class KnowsTheCall(Rules):
    """Knows the call that it answers."""

    @property
    def call(self) -> Call:
        """The call that is being answered."""
        return current_call()

    def asked(self, name: str) -> list[str]:
        """The values of a query parameter of the call."""
        return self.values(self.call.query, name)


class CannotRead(Rules):
    """Reads no body in one format that asks for one operation."""

    format: Format
    operation: Operation

    def read(self, call: Call) -> dict[str, object]:
        if asks(call, self.operation) and self.body_format(call) == self.format:
            raise UnreadableError("no formatter")
        return super().read(call)


class AnswersInstead(KnowsTheCall):
    """Sends something else than the answer of one operation."""

    operation: Operation

    def respond(self, operation: Operation, document: Document, code: int | None, media_type: str) -> Response:
        plain = super().respond(operation, document, code, media_type)
        return self.instead(plain, document, code) if operation is self.operation else plain

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        """What is sent instead of an answer; by default the web server's own page."""
        return html(404, "Not Found")


class Sometimes(InTurns, Rules):
    """Does something wrong one time in four."""


class StatusText(Response):
    """A response with a status text of its own, which ASGI has no word for: uvicorn's table says it meanwhile."""

    status_text = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        usual = STATUS_PHRASES[self.status_code]
        STATUS_PHRASES[self.status_code] = self.status_text
        try:
            await super().__call__(scope, receive, send)
        finally:
            STATUS_PHRASES[self.status_code] = usual


def keep_the_name_as_sent() -> None:
    """Makes uvicorn, which lowers the names of headers, say in a further one how apiCode was written."""
    if not hasattr(H11Protocol, "lowered"):
        H11Protocol.lowered = H11Protocol.data_received  # type: ignore[attr-defined]
        setattr(H11Protocol, "data_received", _received)  # noqa: B010 - a method is replaced on purpose


def _received(protocol: Any, data: bytes) -> None:
    told = SENT_AS.encode() + rb": \1"
    protocol.lowered(re.sub(rb"\r\n(apicode):", rb"\r\n" + told + rb"\r\n\1:", data, count=1, flags=re.IGNORECASE))
