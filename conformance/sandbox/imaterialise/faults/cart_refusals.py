"""Faults of refused questions about carts, and of refused carts: limits, codes, messages."""

from __future__ import annotations

from typing import Any

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import Document, UnreadableError
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import CARTS
from conformance.sandbox.imaterialise.faults._members import SaysAnotherMessage
from conformance.sandbox.imaterialise.rules import RefusedError, Rules
from conformance.sandbox.imaterialise.rules.messages import Operation


@breaks("CS-036")
class RefusesNineCarts(Rules):
    """Refuses more than eight carts."""

    cart_limit = 8


@breaks("CS-102")
class AllowsElevenCarts(Rules):
    """Refuses only more than eleven carts."""

    cart_limit = 11


@breaks("CS-102")
class AllowsAnyNumberOfCarts(Rules):
    """Has no limit."""

    cart_limit = 10_000


@breaks("CS-102")
class AnswersTheFirstTen(Rules):
    """Answers the first ten of too many carts instead of refusing them."""

    cart_limit = 10_000

    def cart_ids(self, call: Call) -> list[str]:
        return super().cart_ids(call)[:10]


@breaks("CS-102")
class RefusesManyCartsWith501(Rules):
    """Refuses too many carts with 501."""

    def cart_ids(self, call: Call) -> list[str]:
        try:
            return super().cart_ids(call)
        except RefusedError:
            raise RefusedError(501) from None


@breaks("CS-102")
class SaysLessThanTen(SaysAnotherMessage):
    """Says less than for no more than in the message of 102."""

    operation, code, old, new = CARTS, 102, "no more than", "less than"


@breaks("CS-501")
class ForgetsAWordOf501(SaysAnotherMessage):
    """Says the message of 501 as the cancellation API does, without the word are."""

    operation, code, old, new = CARTS, 501, "parameters are set", "parameters set"


@breaks("CS-501")
class ReadsNothingInBrokenBodies(Rules):
    """Answers an empty list where a question about carts cannot be parsed."""

    def cart_ids(self, call: Call) -> list[str]:
        try:
            return super().cart_ids(call)
        except RefusedError as error:
            if error.code == 501:
                return []
            raise


@breaks("CS-501")
class RefusesBrokenBodiesWith1(Rules):
    """Refuses a body about carts that cannot be parsed with code 1."""

    def cart_ids(self, call: Call) -> list[str]:
        try:
            return super().cart_ids(call)
        except RefusedError as error:
            raise RefusedError(1 if error.code == 501 else error.code) from None


@breaks("CS-101")
class RefusesUnknownCartsWith102(Rules):
    """Sends code 102 with the message of 101."""

    def error(self, operation: Operation, code: int) -> Document:
        return {**super().error(operation, code), "code": 102 if (operation, code) == (CARTS, 101) else code}


@breaks("CS-101")
class SaysWasNotFoundOnly(SaysAnotherMessage):
    """Leaves the words about the format out of the message of 101."""

    operation, code, old, new = CARTS, 101, " or wrong format", ""


@breaks("CS-101")
class RefusesMalformedCartsWith501(Rules):
    """Refuses the whole question with 501 when an id is malformed."""

    def cart_id(self, entry: object) -> str:
        raw = super().cart_id(entry)
        if self.guid(raw) is None:
            raise UnreadableError("CartID must be a GUID")
        return raw


@breaks("CS-101")
class SaysAnotherMessageForMalformedCarts(Rules):
    """Says Wrong format with 101 where an id is malformed."""

    def cart_error_document(self, raw: str) -> Document:
        document: dict[str, Any] = super().cart_error_document(raw)
        if self.guid(raw) is None:
            document["cartError"]["message"] = "Wrong format."
        return document


@breaks("CS-101")
class SaysTheMessageOfAnotherApi(Rules):
    """Says the message of the cancellation API's 505 for a cart that is unknown."""

    def message(self, operation: Operation, code: int) -> str:
        wrong = operation is CARTS and code == 101
        return super().message(Operation.CANCELLATION, 505) if wrong else super().message(operation, code)
