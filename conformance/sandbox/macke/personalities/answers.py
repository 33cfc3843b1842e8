"""Oddities of every answer: how it comes, and how values are written."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from starlette.responses import Response, StreamingResponse

from conformance.sandbox.calls import Call
from conformance.sandbox.faults import legal, legal_late
from conformance.sandbox.macke.accounts import Account
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.wire import Document

# How answers come


@legal_late
class TakesItsTime(Rules):
    """Every answer comes after 150 ms."""

    def signed_in(self, call: Call) -> Account:
        time.sleep(0.15)
        return super().signed_in(call)


@legal
class SendsInChunks(Rules):
    """Answers come in chunks of 1,000 bytes, without Content-Length."""

    def response(self, document: Any, status: int, headers: Any = None) -> Response:
        whole = super().response(document, status, headers)
        more = {"Content-Type": self.content_type(), **(headers or {})}
        return StreamingResponse(_chunks(bytes(whole.body)), status, more)


def _chunks(body: bytes) -> Iterator[bytes]:
    yield from (body[first : first + 1000] for first in range(0, len(body), 1000))


@legal
class SendsCompressed(Rules):
    """Answers are compressed with gzip."""

    def response(self, document: Any, status: int, headers: Any = None) -> Response:
        more = {"Content-Type": self.content_type(), "Content-Encoding": "gzip", **(headers or {})}
        return Response(gzip.compress(self.encode(document)), status, more)


@legal
class NamesTheCharset(Rules):
    """Answers are labelled with a charset, written in UTF-8 without escapes, over many lines."""

    def content_type(self) -> str:
        return "application/json; charset=UTF-8"

    def encode(self, document: Any) -> bytes:
        return json.dumps(document, ensure_ascii=False, indent=4).encode()


@legal
class TurnsMembersAround(Rules):
    """The members of every object come the other way round."""

    def encode(self, document: Any) -> bytes:
        return super().encode(_turned(document))


def _turned(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _turned(value[name]) for name in reversed(value)}
    return [_turned(entry) for entry in value] if isinstance(value, list) else value


@legal
class SaysLittleInErrors(Rules):
    """Refusals have empty bodies; credentials that are missing or wrong are 403."""

    def refusal(self, refused: RefusedError) -> Response:
        if refused.status == 404 and refused.details:
            return super().refusal(refused)
        return Response(status_code=403 if refused.status == 401 else refused.status)


@legal
class SaysErrorsInHtml(Rules):
    """Refusals are pages in HTML, the message of a search without results on one of them."""

    def refusal(self, refused: RefusedError) -> Response:
        text = f"<html><h1>{refused.status}</h1>{'. '.join(refused.details)}</html>"
        return Response(text, refused.status, refused.headers, "text/html")


# How values are written


@legal
class KeepsToTheTable(Rules):
    """Every field has the type of the document's table, and numbers are numbers."""

    literal_types = True


@legal
class WritesAllNumbersAsText(Rules):
    """Computed sums are texts with four decimals, like the sums that are stored."""

    def number(self, cents: int) -> Any:
        return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}00"


@legal
class ShowsMore(Rules):
    """Orders, lists and updates have members that no document names."""

    def shared(self, order: Order) -> Document:
        return super().shared(order) | {"storefront_id": 1, "localization": {"de": []}, "points": None}

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        return super().list_document(orders, params) | {"search": [], "version": "4.18"}

    def updated_document(self, name: str) -> Document:
        return super().updated_document(name) | {"message": "", "status": "P"}


@legal
class ShowsTheTableOnly(Rules):
    """The details show neither updated_at nor vendor_ref, and nothing else that the table does not have."""

    def details(self, order: Order) -> Document:
        more = {"updated_at", "vendor_ref", "is_parent_order", "parent_order_id", "doc_ids", "fields", "secondary_currency"}
        return {name: value for name, value in super().details(order).items() if name not in more}


@legal
class LeavesEmptyMembersOut(Rules):
    """The details leave out what is null, or an empty text or list."""

    def details(self, order: Order) -> Document:
        return {name: value for name, value in super().details(order).items() if value not in (None, "", [])}


@legal
class AnswersIdsAsNumbers(Rules):
    """The order_id of an update's answer is a number."""

    def updated_document(self, name: str) -> Document:
        return {"order_id": int(name)}
