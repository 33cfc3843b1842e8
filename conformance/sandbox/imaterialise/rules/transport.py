"""Rules that the three APIs share: methods, API code, formats, request bodies, errors, answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from starlette.responses import Response

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import (
    Document,
    UnreadableError,
    Value,
    from_json,
    from_xml,
    to_json,
    to_xml,
)
from conformance.sandbox.imaterialise.accounts import ACCOUNTS
from conformance.sandbox.imaterialise.rules.messages import MESSAGES, Operation
from conformance.sandbox.negotiation import best_match

Format = Literal["json", "xml"]

_GUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FORMATS: Mapping[str, Format] = {
    "application/json": "json",
    "text/json": "json",
    "text/xml": "xml",
    "application/xml": "xml",
}
_SNIFFED: Mapping[bytes, Format] = {b"{": "json", b"[": "json", b"<": "xml"}
_SINGULAR = {"orders": "Order", "orderItems": "OrderItem", "carts": "Cart"}


class TransportRules:
    """How a request of any of the three APIs is understood and its answer written."""

    # Methods and authentication

    def methods(self, operation: Operation) -> tuple[str, ...]:
        """The HTTP methods. Order Status says POST, its parameters and public clients say GET: both."""
        return ("GET", "POST") if operation is Operation.ORDER_STATUS else ("POST",)

    def api_code(self, call: Call) -> str | None:
        """The API code of a request: the header `apiCode` in any letter case."""
        return call.header("apiCode")

    def account(self, api_code: str | None) -> str | None:
        """The account of an API code; None (401) if it is missing, empty, no GUID or unknown."""
        return ACCOUNTS.get(self.guid(api_code or "") or "")

    def guid(self, text: str) -> str | None:
        """A GUID in any letter case in the server's lower case, or None for any other text."""
        return text.lower() if _GUID.fullmatch(text.lower()) else None

    def is_order_number(self, text: str) -> bool:
        """Whether a text can be an order number at all: String (9)."""
        return len(text) <= 9 and text.isprintable()

    # The format of the answer

    def offered_media_types(self) -> tuple[str, ...]:
        """The media types of the Accept paragraph, the server's favourite first."""
        return "text/xml", "application/json", "text/json", "application/xml"

    def default_media_type(self) -> str:
        """Request header table: text/xml is used by default."""
        return "text/xml"

    def media_type(self, call: Call) -> str:
        """The media type of the answer; nothing acceptable is answered in the default too."""
        return (
            best_match(call.header("accept") or "", self.offered_media_types()) or self.default_media_type()
        )

    def content_type(self, media_type: str) -> str:
        """The answer's Content-Type."""
        return f"{media_type}; charset=utf-8"

    def format_of(self, media_type: str) -> Format:
        """The format behind a media type."""
        return _FORMATS[media_type]

    # The request body

    def body_format(self, call: Call) -> Format | None:
        """The format of a body: by its Content-Type, else by its first character, else None."""
        named = (call.header("content-type") or "").partition(";")[0].strip().lower()
        return _FORMATS.get(named) or _SNIFFED.get(call.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1])

    def read(self, call: Call) -> dict[str, object]:
        """The members of a request body; `UnreadableError` unless it is a JSON object or an XML element."""
        match self.body_format(call):
            case "json":
                content = from_json(call.body)
            case "xml":
                content = from_xml(call.body, self.is_list)
            case None:
                raise UnreadableError("neither JSON nor XML")
        if not isinstance(content, dict):
            raise UnreadableError("not an object")
        return content

    def is_list(self, element: str) -> bool:
        """Whether an XML element of a request wraps a list."""
        return element.lower() == "carts"

    def member(self, parent: Mapping[str, object], name: str) -> object | None:
        """A member of a request by its documented name; the vendor's own clients vary its letter case."""
        return next((value for sent, value in parent.items() if self.is_member(sent, name)), None)

    def is_member(self, sent: str, documented: str) -> bool:
        """Whether a name in a request means the documented one."""
        return sent.lower() == documented.lower()

    # Errors

    def error(self, operation: Operation, code: int) -> Document:
        """The error object of a code."""
        return {"message": self.message(operation, code), "code": code}

    def message(self, operation: Operation, code: int) -> str:
        """The exact text of a code."""
        return MESSAGES[operation][code]

    def place_error(self, document: Document, error: Document) -> None:
        """Put a request-level error into the answer: `requestError` at the root."""
        document["requestError"] = error

    def http_status(self, operation: Operation, code: int | None) -> int:
        """The HTTP status of an answer; an error in the body does not change it."""
        return 200

    def refusal(self, status: int, operation: Operation, media_type: str) -> Response:
        """The answer to a request that HTTP itself refuses: 401 (its reason is Unauthorized) or 405."""
        reason, headers = {
            401: ("Unauthorized", {"WWW-Authenticate": "apiCode"}),
            405: ("Method Not Allowed", {"Allow": ", ".join(self.methods(operation))}),
        }[status]
        body = self.write({"message": reason}, "Error", media_type)
        return Response(body, status, {"Content-Type": self.content_type(media_type), **headers})

    # Writing

    def respond(
        self, operation: Operation, document: Document, code: int | None, media_type: str
    ) -> Response:
        """The whole response for a finished document; `code` is its request-level error, if any."""
        body = self.write(document, self.root_name(operation), media_type)
        return Response(
            body, self.http_status(operation, code), {"Content-Type": self.content_type(media_type)}
        )

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        """The document in the format of the media type."""
        return to_json(document) if self.format_of(media_type) == "json" else to_xml(root, document, self)

    def root_name(self, operation: Operation) -> str:
        """The XML root; the documents lost theirs, so this is a choice."""
        return f"{operation}Response"

    def element_name(self, member: str) -> str:
        """The XML element of a JSON member: its first letter upper-cased."""
        return member[:1].upper() + member[1:]

    def item_name(self, member: str) -> str:
        """The XML element of a list's entries."""
        return _SINGULAR[member]

    def has_element(self, member: str, value: Value) -> bool:
        """Whether a member is written in XML: an empty list is not, as in the document's error example."""
        return value != []

    def date_time(self, moment: datetime) -> str:
        """A date-time as in the examples: no zone, a fraction only if there is one, no zeros at its end."""
        text = moment.isoformat()
        return text.rstrip("0") if moment.microsecond else text

    def without_absent(self, members: Mapping[str, Value | None]) -> Document:
        """The document of these members: an optional one that is absent is left out, never null."""
        return {name: value for name, value in members.items() if value is not None}
