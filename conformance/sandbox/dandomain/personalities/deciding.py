"""Odd, but legal: what it makes of what the document leaves open, and how much there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import ColumnElement
from starlette.datastructures import QueryParams

from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.models import Line, Order
from conformance.sandbox.dandomain.rules import RefusedError
from conformance.sandbox.dandomain.rules.queries import Condition, Page, Window
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.seed import LAST_NUMBER
from conformance.sandbox.dandomain.shop import STATES, OrderState
from conformance.sandbox.dandomain.writing import Document, Value
from conformance.sandbox.faults import legal, legal_alone

# What it makes of what the document leaves open


@legal
class TakesNumbersOnly(Rules):
    """Reads ids of digits as numbers only, needs an address that is no null, merges lines of one product."""

    def reference(self, value: object, word: str) -> str:
        if isinstance(value, str) and value.isdecimal():
            raise RefusedError(400, word)
        return super().reference(value, word)

    def delivery(self, body: Any, customer: Any) -> Any:
        if "altDeliveryInfo" in body and body["altDeliveryInfo"] is None:
            raise RefusedError(400, "AltDeliveryInfoNotValid")
        return super().delivery(body, customer)

    def lines(self, body: Any, site_id: int, currency: str) -> list[Line]:
        merged: dict[str, Line] = {}
        for line in super().lines(body, site_id, currency):
            first = merged.setdefault(line.product_id, line)
            first.quantity += line.quantity if first is not line else 0
        return list(merged.values())


@legal
class CompletesWithTheDefaultState(Rules):
    """Gives a completed order a state, and does not count the completion as a modification."""

    def effect_of_completion(self, now: datetime) -> Effect:
        return {"incomplete": False, "state_id": next(iter(STATES))}


@legal
class CompletesWithAState(Rules):
    """Completes an order when it is given a state, and completes none twice."""

    def effect_of_state(self, state_id: int, now: datetime) -> Effect:
        return {**super().effect_of_state(state_id, now), "incomplete": False}


@legal
class CountsNoStateAsModification(Rules):
    """Counts neither state nor track number as a modification, and lets modified follow its date."""

    def effect_of_state(self, state_id: int, now: datetime) -> Effect:
        return {"state_id": state_id}

    def effect_of_track_number(self, track_number: str, now: datetime) -> Effect:
        return {"tracking_number": track_number}

    def modified(self, order: Order) -> bool:
        return order.modified is not None


@legal
class ListsModificationsByCreation(Rules):
    """Lists the modified orders by the letter of the document: those created in the interval. It knows no pages."""

    def modified_in(self, window: Window, state_id: int | None) -> list[Condition]:
        return [Order.created.between(*window), Order.modified.is_not(None)]

    def page(self, query: QueryParams) -> Page | None:
        return None


@legal
class ListsTheNewestFirst(Rules):
    """Sorts its lists from the newest order to the oldest, and looks ten years ahead where no end is given."""

    def sequence(self) -> Sequence[ColumnElement[Any]]:
        return (Order.id.desc(),)

    def default_end(self, now: datetime) -> datetime:
        return now + timedelta(days=3650)


@legal
class EndsAtMidnight(Rules):
    """Takes days in UTC, and an end for the first moment of its day, which is excluded; wants one, in order of time."""

    def start(self, text: str | None) -> datetime:
        super().start(text)
        return self.date(text or "")[0]

    def end(self, text: str | None, now: datetime) -> datetime:
        return self.date(text)[0] if text else now

    def created_in(self, window: Window) -> list[Condition]:
        return [Order.created >= window.start, Order.created < window.end]

    def window(self, query: QueryParams, now: datetime) -> Window:
        found = super().window(query, now)
        if not self.parameter(query, "end") or found.start > found.end:
            raise RefusedError(400, "IntervalNotValid")
        return found


@legal
class WantsShortTexts(Rules):
    """Refuses an empty comment or track number, and cuts one of more than 255 characters."""

    def text(self, query: QueryParams, name: str) -> str:
        if found := super().text(query, name):
            return found[:255]
        raise RefusedError(400, "TextMissing")


# How much there is


@legal
class HasManyStates(Rules):
    """Has forty order states."""

    _MORE: ClassVar = {number: OrderState(number, f"Trin {number}") for number in range(100, 135)}

    def states_document(self) -> Value:
        return [self.state_document(state) for state in (*STATES.values(), *self._MORE.values())]

    def known_state(self, text: str) -> int:
        return int(text) if text.isdecimal() and int(text) in self._MORE else super().known_state(text)

    def order_state(self, order: Order) -> Document | None:
        state = self._MORE.get(order.state_id or 0)
        return self.state_document(state) if state else super().order_state(order)


@legal_alone
class HasFewOrders(Rules):
    """Has eight orders besides those that are made from now on, like a new shop."""

    _before = LAST_NUMBER - 8

    def created_in(self, window: Window) -> list[Condition]:
        return [*super().created_in(window), Order.id > self._before]

    def modified_in(self, window: Window, state_id: int | None) -> list[Condition]:
        return [*super().modified_in(window, state_id), Order.id > self._before]

    def bought_by(self, customer_number: str) -> list[Condition]:
        return [*super().bought_by(customer_number), Order.id > self._before]

    def found(self, order: Order | None) -> Order:
        return super().found(order if order and order.id > self._before else None)
