"""Requests over which the server itself fails, where it has only to refuse them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse, Response

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.shop import Product
from conformance.sandbox.faults import breaks


def failure() -> RefusedError:
    """The server's own failure."""
    return RefusedError(500, "InternalServerError")


@breaks("DD-002")
class FailsOnOddNumbers(Rules):
    """The server fails over an order number that is none."""

    def order_id(self, text: str) -> int:
        try:
            return int(text)
        except ValueError:
            raise failure() from None


@breaks("DD-002", shows="DD-256")
class FailsOnLargeNumbers(Rules):
    """The server fails over an order number beyond 64 bits."""

    def order_id(self, text: str) -> int:
        if text.isdecimal() and int(text) >= 2**63:
            raise failure()
        return super().order_id(text)


@breaks("DD-002", shows="DD-159")
class FailsOnMissingMembers(Rules):
    """CreateOrder fails where a member is missing that cannot be null."""

    def required(self, parent: Mapping[str, object], name: str, word: str) -> object:
        if name not in parent:
            raise failure()
        return super().required(parent, name, word)


@breaks("DD-002", shows="DD-159")
class FailsOnNull(Rules):
    """CreateOrder fails where a member is null that cannot be."""

    def required(self, parent: Mapping[str, object], name: str, word: str) -> object:
        if name in parent and parent[name] is None:
            raise failure()
        return super().required(parent, name, word)


@breaks("DD-002", shows="DD-159")
class FailsOnWrongTypes(Rules):
    """CreateOrder fails over a text where a number is due."""

    def number_of(self, value: object, word: str) -> int:
        if isinstance(value, str) and not value.isdecimal():
            raise failure()
        return super().number_of(value, word)


@breaks("DD-002", shows="DD-159")
class FailsOnUnknownProducts(Rules):
    """CreateOrder fails over a product that does not exist."""

    def product(self, number: str) -> Product | None:
        if (product := super().product(number)) is None:
            raise failure()
        return product


@breaks("DD-002")
class FailsOnBodiesThatAreNoOrder(Rules):
    """CreateOrder fails over a body that it cannot read, with a page."""

    def refusal(self, refused: RefusedError, media_type: str) -> Response:
        if refused.word == "RequestBodyNotValid":
            return HTMLResponse("<!DOCTYPE html><title>Runtime Error</title>", 500)
        return super().refusal(refused, media_type)


@breaks("DD-002")
class FailsOnMalformedDates(Rules):
    """GetOrders fails over a start that is no date."""

    def date(self, text: str) -> tuple[datetime, bool]:
        try:
            return super().date(text)
        except RefusedError:
            raise failure() from None


@breaks("DD-002")
class FailsWithoutStart(Rules):
    """GetOrders fails where start is missing."""

    def start(self, text: str | None) -> datetime:
        if text is None:
            raise failure()
        return super().start(text)


@breaks("DD-002")
class FailsOnUnknownOrders(Rules):
    """GetOrder fails over a number that belongs to no order."""

    def found(self, order: Order | None) -> Order:
        if order is None:
            raise failure()
        return order


@breaks("DD-002", shows="DD-022")
class FailsOnUnknownKeys(Rules):
    """The server fails over a key that is no GUID."""

    def refusal_status(self, refused: RefusedError) -> int:
        return 503 if refused.word == "KeyNotValid" else super().refusal_status(refused)


@breaks("DD-002")
class FailsOnUnknownStates(Rules):
    """SetOrderState fails over a state that does not exist."""

    def refusal_status(self, refused: RefusedError) -> int:
        return 500 if refused.word == "OrderStateNotValid" else super().refusal_status(refused)


@breaks("DD-002", shows="DD-403")
class FailsOnWrongMethods(Rules):
    """The server answers 501 to a method that an address does not have."""

    def refusal_status(self, refused: RefusedError) -> int:
        return 501 if refused.status == 405 else super().refusal_status(refused)


@breaks("DD-002")
class FailsOnEmoji(Rules):
    """SetOrderComment and SetTrackNumber fail over characters beyond the first 65,536."""

    def text(self, query: QueryParams, name: str) -> str:
        found = super().text(query, name)
        if any(ord(letter) > 0xFFFF for letter in found):
            raise failure()
        return found


@breaks("DD-002", shows="DD-659")
class FailsOnLongTexts(Rules):
    """SetOrderComment and SetTrackNumber fail over 1,000 characters."""

    def text(self, query: QueryParams, name: str) -> str:
        found = super().text(query, name)
        if len(found) >= 1000:
            raise failure()
        return found


@breaks("DD-002", shows="DD-658")
class FailsOnApostrophes(Rules):
    """SetOrderComment and SetTrackNumber fail over an apostrophe."""

    def text(self, query: QueryParams, name: str) -> str:
        found = super().text(query, name)
        if "'" in found:
            raise failure()
        return found


@breaks("DD-002", shows="DD-006")
class FailsInXml(AskedRules):
    """GetOrderStates fails where XML is asked for."""

    def states_document(self) -> Any:
        if "xml" in (self.call.header("accept") or ""):
            raise failure()
        return super().states_document()


@breaks("DD-002")
class SometimesFails(AskedRules):
    """Every fourth SetOrderState fails."""

    def known_state(self, text: str) -> int:
        if self.is_turn():
            raise RefusedError(503, "ServiceUnavailable")
        return super().known_state(text)
