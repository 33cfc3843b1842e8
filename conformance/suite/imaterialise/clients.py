"""Asks the three APIs as an integrator does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from lxml import etree

from conformance.checks import Answer
from conformance.contract import Format
from conformance.suite.atonce import arrived, at_once
from conformance.suite.client import AnswerCheck, Api, Query
from conformance.suite.context import Context
from conformance.suite.imaterialise.cancelling import cancellation_checks, says_no
from conformance.suite.imaterialise.carts import cart_checks
from conformance.suite.imaterialise.every import (
    every_cancellation_answer,
    every_cart_answer,
    every_order_answer,
    number_in,
    recall,
)
from conformance.suite.imaterialise.orders import order_checks
from conformance.suite.recall import QUESTION, Recall

ORDER_STATUS = "imaterialise/order-status"
CART_STATUS = "imaterialise/cart-status"
CANCELLATION = "imaterialise/order-cancellation"
BRUSSELS = "Europe/Brussels"
"""The vendor's own zone: beside UTC, where his "today" can be."""
METHOD = "order-status-operation"
"""Where the operation that works (GET or POST) is kept in the context."""
_CHECKS: Mapping[str, tuple[AnswerCheck, ...]] = {
    ORDER_STATUS: (order_checks, every_order_answer), CART_STATUS: (cart_checks, every_cart_answer),
    CANCELLATION: (cancellation_checks, every_cancellation_answer),
}  # fmt: skip
_RECALL, _CHANGED = "imaterialise-recall", "imaterialise-changed-orders"


def api(context: Context, api_id: str) -> Api:
    """One of the three APIs, with the target's API code."""
    authentication = {"apiCode": context.target.credentials["api_code"]}
    memory = recalled(context)

    def seen(answer: Answer) -> None:
        if answer.operation.changes_state and not says_no(answer):
            said = answer.exchange.request.body.decode("utf-8", "replace").upper()
            context.shared[_CHANGED].append(said)
            memory.forget_all(QUESTION)
            for key in [key for key in memory.last if (number := number_in(key)) and number.upper() in said]:
                memory.forget(key)

    return Api(context, context.contracts[api_id], authentication, _CHECKS.get(api_id, ()), seen=seen, recall=memory)


def recalled(context: Context) -> Recall:
    """What the run was told of orders and carts."""
    if _RECALL not in context.shared:
        # Whole bodies: in which form a number stands in one that is odd, and which a target reads there, nobody says.
        changed: list[str] = context.shared.setdefault(_CHANGED, [])
        made = context.data.made

        def settled(number: str) -> bool:
            mine = any(ids.get("orderNumber") == number for _, ids in made)
            return mine and not any(number.upper() in said for said in changed)

        context.shared[_RECALL] = recall(made, settled)
    found: Recall = context.shared[_RECALL]
    return found


def wire_date(day: date) -> str:
    """A date as the order status API takes it: DD-MM-YYYY."""
    return day.strftime("%d-%m-%Y") if day.year >= 1000 else f"{day.day:02}-{day.month:02}-{day.year:04}"


@dataclass(frozen=True)
class OrderQuery:
    """A question to the order status API. None leaves a parameter out; an empty text sends it empty."""

    ids: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    statuses: tuple[int | str, ...] | None = None
    date_from: date | str | None = None
    date_to: date | str | None = None
    language: str | None = None

    def parameters(self) -> list[tuple[str, str]]:
        """The query string's pairs, in the documented order."""
        pairs = [("id", value) for value in self.ids]
        pairs += [("number", value) for value in self.numbers]
        pairs += [("status", str(value)) for value in self.statuses or ()]
        for name, value in (("dateFrom", self.date_from), ("dateTo", self.date_to), ("languageCode", self.language)):
            if value is not None:
                pairs.append((name, wire_date(value) if isinstance(value, date) else value))
        return pairs


