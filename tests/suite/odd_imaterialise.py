"""Legal oddities: rules that keep the contract in another way than the sandbox does. None may be blamed for anything."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from starlette.responses import Response

from conformance.sandbox.imaterialise import Rules
from conformance.sandbox.imaterialise.models import Cart, Order
from conformance.sandbox.imaterialise.rules import RefusedError


class OnlyGet(Rules):
    """Takes order status by GET only."""

    def methods(self, operation: Any) -> tuple[str, ...]:
        return ("GET",) if operation == "OrderStatus" else ("POST",)


class OnlyPost(Rules):
    """Takes order status by POST only, as the prose says."""

    def methods(self, operation: Any) -> tuple[str, ...]:
        return ("POST",)


class ErrorsByHttp(Rules):
    """Sends body errors with client error statuses."""

    def http_status(self, operation: Any, code: int | None) -> int:
        return {None: 200, 108: 404, 505: 404, 507: 409}.get(code, 400)


class JsonByDefault(Rules):
    """Answers JSON where no Accept is sent."""

    def default_media_type(self) -> str:
        return "application/json"


class RefusesTenCarts(Rules):
    """Reads "less than 10" as the table says."""

    cart_limit = 9


class MergesRepeatedCarts(Rules):
    """Answers a cart that is asked for twice once."""

    def cart_status_document(self, entries: Sequence[tuple[str, Cart | None]]) -> Any:
        return super().cart_status_document(list({raw: (raw, cart) for raw, cart in entries}.values()))


class OtherXml(Rules):
    """Has a root of its own, a namespace, and elements and attributes that no document names."""

    def write(self, document: Any, root: str, media_type: str) -> bytes:
        data = super().write(document, "Answer", media_type)
        if "xml" not in media_type:
            return data
        data = data.replace(b"<Answer>", b'<Answer xmlns="urn:example:orders" version="7"><Trace>x1</Trace>')
        return data.replace(b"<Order>", b"<Order><InternalState>7</InternalState>")


class OtherJson(Rules):
    """Adds members, shuffles them and indents."""

    def write(self, document: Any, root: str, media_type: str) -> bytes:
        data = super().write(document, root, media_type)
        if "json" not in media_type:
            return data
        return json.dumps(self._shuffled(json.loads(data)), indent=2).encode("utf-8")

    def _shuffled(self, node: Any) -> Any:
        if isinstance(node, list):
            return [self._shuffled(item) for item in node]
        if not isinstance(node, dict):
            return node
        members = [*node.items(), ("internalState", None)]
        random.Random(len(members)).shuffle(members)
        return {name: self._shuffled(value) for name, value in members}


class LeavesOptionalsOut(Rules):
    """Shows nothing that it need not show."""

    def order_document(self, order: Order, language: str) -> Any:
        document: Any = super().order_document(order, language)
        optional = ("shipmentService", "trackingNumber", "shipmentDate", "deliveryDate", "orderRemarks",
                    "estimatedShipmentDate", "creditNoteNumber")  # fmt: skip
        for name in optional:
            document.pop(name, None)
        for part in ("shippingInfo", "billingInfo"):
            for name in ("company", "vatNumber", "line2", "stateCode"):
                document[part].pop(name, None)
        return document


class ShowsOptionalsEmpty(Rules):
    """Shows optional members that have no value as empty texts."""

    def order_document(self, order: Order, language: str) -> Any:
        document: Any = super().order_document(order, language)
        for name in ("estimatedShipmentDate", "shipmentDate", "deliveryDate", "trackingNumber", "invoiceNumber",
                     "invoiceLink", "creditNoteNumber", "orderRemarks"):  # fmt: skip
            document.setdefault(name, "")
        sequence = ["orderID", "orderNumber", "orderconfirmationLink", "statusCode", "statusName", "isOnHold",
                    "requestedDate", "estimatedShipmentDate", "shipmentDate", "deliveryDate", "trackingNumber",
                    "shipmentService", "invoiceNumber", "invoiceLink", "creditNoteNumber", "currency", "totalPrice",
                    "orderRemarks", "shippingInfo", "billingInfo", "orderItems"]  # fmt: skip
        return {name: document[name] for name in sequence if name in document}


class OddHeaders(Rules):
    """Writes the charset in another way, and packs its answers."""

    def respond(self, operation: Any, document: Any, code: int | None, media_type: str) -> Response:
        plain = super().respond(operation, document, code, media_type)
        headers = {"Content-Type": media_type.upper() + '; Charset="UTF-8"', "Content-Encoding": "gzip"}
        return Response(gzip.compress(bytes(plain.body)), plain.status_code, headers)


class CanonicalMediaTypes(Rules):
    """Answers application/json and application/xml however the format was asked for."""

    def content_type(self, media_type: str) -> str:
        return "application/json" if "json" in media_type else "application/xml"


class RefusesOneDay(Rules):
    """Reads 106 by the letter: a range of one day does not begin before it ends."""

    def is_backwards(self, first: date, last: date) -> bool:
        return first >= last


class WarnsInRequestError(Rules):
    """Puts warning 109 where errors stand, and shows no orders then."""

    def place_warning(self, document: Any, warning: Any) -> None:
        document["orders"] = []
        document["requestError"] = warning


class SaysNoTo501(Rules):
    """Takes a missing number for a wrong body, and members only as they are spelt."""

    def order_number(self, call: Any) -> str:
        try:
            return super().order_number(call)
        except RefusedError as error:
            raise RefusedError(501 if error.code == 503 else error.code) from None

    def is_member(self, sent: str, documented: str) -> bool:
        return sent in (documented, documented[:1].upper() + documented[1:])


class WritesLongFractions(Rules):
    """Writes seven digits of a second, and GUIDs in capitals."""

    def date_time(self, moment: datetime) -> str:
        return moment.isoformat(timespec="microseconds") + "0"

    def order_document(self, order: Order, language: str) -> Any:
        document: Any = super().order_document(order, language)
        return {**document, "orderID": document["orderID"].upper()}


class HoldsOrdersBack(Rules):
    """Does not cancel an order on hold, and applies the filters beside a number."""

    def objection(self, order: Order) -> int | None:
        return 509 if order.on_hold and super().objection(order) is None else super().objection(order)

    def conditions(self, query: Any, today: date) -> Any:
        named = super().conditions(query, today)
        status = self.values(query, "status")
        return [*named, self.has_status(self.statuses(query))] if status else named
