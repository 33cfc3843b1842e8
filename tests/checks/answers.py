"""Answers made by hand, beside the real contract of order status; `answer_of` takes any operation of any vendor."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from conformance.checks import Answer
from conformance.contract import load, specs_folder
from conformance.wire import Exchange, Request, Response

CONTRACT = load("imaterialise/order-status")
OPERATION = CONTRACT.operations["getOrders"]
SCHEMA = OPERATION.answer.schema
JSON, XML = "application/json", "text/xml"
ID = "x00001"

_EXAMPLES = specs_folder() / CONTRACT.id / "examples"
ORDERS_XML = (_EXAMPLES / "response-orders.xml").read_text(encoding="utf-8")


def orders() -> dict[str, Any]:
    """The document's own example, fresh, to be spoiled."""
    found: dict[str, Any] = json.loads((_EXAMPLES / "response-orders.json").read_bytes())
    return found


def refusal(code: object = 108, message: object = None) -> dict[str, Any]:
    documented = OPERATION.errors.get(code) if isinstance(code, int) else None
    text = documented.message if documented and message is None else message
    return {"orders": [], "requestError": {"message": text, "code": code}}


def answer(
    body: object, content_type: str = JSON, *, accept: str | None = None, status: int = 200, **headers: str
) -> Answer:
    """An answer in the media type that was asked for, unless told otherwise; values become JSON."""
    data = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    fields = (("Content-Type", content_type), *headers.items())
    reason = {200: "OK", 500: "Internal Server Error"}.get(status, "Whatever")
    return _beside(Response(status, reason, fields if content_type else (), data), "", accept or content_type)


def answer_of(
    operation: str, body: object, content_type: str = JSON, *, accept: str | None = None, status: int = 200
) -> Answer:
    """The same beside another operation, as `dandomain/orders GetOrder`; without Accept unless told otherwise."""
    api, _, name = operation.partition(" ")
    contract = load(api)
    made = answer(body, content_type, status=status)
    return Answer(made.exchange, contract, contract.operations[name], accept)


def fresh(seen: Answer) -> Answer:
    """The same answer, of which nothing has been read yet."""
    return replace(seen)


def no_answer(failure: str = "no answer within the time limit") -> Answer:
    return _beside(None, failure, JSON)


def _beside(response: Response | None, failure: str, accept: str) -> Answer:
    sent = Request("GET", "http://shop.example/web-api/order", (("Accept", accept),))
    exchange = Exchange(ID, "getOrders", sent, response, failure, "2026-01-31T12:00:00.000+00:00", 1.0)
    return Answer(exchange, CONTRACT, OPERATION, accept)
