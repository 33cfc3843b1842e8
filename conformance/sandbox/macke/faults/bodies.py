"""Faults of what an update may say: bodies that are no JSON, notify_user, and orders that do not exist."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.responses import Response

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import UnreadableError, from_json
from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.wire import Document


def is_broken(call: Call) -> bool:
    """Whether a body is no well-formed JSON."""
    try:
        from_json(call.body)
    except UnreadableError:
        return True
    return False


def status_in(call: Call) -> Document:
    """The status that a body seems to ask for, well-formed or not."""
    found = re.search(r"status\W+([A-Z])", call.body.decode("utf-8", "replace"))
    return {"status": found[1]} if found else {}


# Bodies that are no JSON


class _Unreadable(Rules):
    """Refuses a body that is no JSON in another way."""

    refused_with = 400

    def refusal(self, refused: RefusedError) -> Response:
        broken = "Syntax error, malformed JSON" in refused.details
        return super().refusal(RefusedError(self.refused_with, *refused.details) if broken else refused)


@breaks("MK-321")
class IgnoresBrokenBodies(Rules):
    """A body that is no JSON is answered with 200, and does nothing."""

    def body(self, call: Call) -> Document:
        return {"conformance": None} if is_broken(call) else super().body(call)


@breaks("MK-321")
class RepairsBrokenBodies(Rules):
    """A body that is no JSON is answered with 200, and the status that can be read in it is set."""

    def body(self, call: Call) -> Document:
        return status_in(call) or super().body(call) if is_broken(call) else super().body(call)


@breaks("MK-321")
class TakesForms(Rules):
    """A body in the form of a query string is taken for JSON."""

    def body(self, call: Call) -> Document:
        members = dict(parse_qsl(call.body.decode("utf-8", "replace"))) if is_broken(call) else {}
        return members if "status" in members else super().body(call)


@breaks("MK-321", "MK-328")
class DoesWhatItCannotRead(Rules):
    """A body that is no JSON is refused with 400, and the status that can be read in it is set."""

    guessed = False

    def body(self, call: Call) -> Document:
        self.guessed = is_broken(call) and bool(status_in(call))
        return status_in(call) if self.guessed else super().body(call)

    def updated_document(self, name: str) -> Document:
        if self.guessed:
            raise RefusedError(400, "Syntax error, malformed JSON")
        return super().updated_document(name)


@breaks("MK-322")
class RefusesBrokenBodiesWith422(_Unreadable):
    """A body that is no JSON is refused with 422."""

    refused_with = 422


@breaks("MK-322")
class RefusesBrokenBodiesWith404(_Unreadable):
    """A body that is no JSON is refused with 404, as if there was no such order."""

    refused_with = 404


@breaks("MK-322")
class RefusesBrokenBodiesWith405(_Unreadable):
    """A body that is no JSON is refused with 405."""

    refused_with = 405


# notify_user


class _Refusing(Rules):
    """Refuses some values of notify_user."""

    refused_values: tuple[object, ...] = ()

    def check_notify_user(self, value: object) -> None:
        if any(value == one and type(value) is type(one) for one in self.refused_values):
            raise RefusedError(400, "notify_user is not valid")


@breaks("MK-308")
class RefusesToNotify(_Refusing):
    """notify_user with the value "1" is refused."""

    refused_values = ("1",)


@breaks("MK-308")
class ForgetsTheStatusWhenItNotifies(Rules):
    """An update with notify_user "1" is answered with 200 and sets no status."""

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        return {} if body.get("notify_user") == "1" else super().changes(body, now)


@breaks("MK-309")
class TakesZeroForNothing(_Refusing):
    """notify_user with the value "0" is refused as if it was empty."""

    refused_values = ("0",)


@breaks("MK-309")
class ForgetsTheStatusWhenItDoesNotNotify(Rules):
    """An update with notify_user "0" is answered with 200 and sets no status."""

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        return {} if body.get("notify_user") == "0" else super().changes(body, now)


@breaks("MK-310")
class NotifiesByTextOnly(_Refusing):
    """notify_user as a number is refused."""

    refused_values = (0, 1)


@breaks("MK-310")
class TakesTheNumberZeroForNothing(_Refusing):
    """notify_user with the number 0 is refused as if it was empty."""

    refused_values = (0,)


@breaks("MK-310")
class ForgetsTheStatusBesideANumber(Rules):
    """An update with a number as notify_user is answered with 200 and sets no status."""

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        return {} if isinstance(body.get("notify_user"), int) else super().changes(body, now)


@breaks("MK-312", "MK-300")
class DemandsNotifyUser(Rules):
    """A status without notify_user is refused."""

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        if "status" in body and "notify_user" not in body:
            raise RefusedError(400, "notify_user is missing")
        return super().changes(body, now)


@breaks("MK-312", "MK-303")
class ForgetsTheStatusWithoutNotifyUser(Rules):
    """A status without notify_user is answered with 200 and not set."""

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        others = {name: value for name, value in body.items() if name != "status"}
        return super().changes(body if "notify_user" in body else others, now)


# Orders that do not exist


@breaks("MK-320")
class RefusesUnknownStatusesWith400(Rules):
    """A status for an order that does not exist is refused with 400."""

    def unknown_order(self, name: str, body: Document) -> Document:
        raise RefusedError(400 if "status" in body else 404)


@breaks("MK-320")
class RefusesUnknownStatusesWith403(Rules):
    """A status for an order that does not exist is refused with 403."""

    def unknown_order(self, name: str, body: Document) -> Document:
        raise RefusedError(403 if "status" in body else 404)


@breaks("MK-360")
class TakesReferencesForUnknownOrders(Rules):
    """A vendor_ref for an order that does not exist is answered with 200."""

    def unknown_order(self, name: str, body: Document) -> Document:
        if "vendor_ref" in body:
            return self.updated_document(name)
        raise RefusedError(404)


@breaks("MK-360")
class RefusesReferencesForUnknownOrdersWith400(Rules):
    """A vendor_ref for an order that does not exist is refused with 400."""

    def unknown_order(self, name: str, body: Document) -> Document:
        raise RefusedError(400 if "vendor_ref" in body else 404)
