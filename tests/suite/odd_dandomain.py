"""Legal oddities of a shop: rules that keep the contract in another way than the sandbox does. None may be blamed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from starlette.datastructures import QueryParams
from starlette.responses import Response

from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError
from conformance.sandbox.dandomain.rules.queries import Condition, Window
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.shop import STATES
from conformance.sandbox.dandomain.writing import Document, Value


class AnswersTheNumberOnly(Rules):
    """Says no more of a new order than its number."""

    def created_document(self, order: Order) -> Value:
        return {"id": self.number(order)}

    def http_status(self, operation: Operation) -> int:
        return 201 if operation is Operation.CREATE else 200


class LeavesNullsOut(Rules):
    """Shows no member that has no value, and no delivery address."""

    def order_document(self, order: Order) -> Document:
        document = super().order_document(order)
        return {name: value for name, value in document.items() if value is not None and name != "deliveryInfo"}


class ShowsAnEmptyState(Rules):
    """Shows an order without a state with an empty one."""

    def order_state(self, order: Order) -> Document | None:
        return super().order_state(order) or {"exclStatistics": None, "id": 0, "isDefault": None, "name": ""}


class RefusesWithSuccess(Rules):
    """Refuses with HTTP 200 and an error that is no result."""

    def refusal_status(self, refused: RefusedError) -> int:
        return 200

    def refusal_document(self, refused: RefusedError) -> Value:
        return {"error": refused.word}


class RefusesInHtml(Rules):
    """Refuses with a page and the same status for everything."""

    def refusal(self, refused: RefusedError, media_type: str) -> Response:
        return Response("<!DOCTYPE html><title>Request Error</title>", 400, {"Content-Type": "text/html"})


class SaysFalseForUnknownOrders(Rules):
    """Answers false where the document is silent."""

    def updated(self, found: bool) -> bool:
        return found


class CompletesWithTheDefaultState(Rules):
    """Gives a completed order a state."""

    def effect_of_completion(self, now: datetime) -> Effect:
        return {**super().effect_of_completion(now), "state_id": next(iter(STATES))}


class CompletesWithAState(Rules):
    """Completes an order when it is given a state."""

    def effect_of_state(self, state_id: int, now: datetime) -> Effect:
        return {**super().effect_of_state(state_id, now), "incomplete": False}


class SpeaksJsonOnly(Rules):
    """Answers JSON whatever is asked for, and names it text/json."""

    def offered_media_types(self) -> tuple[str, ...]:
        return ("text/json",)

    def default_media_type(self) -> str:
        return "text/json"

    def json_date(self, instant: datetime) -> str:
        return super().json_date(instant).replace("+0100", "+0000").replace("+0200", "+0000")


class RefusesEmptyTexts(Rules):
    """Wants a text."""

    def text(self, query: QueryParams, name: str) -> str:
        if found := super().text(query, name):
            return found
        raise RefusedError(400, "TextMissing")


class ListsInAnyOrder(Rules):
    """Sorts its lists by nothing in particular, newest first."""

    def sequence(self) -> Sequence[ColumnElement[Any]]:
        return (Order.id.desc(),)

    def default_end(self, now: datetime) -> datetime:
        return now + timedelta(days=3650)


class CountsCreationAndModification(Rules):
    """Lists modified orders by the letter of the document."""

    def modified_in(self, window: Window, state_id: int | None) -> list[Condition]:
        return [Order.created.between(*window), Order.modified.is_not(None)]


class RefusesEndlessIntervals(Rules):
    """Wants an end, in its order of time."""

    def window(self, query: QueryParams, now: datetime) -> Window:
        found = super().window(query, now)
        if not self.parameter(query, "end") or found.start > found.end:
            raise RefusedError(400, "IntervalNotValid")
        return found


class AddsMembers(Rules):
    """Shows more than anybody knows of."""

    def order_document(self, order: Order) -> Document:
        return {**super().order_document(order), "zzLoyaltyPoints": json.dumps([order.id])}
