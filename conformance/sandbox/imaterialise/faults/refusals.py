"""Faults of refused questions about orders, and of the language: codes, messages, what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import ORDERS, AnswersInstead, KnowsTheCall, Sometimes, html
from conformance.sandbox.imaterialise.faults._members import SaysAnotherMessage
from conformance.sandbox.imaterialise.models import Order
from conformance.sandbox.imaterialise.rules import RefusedError, Rules
from conformance.sandbox.imaterialise.rules.messages import Operation

# 103


@breaks("OS-103")
class TakesEightForAStatus(Rules):
    """Finds nothing to status=8 instead of refusing it."""

    def status(self, text: str) -> int:
        return 8 if text == "8" else super().status(text)


@breaks("OS-103")
class DropsTheSignOfAStatus(Rules):
    """Takes status=-1 for 1."""

    def status(self, text: str) -> int:
        return super().status(text.removeprefix("-"))


@breaks("OS-103")
class DropsUnknownStatuses(Rules):
    """Answers orders of all statuses to one that is unknown."""

    def status(self, text: str) -> int:
        return int(text) if text in "01234567" else 8

    def has_status(self, codes: Any) -> Any:
        return super().has_status(range(8) if 8 in codes else codes)


@breaks("OS-103")
class SaysInvalidRangeToAnUnknownStatus(Rules):
    """Refuses an unknown status with 106."""

    def status(self, text: str) -> int:
        try:
            return super().status(text)
        except RefusedError:
            raise RefusedError(106) from None


@breaks("OS-103")
class ForgetsDeliveredInTheMessage(SaysAnotherMessage):
    """Leaves 7 (Delivered) out of the message of 103."""

    operation, code, old, new = ORDERS, 103, ", 7 (Delivered)", ""


@breaks("OS-103")
class ShowsAnEmptyOrderBesideAnUnknownStatus(Rules):
    """Refuses an unknown status with an empty order in the list."""

    def order_status_document(self, orders: Any, code: int | None, language: str | None) -> Document:
        document = super().order_status_document(orders, code, language)
        return {**document, "orders": [{}]} if code == 103 else document


# 106


@breaks("OS-106")
class AcceptsReversedRanges(Rules):
    """Finds nothing in a range that runs backwards instead of refusing it."""

    def is_backwards(self, first: date, last: date) -> bool:
        return False


@breaks("OS-106")
class TurnsReversedRangesRound(AcceptsReversedRanges):
    """Answers the orders between the two days of a range that runs backwards."""

    def in_window(self, first: date, last: date) -> Any:
        return super().in_window(min(first, last), max(first, last))


@breaks("OS-106")
class AcceptsRangesThatAreADayWrong(Rules):
    """Refuses a range only when it runs backwards by more than a day."""

    def is_backwards(self, first: date, last: date) -> bool:
        return (first - last).days > 1


@breaks("OS-106")
class SaysYoungerForOlder(SaysAnotherMessage):
    """Asks in the message of 106 that DateTo be older."""

    operation, code, old, new = ORDERS, 106, "DateFrom is older than DateTo", "DateTo is older than DateFrom"


@breaks("OS-106")
class SaysAnotherMessageInXml(KnowsTheCall):
    """Writes a comma for the semicolon in the message of 106, in XML only."""

    def message(self, operation: Operation, code: int) -> str:
        text = super().message(operation, code)
        return text.replace(";", ",") if code == 106 and "xml" in (self.call.header("accept") or "") else text


@breaks("OS-106", "OS-103")
class SwapsTheMessages(Rules):
    """Says the message of 103 with code 106, and that of 106 with 103."""

    def message(self, operation: Operation, code: int) -> str:
        swapped = {103: 106, 106: 103}.get(code, code) if operation is ORDERS else code
        return super().message(operation, swapped)


@breaks("OS-106")
class SometimesSaysSomethingElse(Sometimes):
    """Says another message with one error 106 in four."""

    def message(self, operation: Operation, code: int) -> str:
        wrong = code == 106 and self.is_turn()
        return "Something went wrong." if wrong else super().message(operation, code)


# 108


@breaks("OS-108")
class AnswersAnEmptyListWithoutWords(Rules):
    """Answers an empty list and no error where no order was found."""

    def required(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders


@breaks("OS-108")
class Answers404ForNothing(AnswersInstead):
    """Answers 404 and a page where no order was found."""

    operation = ORDERS

    def instead(self, plain: Any, document: Document, code: int | None) -> Any:
        return html(404, "Not Found") if code == 108 else plain


@breaks("OS-108")
class Says404InTheBody(Rules):
    """Sends code 404 with the message of 108."""

    def error(self, operation: Operation, code: int) -> Document:
        return {**super().error(operation, code), "code": 404 if code == 108 else code}


@breaks("OS-108")
class SaysGivenForRequested(SaysAnotherMessage):
    """Says given for requested in the message of 108."""

    operation, code, old, new = ORDERS, 108, "requested", "given"


@breaks("OS-108")
class AddsWordsToTheMessage(SaysAnotherMessage):
    """Adds words of its own to the message of 108."""

    operation, code, old, new = ORDERS, 108, "parameters.", "parameters. (Request 4711)"
