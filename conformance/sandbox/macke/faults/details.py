"""Faults of which order's details are shown, and of what is said where there is no such order."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._requests import Counting, Knowing
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.wire import Document

# Orders that exist


class _Enveloped(Knowing):
    """Sends details in an envelope."""

    def respond(self, document: Any) -> Response:
        return super().respond(self.envelope(document) if self.operation == "get" else document)

    def envelope(self, document: Document) -> Any:
        """What is sent."""
        raise NotImplementedError


@breaks("MK-120")
class ShowsDetailsInAList(_Enveloped):
    """The details stand in a list."""

    def envelope(self, document: Document) -> Any:
        return [document]


@breaks("MK-120")
class ShowsDetailsUnderTheirId(_Enveloped):
    """The details stand under the order's id."""

    def envelope(self, document: Document) -> Any:
        return {document["order_id"]: document}


@breaks("MK-120")
class ShowsDetailsAsText(_Enveloped):
    """The details are JSON inside a text of JSON."""

    def envelope(self, document: Document) -> Any:
        return self.encode(document).decode()


@breaks("MK-120")
class ShowsNothing(_Enveloped):
    """The details of an order are null."""

    def envelope(self, document: Document) -> Any:
        return None


class _Hiding(Knowing):
    """Does not find some orders when their details are asked for."""

    def details(self, order: Order) -> Document:
        if self.operation == "get" and self.hides(order):
            raise RefusedError(404)
        return super().details(order)

    def hides(self, order: Order) -> bool:
        """Whether it is not found."""
        raise NotImplementedError


@breaks("MK-120", "MK-265")
class HidesDetailsOfGuests(_Hiding):
    """The details of a guest's order, which is listed, are answered with 404."""

    def hides(self, order: Order) -> bool:
        return order.user_id == 0


@breaks("MK-120")
class HidesDetailsOfReturns(_Hiding):
    """The details of an order in the status H or G, which is listed, are answered with 404."""

    def hides(self, order: Order) -> bool:
        return order.status in "HG"


@breaks("MK-120")
class HidesDetailsOfOldOrders(_Hiding):
    """The details of an order with a low number, which is listed, are answered with 404."""

    def hides(self, order: Order) -> bool:
        return order.order_id < 1030


@breaks("MK-120")
class HidesDetailsSometimes(Counting, _Hiding):
    """One of four requests for the details of an order is answered with 404."""

    def hides(self, order: Order) -> bool:
        return self.is_turn()


@breaks("MK-121")
class ShowsTheNextNumber(Rules):
    """The details show an order_id that is one too large."""

    def details(self, order: Order) -> Document:
        return {**super().details(order), "order_id": str(order.order_id + 1)}


@breaks("MK-121")
class ShowsTheInvoiceForTheOrder(Rules):
    """The details show the invoice's id as order_id, where there is one."""

    def details(self, order: Order) -> Document:
        return {**super().details(order), "order_id": str(order.invoice_id or order.order_id)}


@breaks("MK-121")
class ShowsTheOrderBeforeSometimes(Counting, Knowing):
    """One of four requests for details is answered with the details that were shown before."""

    def details(self, order: Order) -> Document:
        before: Document = vars(self).get("before", {})
        found = self.before = super().details(order)
        return before if before and self.is_turn() else found


# Orders that do not exist


class _Unknown(Rules):
    """Answers with another status that an order does not exist."""

    unknown = 404

    def error_status(self, refused: RefusedError) -> int:
        return self.unknown if refused.status == 404 and not refused.details else super().error_status(refused)


@breaks("MK-122")
class SaysUnknownWithBadRequest(_Unknown):
    """An order that does not exist is answered with 400."""

    unknown = 400


@breaks("MK-122")
class SaysUnknownWithForbidden(_Unknown):
    """An order that does not exist is answered with 403."""

    unknown = 403


@breaks("MK-122")
class SaysUnknownWithSuccess(_Unknown):
    """An order that does not exist is answered with HTTP 200 and a message that says 404."""

    unknown = 200


class _Instead(Knowing):
    """Answers 200 where the details of an order are asked for that does not exist."""

    def refusal(self, refused: RefusedError) -> Response:
        if refused.status == 404 and self.operation == "get" and self.stands_in(self.call.path):
            return self.respond(self.instead())
        return super().refusal(refused)

    def stands_in(self, path: str) -> bool:
        """Whether this request is answered so."""
        return path.rpartition("/")[2].isdecimal() and len(path) < 26

    def instead(self) -> Any:
        """What is sent."""
        return []


@breaks("MK-122")
class ShowsAnEmptyListForUnknownOrders(_Instead):
    """An order that does not exist is answered with 200 and an empty list."""


@breaks("MK-122", "MK-121")
class ShowsTheLastOrderForUnknownOnes(_Instead):
    """An order that does not exist is answered with the details that were shown before."""

    def details(self, order: Order) -> Document:
        self.before = super().details(order)
        return self.before

    def instead(self) -> Any:
        return vars(self).get("before", {})


@breaks("MK-123")
class ShowsAnEmptyListForLetters(_Instead):
    """An order_id of letters is answered with 200 and an empty list."""

    def stands_in(self, path: str) -> bool:
        return path.rpartition("/")[2].isalpha()


@breaks("MK-123")
class ShowsAnEmptyListForLongIds(_Instead):
    """An order_id of 20 digits is answered with 200 and an empty list."""

    def stands_in(self, path: str) -> bool:
        return path.rpartition("/")[2].isdecimal() and len(path) >= 26


@breaks("MK-123", "MK-121")
class ForgivesSigns(Rules):
    """A negative order_id shows the order with that number, its sign left out."""

    def order_id(self, name: str) -> int:
        return super().order_id(name.removeprefix("-"))


@breaks("MK-123", "MK-121")
class ReadsIdsAsPhpDoes(Rules):
    """Letters behind an order_id do not count, so that 1001abc shows the order 1001."""

    def order_id(self, name: str) -> int:
        number = self.leading_integer(name)
        return super().order_id(name if number is None else str(number))
