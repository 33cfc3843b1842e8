"""Faults of every answer: HTTP statuses, media types, and JSON that is none."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import QueryParams
from starlette.responses import Response

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._requests import Counting, Knowing
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.listing import Asked

# HTTP statuses


@breaks("MK-001", "MK-003")
class AnswersListsWithPartialContent(Rules):
    """A page of the list is answered with HTTP 206."""

    def respond(self, document: Any) -> Response:
        return self.response(document, 206 if isinstance(document, dict) and "params" in document else 200)


@breaks("MK-001")
class DemandsAPageNumber(Rules):
    """A list without parameters is refused with 400."""

    def asked(self, query: QueryParams) -> Asked:
        if not query:
            raise RefusedError(400, "page is missing")
        return super().asked(query)


@breaks("MK-001")
class ListsNothingSometimes(Counting):
    """One of four lists is answered with 404, as if there was no such path."""

    def asked(self, query: QueryParams) -> Asked:
        if self.is_turn():
            raise RefusedError(404)
        return super().asked(query)


@breaks("MK-004", "MK-001")
class ClaimsCompression(Rules):
    """The details of an order are labelled as compressed with gzip, and are not."""

    def respond(self, document: Any) -> Response:
        response = super().respond(document)
        if isinstance(document, dict) and "products" in document:
            response.headers["Content-Encoding"] = "gzip"
        return response


@breaks("MK-003")
class AcceptsUpdatesForLater(Rules):
    """An update is answered with HTTP 202."""

    def respond(self, document: Any) -> Response:
        updated = isinstance(document, dict) and document.keys() == {"order_id"}
        return self.response(document, 202 if updated else 200)


@breaks("MK-003", "MK-301")
class AnswersUpdatesWithNoContent(Rules):
    """An update is answered with HTTP 204 and no body."""

    def respond(self, document: Any) -> Response:
        if isinstance(document, dict) and document.keys() == {"order_id"}:
            return Response(status_code=204)
        return super().respond(document)


@breaks("MK-003", "MK-010")
class SendsStrangersToTheLogin(Rules):
    """Who has no credentials is sent to a login page with HTTP 302."""

    def refusal(self, refused: RefusedError) -> Response:
        if refused.status == 401:
            return Response(status_code=302, headers={"Location": "/admin.php"})
        return super().refusal(refused)


@breaks("MK-003", "MK-122")
class MovesUnknownOrders(Rules):
    """An unknown order is answered with HTTP 302 and the way back to the list."""

    def refusal(self, refused: RefusedError) -> Response:
        if refused.status == 404 and not refused.details:
            return Response(status_code=302, headers={"Location": "/orders"})
        return super().refusal(refused)


# JSON and its label


@breaks("MK-004")
class LabelsJsonAsHtml(Rules):
    """JSON is sent as text/html, as PHP does unasked."""

    def content_type(self) -> str:
        return "text/html; charset=UTF-8"


@breaks("MK-004")
class LabelsDetailsAsText(Knowing):
    """The details of an order are sent as text/plain, everything else as JSON."""

    def content_type(self) -> str:
        return "text/plain" if self.operation == "get" else super().content_type()


@breaks("MK-004")
class LabelsSearchesAsXml(Knowing):
    """The results of a search are JSON and sent as text/xml."""

    def content_type(self) -> str:
        return "text/xml" if self.operation == "search" else super().content_type()


@breaks("MK-004")
class ForgetsTheLabel(Rules):
    """The answer to an update has no Content-Type."""

    def respond(self, document: Any) -> Response:
        response = super().respond(document)
        if isinstance(document, dict) and document.keys() == {"order_id"}:
            del response.headers["Content-Type"]
        return response


@breaks("MK-004")
class WritesPythonForJson(Rules):
    """The details are written with single quotes and None for null."""

    def encode(self, document: Any) -> bytes:
        return str(document).encode() if isinstance(document, dict) and "products" in document else super().encode(document)


@breaks("MK-004")
class WarnsBeforeTheJson(Rules):
    """A warning of PHP stands before the JSON of an order that has no invoice."""

    def encode(self, document: Any) -> bytes:
        noted = isinstance(document, dict) and "products" in document and document["invoice_id"] is None
        warning = b"<br />\n<b>Warning</b>:  Undefined index: invoice_id in <b>orders.php</b> on line <b>98</b><br />\n"
        return (warning if noted else b"") + super().encode(document)


@breaks("MK-004")
class WritesLatinOne(Rules):
    """Umlauts are sent as single bytes of ISO 8859-1, which no JSON has."""

    def encode(self, document: Any) -> bytes:
        text = super().encode(document).decode()
        return text.replace("\\u00fc", "ü").replace("\\u00f6", "ö").encode("latin-1")


@breaks("MK-004")
class CutsTheSecondPage(Rules):
    """The second page of the list ends in the middle of an order."""

    def encode(self, document: Any) -> bytes:
        whole = super().encode(document)
        second = isinstance(document, dict) and document.get("params", {}).get("page") == 2
        return whole[: len(whole) // 2] if second else whole


@breaks("MK-004")
class CutsLongAnswers(Rules):
    """Answers end after 16,384 bytes."""

    def encode(self, document: Any) -> bytes:
        return super().encode(document)[: 2**14]


@breaks("MK-004")
class EndsListsWithAComma(Rules):
    """A comma stands behind the last result of a search."""

    def encode(self, document: Any) -> bytes:
        text = super().encode(document)
        return text[:-1] + b",]" if isinstance(document, list) else text


@breaks("MK-004")
class CountsNothingAsNaN(Rules):
    """A sum that is zero is written as NaN, which JSON does not have."""

    def encode(self, document: Any) -> bytes:
        return super().encode(document).replace(b'"tax_subtotal":0,', b'"tax_subtotal":NaN,')


@breaks("MK-004")
class RepeatsTheStatus(Rules):
    """The details have the member status twice, with different values."""

    def encode(self, document: Any) -> bytes:
        text = super().encode(document)
        if isinstance(document, dict) and "products" in document:
            return text[:-1] + b',"status":"A"}'
        return text


@breaks("MK-004")
class BeginsWithAByteOrderMark(Rules):
    """A byte order mark stands before the JSON, which RFC 8259 forbids."""

    def encode(self, document: Any) -> bytes:
        return b"\xef\xbb\xbf" + super().encode(document)


@breaks("MK-004")
class CallsBack(Rules):
    """The list is wrapped into a call of JavaScript."""

    def encode(self, document: Any) -> bytes:
        text = super().encode(document)
        return b"callback(" + text + b");" if isinstance(document, dict) and "params" in document else text


@breaks("MK-004")
class AppendsTheTimeSometimes(Counting):
    """One of four answers ends with a comment of the template engine."""

    def encode(self, document: Any) -> bytes:
        return super().encode(document) + (b"\n<!-- 0.0312 s -->" if self.is_turn() else b"")
