"""Faults in how an answer is written: bodies that cannot be read, labels that do not fit, envelopes."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._bodies import BodyRules
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.writing import Value
from conformance.sandbox.faults import breaks

LISTS = (Operation.LIST, Operation.LIST_BY_CUSTOMER, Operation.LIST_MODIFIED)


# Bodies that cannot be read


@breaks("DD-004")
class CutsLongAnswers(BodyRules):
    """An answer of more than 20,000 bytes ends there."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return body[:20_000]


@breaks("DD-004")
class SometimesCutsOrders(AskedRules, BodyRules):
    """The last character of every fourth order is missing."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return body[:-1] if operation is Operation.GET and self.is_turn() else body


@breaks("DD-004")
class LeavesACommaBehind(BodyRules):
    """A JSON list ends with a comma."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return body.replace(b"]", b",]") if operation is Operation.STATES and self.is_json(media_type) else body


@breaks("DD-004")
class QuotesWithApostrophes(BodyRules):
    """GetOrder writes JSON with apostrophes for quotes."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return body.replace(b'"', b"'") if operation is Operation.GET and self.is_json(media_type) else body


@breaks("DD-004")
class WritesNotANumber(BodyRules):
    """GetOrder writes NaN for a discount of 0."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return body.replace(b'"salesDiscount":0', b'"salesDiscount":NaN') if operation is Operation.GET else body


@breaks("DD-004")
class RepeatsTheNumber(BodyRules):
    """An order has two members of the name id."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return body.replace(b'"incomplete"', b'"id":0,"incomplete"') if self.is_json(media_type) else body


@breaks("DD-004")
class DoesNotEscapeQuotes(BodyRules):
    """A quote in a text is not escaped in JSON."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return body.replace(b'\\"', b'"')


@breaks("DD-004")
class WritesLatin1(BodyRules):
    """JSON that is said to be UTF-8 is written in Latin-1."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return body.decode().encode("latin-1", "replace") if self.is_json(media_type) else body


@breaks("DD-600", "DD-001")
class WritesNothing(BodyRules):
    """GetOrderStates answers 200 with an empty body."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return b"" if operation is Operation.STATES else body


@breaks("DD-004")
class WarnsBeforeTheAnswer(BodyRules):
    """A warning of the server stands before the JSON of a list that is empty."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return b"Warning: no rows in line 1\n" + body if body == b"[]" else body


@breaks("DD-004")
class DoesNotEscapeXml(BodyRules):
    """An ampersand is not escaped in XML."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return body if self.is_json(media_type) else body.replace(b"&amp;", b"&")


@breaks("DD-004")
class LeavesXmlOpen(BodyRules):
    """The root of an XML answer is not closed."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        return body if self.is_json(media_type) else body.rpartition(b"</")[0]


# Labels


@breaks("DD-004", "DD-001")
class CallsJsonHtml(Rules):
    """JSON is sent as text/html."""

    def content_type(self, media_type: str) -> str:
        return "text/html; charset=utf-8" if self.is_json(media_type) else super().content_type(media_type)


@breaks("DD-004", "DD-001")
class NamesNoType(Rules):
    """An answer does not say its Content-Type."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        response = super().respond(operation, value, media_type)
        del response.headers["Content-Type"]
        return response


@breaks("DD-004")
class CallsXmlJson(Rules):
    """XML is sent as application/json."""

    def content_type(self, media_type: str) -> str:
        return "application/json"


@breaks("DD-500", "DD-001")
class AnswersWithAPage(Rules):
    """GetOrdersByCustomerNumber answers 200 with a page that asks to log in."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        if operation is Operation.LIST_BY_CUSTOMER:
            return HTMLResponse("<!DOCTYPE html><title>Log ind</title><form></form>")
        return super().respond(operation, value, media_type)


@breaks("DD-005")
class DefaultsToXml(Rules):
    """A request without Accept is answered in XML."""

    def default_media_type(self) -> str:
        return "application/xml"


@breaks("DD-005")
class WantsAnAcceptHeader(AskedRules):
    """GetOrderStates refuses a request without Accept."""

    def states_document(self) -> Value:
        if self.call.header("accept") in (None, "*/*"):
            raise RefusedError(406, "NotAcceptable")
        return super().states_document()


# What stands at the top


@breaks("DD-013", "DD-600", "DD-206", "DD-001")
class WrapsEveryAnswer(Rules):
    """Every answer stands in an object with a status and a result."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        return super().respond(operation, {"status": "ok", "result": value}, media_type)


@breaks("DD-013", "DD-206", "DD-001")
class WritesListsAsText(Rules):
    """A list is JSON within a JSON text."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        if operation in LISTS:
            value = self.write(value, self.root_name(operation), "application/json").decode()
        return super().respond(operation, value, media_type)


@breaks("DD-013", "DD-250", "DD-001")
class AnswersWithTheNumberAlone(AskedRules):
    """GetOrder answers the bare number of an order."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        bare = value["id"] if operation is Operation.GET and isinstance(value, dict) else value
        return super().respond(operation, bare, media_type)