@dataclass
class OrderStatus:
    """Order Status by the method that the target speaks."""

    api: Api

    @property
    def operation(self) -> str:
        """`getOrders` or `postOrders`: what the first contact found to work."""
        found: str = self.api.context.shared.get(METHOD, "getOrders")
        return found

    def ask(self, query: OrderQuery, accept: Format | str | None = Format.JSON, **options: Any) -> Answer:
        """The answer to a question."""
        return self.ask_raw(query.parameters(), accept, **options)

    def ask_raw(self, query: Query, accept: Format | str | None = Format.JSON, **options: Any) -> Answer:
        """The answer to a literal query string."""
        operation = options.pop("operation", self.operation)
        return self.api.ask(operation, query=query, accept=accept, **options)


@dataclass
class Posting:
    """An API whose question is a body, in either format. XML roots are unknown, so several are tried once."""

    api: Api
    operation: str
    roots: tuple[str, ...]
    reading: str

    def ask(self, members: Mapping[str, Any], form: Format = Format.JSON, **options: Any) -> Answer:
        """Posts a question in a format and asks for the answer in the same one (unless told otherwise)."""
        accept = options.pop("accept", form)
        return self.raw(self.body(members, form), self.content_type(form), accept, **options)

    def raw(
        self, body: bytes | None, content_type: str | None, accept: Format | str | None = Format.JSON, **options: Any
    ) -> Answer:
        """Posts a literal body."""
        return self.api.ask(self.operation, accept=accept, body=body, content_type=content_type, **options)

    def at_once(self, members: Mapping[str, Any], form: Format, times: int = 2) -> list[Answer]:
        """The answers to the same question, asked several times at the same moment, as they came."""
        send = partial(
            self.api.send, self.operation, accept=form, body=self.body(members, form), content_type=self.content_type(form)
        )
        return arrived(at_once(self.api, [send] * times))

    def content_type(self, form: Format) -> str:
        """How a body in a format is labelled: as real clients do."""
        return "application/json" if form is Format.JSON else "application/xml"

    def body(self, members: Mapping[str, Any], form: Format, root: str = "") -> bytes:
        """A question as a body."""
        if form is Format.JSON:
            return json.dumps(members, ensure_ascii=False).encode()
        element = etree.Element(root or self.root)
        for name, value in members.items():
            _append(element, name, value)
        return etree.tostring(element, xml_declaration=True, encoding="utf-8")

    @property
    def root(self) -> str:
        """The XML root of requests: the pinned one, the one that was seen to work, or the first candidate."""
        context = self.api.context
        pinned = context.target.readings.get(self.reading)
        return str(pinned or context.shared.get(self.reading) or self.roots[0])

    def candidates(self) -> tuple[str, ...]:
        """The roots that are worth trying: only the pinned one, where the target file pins one."""
        pinned = self.api.context.target.readings.get(self.reading)
        return (pinned,) if pinned else self.roots


def _append(parent: etree._Element, name: str, value: Any) -> None:
    """A member as an element: PascalCase, lists as wrapper and items."""
    element = etree.SubElement(parent, name[0].upper() + name[1:])
    if isinstance(value, Sequence) and not isinstance(value, str):
        item = name[:-1] if name.endswith("s") else name
        for entry in value:
            child = etree.SubElement(element, item[0].upper() + item[1:])
            for inner, content in entry.items():
                _append(child, inner, content)
    elif value is not None:
        element.text = str(value)


def order_status(context: Context) -> OrderStatus:
    """The client of Order Status."""
    return OrderStatus(api(context, ORDER_STATUS))


def cart_status(context: Context) -> Posting:
    """The client of Cart Status."""
    roots = ("CartStatusRequest", "CartStatusesRequest", "CartsRequest", "CartsStatusRequest", "Request")
    return Posting(api(context, CART_STATUS), "postCartStatuses", roots, "cart-status-xml-request-root")


def cancellation(context: Context) -> Posting:
    """The client of Order Cancellation by Number."""
    roots = ("OrderCancellationRequest", "CancelOrderByNumberRequest", "CancelOrderRequest",
             "OrderCancellationByNumberRequest", "Request")  # fmt: skip
    return Posting(api(context, CANCELLATION), "cancelOrderByNumber", roots, "order-cancellation-xml-request-root")
