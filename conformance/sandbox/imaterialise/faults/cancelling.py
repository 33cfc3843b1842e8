"""Faults of cancellations: which order is meant, and what a cancellation changes."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import and_, func, select, true
from starlette.responses import Response

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import Document, UnreadableError
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.accounts import OWN_API_CODE
from conformance.sandbox.imaterialise.faults._calls import CANCELS, CannotRead, KnowsTheCall, Sometimes, asks
from conformance.sandbox.imaterialise.models import Order, Status
from conformance.sandbox.imaterialise.rules import RefusedError, Rules
from conformance.sandbox.imaterialise.rules.messages import Operation

# Which order


@breaks("OC-030", "OC-116")
class CannotReadJsonAboutCancellations(CannotRead):
    """Refuses every JSON body about a cancellation with 501."""

    format, operation = "json", CANCELS


@breaks("OC-030", "OC-503")
class LosesJsonBodies(Rules):
    """Finds no number in a JSON body."""

    def order_number(self, call: Call) -> str:
        number = super().order_number(call)
        if self.body_format(call) == "json":
            raise RefusedError(503)
        return number


@breaks("OC-031")
class CannotReadXmlAboutCancellations(CannotRead):
    """Refuses every XML body about a cancellation with 501."""

    format, operation = "xml", CANCELS


@breaks("OC-031")
class TakesNoXml(KnowsTheCall):
    """Answers 415 to an XML body about a cancellation."""

    def respond(self, operation: Operation, document: Document, code: int | None, media_type: str) -> Response:
        if operation is CANCELS and self.body_format(self.call) == "xml":
            return Response("Unsupported Media Type", 415)
        return super().respond(operation, document, code, media_type)


@breaks("OC-116", "OC-030", "OC-031")
class WantsNumber(Rules):
    """Looks for the number in number instead of orderNumber."""

    def is_member(self, sent: str, documented: str) -> bool:
        return super().is_member(sent, "number" if documented == "orderNumber" else documented)


@breaks("OC-505", shows="OC-052")
class MatchesTheStartOfTheNumber(Rules):
    """Takes a number that ends in a letter for the first order whose number begins like it."""

    def cancels(self, number: str, account: str) -> Any:
        if number[-1:].isdigit():
            return super().cancels(number, account)
        alike = select(func.min(Order.number)).where(Order.number.startswith(number[:-1]), Order.account == account)
        return Order.number == alike.scalar_subquery()


@breaks("OC-505", "OC-043")
class SaysYesToUnknownNumbers(Rules):
    """Answers isCanceled true to a number that nobody has."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        return super().cancellation_document(order, None if code == 505 else code)


@breaks("OC-505")
class SaysMissingForUnknown(Rules):
    """Refuses an unknown number with 503."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        return super().cancellation_document(order, 503 if code == 505 else code)


@breaks("OC-503")
class SaysUnknownForMissing(Rules):
    """Refuses a body without orderNumber with 505."""

    def order_number(self, call: Call) -> str:
        try:
            return super().order_number(call)
        except RefusedError as error:
            raise RefusedError(505 if error.code == 503 else error.code) from None


@breaks("OC-501")
class ReadsBrokenBodiesAsEmpty(Rules):
    """Refuses a body that cannot be parsed with 503, as if its number were missing."""

    def read(self, call: Call) -> dict[str, object]:
        try:
            return super().read(call)
        except UnreadableError:
            if asks(call, CANCELS):
                return {}
            raise


# What that changes


@breaks("OC-046")
class OnlySaysItCancels(Rules):
    """Answers isCanceled true and changes nothing."""

    def effect(self, order: Order) -> dict[str, Any]:
        return {"status": order.status}


@breaks("OC-046")
class InvalidatesInstead(Rules):
    """Shows an order as invalid after it was cancelled."""

    def effect(self, order: Order) -> dict[str, Any]:
        return {**super().effect(order), "status": Status.DRAFT}


@breaks("OC-046")
class OnlyHoldsTheOrder(Rules):
    """Puts an order on hold and answers isCanceled true."""

    def effect(self, order: Order) -> dict[str, Any]:
        return {"on_hold": True}


@breaks("OC-046", "OC-048")
class SometimesForgetsToCancel(Sometimes):
    """Answers isCanceled true and changes nothing one time in four."""

    def effect(self, order: Order) -> dict[str, Any]:
        return {"status": order.status} if self.is_turn() else super().effect(order)


@breaks("OC-046")
class ListsWhatWas(KnowsTheCall):
    """Lists every order as it was when it was first shown."""

    def order_document(self, order: Order, language: str) -> Document:
        document = super().order_document(order, language)
        seen: dict[str, Document] = vars(self).setdefault("seen", {})
        before = seen.setdefault(order.id, document)
        return before if self.asked("dateFrom") else document


@breaks("OC-048")
class CancelsTwice(Rules):
    """Lets two cancellations of one order at the same time both succeed."""

    def objection(self, order: Order) -> int | None:
        code = super().objection(order)
        return None if code == 507 else code

    def may_change(self, order: Order) -> Any:
        return and_(true())


@breaks("OC-048")
class RefusesTheLaterWith508(Rules):
    """Refuses the later of two cancellations at the same time with 508."""

    def cancel(self, session: Any, order: Order) -> bool:
        done = super().cancel(session, order)
        if not done:
            vars(self).setdefault("beaten", set()).add(order.id)
        return done

    def objection(self, order: Order) -> int | None:
        code = super().objection(order)
        if code is None:
            time.sleep(0.05)  # between looking and acting there is time for the other one
        return 508 if code == 507 and order.id in vars(self).get("beaten", ()) else code


@breaks("OC-049")
class HoldsWhatItRefuses(Rules):
    """Puts a shipped order on hold when it refuses to cancel it."""

    def objection(self, order: Order) -> int | None:
        return None if order.status == Status.SHIPPED else super().objection(order)

    def effect(self, order: Order) -> dict[str, Any]:
        return {"on_hold": True} if order.status == Status.SHIPPED else super().effect(order)

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        refused = order and order.status == Status.SHIPPED
        return super().cancellation_document(order, 508 if refused else code)


@breaks("OC-049")
class CancelsWhatItRefuses(HoldsWhatItRefuses):
    """Refuses a shipped order with 508 and cancels it all the same."""

    def effect(self, order: Order) -> dict[str, Any]:
        return {"status": Status.CANCELLED}


@breaks("OC-049")
class CancelsForStrangers(KnowsTheCall):
    """Answers 401 to a cancellation without an apiCode and cancels the order all the same."""

    def account(self, api_code: str | None) -> str | None:
        return super().account(OWN_API_CODE if asks(self.call, CANCELS) else api_code)

    def respond(self, operation: Operation, document: Document, code: int | None, media_type: str) -> Response:
        stranger = super().account(self.api_code(self.call)) is None
        if operation is CANCELS and stranger:
            return self.refusal(401, operation, media_type)
        return super().respond(operation, document, code, media_type)
