"""Rules of every request: paths, methods, authentication, formats, errors, answers."""

from __future__ import annotations

import base64
import binascii
import re
from enum import Enum, auto
from http import HTTPStatus
from typing import Any

from sqlalchemy import ColumnElement
from starlette.responses import Response

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import UnreadableError, from_json
from conformance.sandbox.macke.accounts import ACCOUNTS, Account
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules.refused import RefusedError
from conformance.sandbox.macke.rules.wire import Document, WireRules
from conformance.sandbox.negotiation import best_match

_REALM = 'Basic realm="User email/API key"'
_SURROGATE = re.compile("[\ud800-\udfff]")


class Resource(Enum):
    """What a path names."""

    ORDERS = auto()
    ORDER = auto()
    SEARCH = auto()


class TransportRules(WireRules):
    """How a request is understood and its answer written."""

    # Paths and methods

    def resource(self, rest: str) -> tuple[Resource, str]:
        """What a path below /orders names, and the id as sent; one slash at the end does not count."""
        name = self.without_slash(rest)
        if not rest:
            return Resource.ORDERS, ""
        if name == "search":
            return Resource.SEARCH, ""
        if not name or "/" in name:
            raise RefusedError(404)
        return Resource.ORDER, name

    def without_slash(self, rest: str) -> str:
        """The path without one slash at its end: the document writes the search in both ways."""
        return rest.removesuffix("/")

    def methods(self, resource: Resource) -> tuple[str, ...]:
        """The HTTP methods that the document describes."""
        return ("GET", "PUT") if resource is Resource.ORDER else ("GET",)

    def check_method(self, method: str, resource: Resource) -> None:
        """Refuses any other method with 405."""
        allowed = self.methods(resource)
        if method not in allowed:
            raise RefusedError(405, headers={"Allow": ", ".join(allowed)})

    # Authentication and visibility

    def signed_in(self, call: Call) -> Account:
        """The account that a request comes from; refuses missing and wrong credentials with 401."""
        account = self.account(*self.credentials(call))
        if account is None:
            raise RefusedError(401, headers={"WWW-Authenticate": _REALM})
        return account

    def credentials(self, call: Call) -> tuple[str, str]:
        """User and password of HTTP Basic authentication, both empty where there are none."""
        scheme, _, token = (call.header("authorization") or "").partition(" ")
        if scheme.lower() != "basic":
            return "", ""
        try:
            user, _, password = base64.b64decode(token.strip(), validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return "", ""
        return user, password

    def account(self, user: str, password: str) -> Account | None:
        """The account with that e-mail and API key."""
        return next((one for one in ACCOUNTS.values() if (one.email, one.api_key) == (user, password)), None)

    def visible_to(self, account: Account) -> ColumnElement[bool]:
        """A vendor's own orders; those of another are as good as unknown."""
        return Order.company_id == account.company_id

    def order_id(self, name: str) -> int:
        """The id in a path; 404 for anything but digits."""
        if re.fullmatch("[0-9]{1,18}", name):
            return int(name)
        raise RefusedError(404)

    # Formats

    def check_accept(self, call: Call) -> None:
        """Refuses with 406 who reads no JSON; a missing Accept takes anything."""
        accept = call.header("accept")
        if accept and call.method == "GET" and not best_match(accept, ("application/json",)):
            raise RefusedError(406)

    def check_content_type(self, call: Call) -> None:
        """Refuses with 415 a body that is not declared as JSON; parameters such as charset do not count."""
        named = (call.header("content-type") or "").partition(";")[0].strip().lower()
        if named != "application/json":
            raise RefusedError(415)

    def body(self, call: Call) -> Document:
        """The members of a JSON body; refuses what is no JSON, no object, or an empty one with 400."""
        try:
            content = from_json(call.body)
        except UnreadableError as error:
            raise RefusedError(400, "Syntax error, malformed JSON") from error
        if not isinstance(content, dict):
            raise RefusedError(400, "The request body must be an object")
        self.check_any(content)
        return content

    def check_any(self, body: Document) -> None:
        """Refuses a body that says nothing with 400: the order could not be updated."""
        if not body:
            raise RefusedError(400, "Missing parameters")

    def is_text(self, value: object) -> bool:
        """Whether a value is a text; half of a surrogate pair is none."""
        return isinstance(value, str) and not _SURROGATE.search(value)

    # Answers

    def respond(self, document: Any) -> Response:
        """The answer to a request that is granted."""
        return self.response(document, 200)

    def refusal(self, refused: RefusedError) -> Response:
        """The answer to a request that is not."""
        status = self.error_status(refused)
        return self.response(self.error_document(status, refused.details), status, refused.headers)

    def error_status(self, refused: RefusedError) -> int:
        """The HTTP status of a refusal."""
        return refused.status

    def error_document(self, status: int, details: tuple[str, ...]) -> Document:
        """The error body: the reason phrase and any details in one sentence, the details once more as a list."""
        message = HTTPStatus(status).phrase + (f": {'. '.join(details)}" if details else "")
        document: Document = {"message": message, "status": status}
        return document | {"messages": [*details]} if details else document

    def content_type(self) -> str:
        """The answer's Content-Type, without charset."""
        return "application/json"

    def response(self, document: Any, status: int, headers: Any = None) -> Response:
        """The whole response."""
        return Response(self.encode(document), status, {"Content-Type": self.content_type(), **(headers or {})})
