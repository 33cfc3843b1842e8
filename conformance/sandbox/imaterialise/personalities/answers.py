"""Oddities of answers: methods, statuses, formats, delivery."""

from __future__ import annotations

import gzip
import json
import random
import re
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from starlette.responses import Response, StreamingResponse

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import Document
from conformance.sandbox.faults import legal, legal_late
from conformance.sandbox.imaterialise.models import Order
from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.rules.messages import Operation

# Methods and statuses


@legal
class OnlyGet(Rules):
    """Takes order status by GET only."""

    def methods(self, operation: Operation) -> tuple[str, ...]:
        return ("GET",) if operation is Operation.ORDER_STATUS else ("POST",)


@legal
class OnlyPost(Rules):
    """Takes order status by POST only, as the prose says."""

    def methods(self, operation: Operation) -> tuple[str, ...]:
        return ("POST",)


@legal
class ErrorsByHttp(Rules):
    """Sends body errors with client error statuses, and 401 without a body."""

    def http_status(self, operation: Operation, code: int | None) -> int:
        return {None: 200, 108: 404, 505: 404, 507: 409}.get(code, 400)

    def refusal(self, status: int, operation: Operation, media_type: str) -> Response:
        return Response(status_code=status)


# Formats


@legal
class JsonByDefault(Rules):
    """Answers JSON where no Accept is sent."""

    def default_media_type(self) -> str:
        return "application/json"


@legal
class CanonicalMediaTypes(Rules):
    """Answers application/json and application/xml however the format was asked for."""

    def content_type(self, media_type: str) -> str:
        return "application/json" if "json" in media_type else "application/xml"


@legal
class OtherXml(Rules):
    """Has a root and a namespace of its own, and elements and attributes that no document names."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        data = super().write(document, "Answer", media_type)
        if "xml" not in media_type:
            return data
        data = data.replace(b"<Answer>", b'<Answer xmlns="urn:example:orders" version="7"><Trace>x1</Trace>')
        return data.replace(b"<Order>", b"<Order><InternalState>7</InternalState>")


@legal
class PrefixedXml(Rules):
    """Writes a prefix before each name in XML, comments, and an element for an empty list."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        data = super().write(document, root, media_type)
        if "xml" not in media_type:
            return data
        head, _, body = re.sub(rb"<(/?)(?=\w)", rb"<\1im:", data).partition(b"?>")
        return head + b"?>" + body.replace(b">", b' xmlns:im="urn:example:im"><!-- made by im -->', 1)

    def has_element(self, member: str, value: Any) -> bool:
        return True


@legal
class OtherJson(Rules):
    """Adds members, shuffles them and indents."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        data = super().write(document, root, media_type)
        return json.dumps(self._shuffled(json.loads(data)), indent=2).encode() if "json" in media_type else data

    def _shuffled(self, node: Any) -> Any:
        if isinstance(node, list):
            return [self._shuffled(item) for item in node]
        if not isinstance(node, dict):
            return node
        members = [*node.items(), ("internalState", None)]
        random.Random(len(members)).shuffle(members)  # noqa: S311 - an order, no secret
        return {name: self._shuffled(value) for name, value in members}


@legal
class EscapesEverything(Rules):
    """Writes letters beyond ASCII and slashes as escapes in JSON, and as references in XML."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        text = super().write(document, root, media_type).decode("utf-8")
        if "xml" in media_type:
            return text.encode("ascii", "xmlcharrefreplace")
        return json.dumps(json.loads(text)).replace("/", "\\/").encode()


@legal
class WritesLongFractions(Rules):
    """Writes seven digits of a second, and GUIDs in capitals."""

    def date_time(self, moment: datetime) -> str:
        return moment.isoformat(timespec="microseconds") + "0"

    def order_document(self, order: Order, language: str) -> Document:
        document = super().order_document(order, language)
        return {**document, "orderID": order.id.upper()}


@legal
class ShowsOptionalsEmpty(Rules):
    """Shows optional members that have no value as empty texts."""

    optional = ("estimatedShipmentDate", "shipmentDate", "deliveryDate", "trackingNumber", "invoiceNumber", "invoiceLink",
                "creditNoteNumber", "orderRemarks")  # fmt: skip
    members = ("orderID", "orderNumber", "orderconfirmationLink", "statusCode", "statusName", "isOnHold", "requestedDate",
                "estimatedShipmentDate", "shipmentDate", "deliveryDate", "trackingNumber", "shipmentService",
                "invoiceNumber", "invoiceLink", "creditNoteNumber", "currency", "totalPrice", "orderRemarks",
                "shippingInfo", "billingInfo", "orderItems")  # fmt: skip

    def order_document(self, order: Order, language: str) -> Document:
        document = super().order_document(order, language)
        shown = {**dict.fromkeys(self.optional, ""), **document}
        return {name: shown[name] for name in self.members if name in shown}


@legal
class LeavesOptionalsOut(Rules):
    """Shows nothing that it need not show."""

    optional = ("shipmentService", "trackingNumber", "shipmentDate", "deliveryDate", "orderRemarks",
                "estimatedShipmentDate", "creditNoteNumber")  # fmt: skip

    def order_document(self, order: Order, language: str) -> Document:
        document: dict[str, Any] = super().order_document(order, language)
        for name in self.optional:
            document.pop(name, None)
        for part in ("shippingInfo", "billingInfo"):
            for name in ("company", "vatNumber", "line2", "stateCode"):
                document[part].pop(name, None)
        return document


# Delivery


@legal
class OddHeaders(Rules):
    """Writes the charset in another way, packs its answers, and closes each connection."""

    def respond(self, operation: Operation, document: Document, code: int | None, media_type: str) -> Response:
        plain = super().respond(operation, document, code, media_type)
        headers = {"Content-Type": media_type.upper() + '; Charset="UTF-8"', "Content-Encoding": "gzip"}
        return Response(gzip.compress(bytes(plain.body)), plain.status_code, {**headers, "Connection": "close"})


@legal
class SendsChunks(Rules):
    """Sends its answers in pieces of unknown number, and without a charset."""

    def respond(self, operation: Operation, document: Document, code: int | None, media_type: str) -> Response:
        body = bytes(super().respond(operation, document, code, media_type).body)
        return StreamingResponse(self._pieces(body), self.http_status(operation, code), {"Content-Type": media_type})

    def _pieces(self, body: bytes) -> Iterator[bytes]:
        yield from (body[start : start + 2000] for start in range(0, len(body), 2000))


@legal_late
class TakesItsTime(Rules):
    """Answers after 150 ms."""

    def media_type(self, call: Call) -> str:
        time.sleep(0.15)
        return super().media_type(call)
