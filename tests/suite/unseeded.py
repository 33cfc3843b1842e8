"""Rules turned wrong, or odd and legal, in ways that no fault and no personality of the sandbox has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, true
from sqlalchemy.orm import Session
from starlette.responses import Response

from conformance.sandbox import dandomain, imaterialise, macke
from conformance.sandbox.dandomain.models import Order as ShopOrder
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.shop import STATES
from conformance.sandbox.dandomain.writing import Value
from conformance.sandbox.imaterialise.models import Order, Status
from conformance.sandbox.macke.models import Order as MarketOrder
from conformance.sandbox.macke.rules import RefusedError
from conformance.sandbox.macke.rules.listing import Asked
from conformance.sandbox.macke.rules.wire import Document

# i.materialise, turned wrong


class IgnoresTheStatus(imaterialise.Rules):
    """Answers orders of every status."""

    def has_status(self, codes: Collection[int]) -> Any:
        return true()


class RefusesWith507Instead(imaterialise.Rules):
    """Says 507 to orders in production."""

    def objection(self, order: Order) -> int | None:
        code = super().objection(order)
        return 507 if code == 508 and order.status == Status.IN_PRODUCTION else code


class ForgetsTheCurrency(imaterialise.Rules):
    """Leaves a required member out of one order in two."""

    def order_document(self, order: Order, language: str) -> Any:
        document = super().order_document(order, language)
        if order.number[-1] in "02468":
            document.pop("currency")
        return document


class ForgetsTheMessageSometimes(imaterialise.Rules):
    """Shows another text with every seventh error, beginning with the third."""

    def __init__(self) -> None:
        self._errors = 0

    def message(self, operation: Any, code: int) -> str:
        self._errors += code == 106
        return "Something else." if self._errors % 7 == 3 else super().message(operation, code)


# DanDomain, turned wrong


class TakesTheFirstCurrency(dandomain.Rules):
    """Fills in the currency where none is sent."""

    def currency(self, body: Mapping[str, object]) -> str:
        return super().currency(body) if body.get("currencyCode") is not None else "DKK"


class FreezesCompleteOrders(dandomain.Rules):
    """Says that it changes a complete order, and does not."""

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        order = session.get(ShopOrder, order_id)
        return True if order and not order.incomplete else super().change(session, order_id, effect)


class AcceptsAnyState(dandomain.Rules):
    """Ignores a state that does not exist, and says true."""

    def known_state(self, text: str) -> int:
        return super().known_state(text) if text in map(str, STATES) else next(iter(STATES))


class AnswersTrueAsText(dandomain.Rules):
    """Puts booleans into quotes."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        return super().respond(operation, str(value).lower() if isinstance(value, bool) else value, media_type)


# Macke, turned wrong


class ChangesPagesUnderway(macke.Rules):
    """Sorts orders of one page anew each time it is asked."""

    def page_of(self, orders: Select[Any], asked: Asked) -> Select[Any]:
        later = orders.order_by(None).order_by(MarketOrder.company_id)
        return super().page_of(later if asked.page > 1 else orders, asked)


# Odd and legal


class WritesDatesInUtc(dandomain.Rules):
    """Writes dates in JSON with an offset of nought, which is information only."""

    def json_date(self, instant: datetime) -> str:
        return super().json_date(instant).replace("+0100", "+0000").replace("+0200", "+0000")


class OtherErrors(macke.Rules):
    """Refuses in a form of its own, with 403 and 404 where others have 401 and 405."""

    def error_document(self, status: int, details: tuple[str, ...]) -> Document:
        return {"errors": [{"detail": " ".join(details)}]}

    def error_status(self, refused: RefusedError) -> int:
        return {401: 403, 405: 404}.get(refused.status, refused.status)
