"""What CreateOrder is to make of a request: the order that GetOrder shows afterwards."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from conformance.checks import Answer, Broken, Kept, Observed, Outcome, Unseen
from conformance.checks.outcome import kept_if
from conformance.contract.tree import wire_text
from conformance.suite.dandomain.every import CREATE
from conformance.suite.dandomain.orders import Order, equal, shown, text_of
from conformance.suite.dandomain.own import OwnOrders

OWN_NUMBER = "DD-161"
LINES, PRODUCTS, CURRENCY, SITE, CUSTOMER = "DD-163", "DD-164", "DD-165", "DD-166", "DD-167"
PAYMENT, SHIPPING, DELIVERY, STATELESS, INCOMPLETE = "DD-168", "DD-169", "DD-170", "DD-173", "DD-174"
OF_REQUEST = (LINES, PRODUCTS, CURRENCY, SITE, CUSTOMER, PAYMENT, SHIPPING, DELIVERY)
"""What an order owes to the request that made it."""
NEW = (STATELESS, INCOMPLETE)
"""What holds of every new order."""
NO_STATE = ("", "0")
"""Ids that no order state has: null, absent and an empty object show as the first, an empty number as the second."""
_COUNTRY = "country"
"""The country's name: shops show it in one language or another. Its id is compared."""


def as_requested(order: Order, body: Mapping[str, Any], evidence: Iterable[str]) -> Iterator[Outcome]:
    """The order is the one that was asked for, in every member that shows.

    The document names no member of an answer: what does not show is not missing.
    """
    seen = tuple(evidence)
    yield from _lines(order, body["orderLines"], seen)
    yield _text(order.says("currencyCode"), body["currencyCode"], CURRENCY, "currencyCode", seen)
    yield _text(text_of(order.raw.get("siteId")), body["siteId"], SITE, "siteId", seen)
    yield _text(order.customer, body["customerId"], CUSTOMER, "customerInfo.id", seen)
    yield _text(text_of(order.part("paymentInfo").get("id")), body["paymentId"], PAYMENT, "paymentInfo.id", seen)
    yield _text(text_of(order.part("shippingInfo").get("id")), body["shippingId"], SHIPPING, "shippingInfo.id", seen)
    yield _delivery(order, body.get("altDeliveryInfo") or {}, seen)


def as_ordered(own: OwnOrders) -> Callable[[Answer], Iterator[Outcome]]:
    """The check on every new order: it has a number of its own, and is what was sent where that is known to be valid."""

    def judged(answer: Answer) -> Iterator[Outcome]:
        found = shown(answer) if answer.operation.id == CREATE else []
        if not found:
            return
        if first := own.again.get(answer.id):
            yield Broken(OWN_NUMBER, "$.id", "a number that no other order has", f"{found[0].id} again", (first, answer.id))
        sent = _json(answer.exchange.request.body)
        if own.template and _but_delivery(sent) == own.template:
            outcomes = chain(as_requested(found[0], sent, (answer.id,)), as_new(found[0], (answer.id,)))
            yield from (outcome for outcome in outcomes if not isinstance(outcome, Unseen))

    return judged


def _json(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _but_delivery(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "altDeliveryInfo" or not isinstance(value, dict)}


def _lines(order: Order, sent: list[Mapping[str, Any]], seen: tuple[str, ...]) -> Iterator[Outcome]:
    """As many lines, with these quantities and products. In which order they stand is not documented."""
    if not isinstance(order.raw.get("orderLines"), list):
        yield from (Unseen(LINES), Unseen(PRODUCTS))
        return
    quantities = sorted(float(line["quantity"]) for line in sent)
    shown = sorted(quantity for _, quantity in order.lines)
    lines = len(order.raw["orderLines"])
    yield kept_if(lines == len(sent) and shown == quantities, LINES, where="$.orderLines", exchanges=seen,
                  expected=f"{len(sent)} lines with quantities {quantities}",
                  actual=f"{lines} lines with quantities {shown}")  # fmt: skip
    due = Counter((text_of(line["productId"]), float(line["quantity"])) for line in sent)
    if not any(product for product, _ in order.lines):
        yield Unseen(PRODUCTS)
        return
    yield kept_if(Counter(order.lines) == due, PRODUCTS, where="$.orderLines[*].productId", exchanges=seen,
                  expected=_told(due), actual=_told(Counter(order.lines)))  # fmt: skip


def _told(lines: Counter[tuple[str, float]]) -> str:
    return ", ".join(f"{quantity:g} of {product}" for product, quantity in sorted(lines.elements())) or "no lines"


def _text(shown: str, sent: object, requirement: str, member: str, seen: tuple[str, ...]) -> Outcome:
    if not shown:
        return Unseen(requirement)
    return kept_if(shown == text_of(sent), requirement, where=f"$.{member}", expected=text_of(sent), actual=shown,
                   exchanges=seen)  # fmt: skip


def _delivery(order: Order, sent: Mapping[str, Any], seen: tuple[str, ...]) -> Outcome:
    address = order.part("deliveryInfo")
    names = [name for name in sent if name in address and name != _COUNTRY]
    if not names:
        return Unseen(DELIVERY)
    for name in names:
        if text_of(address[name]) != text_of(sent[name]):
            return Broken(DELIVERY, f"$.deliveryInfo.{name}", wire_text(sent[name]), wire_text(address[name]), seen)
    return Kept(DELIVERY, seen)


def as_new(order: Order, evidence: Iterable[str]) -> Iterator[Outcome]:
    """A new order has no state, and is incomplete."""
    seen = tuple(evidence)
    yield kept_if(order.state in NO_STATE, STATELESS, where="$.orderState", expected="no state of a new order",
                  actual=f"state {order.state}", exchanges=seen)  # fmt: skip
    if order.raw.get("incomplete") is None:
        yield Unseen(INCOMPLETE)
        return
    yield kept_if(order.raw["incomplete"] is True, INCOMPLETE, where="$.incomplete", expected="true for a new order",
                  actual=wire_text(order.raw["incomplete"]), exchanges=seen)  # fmt: skip


def without_state(order: Order, evidence: Iterable[str]) -> Observed:
    """In which form an order shows that it has no state."""
    form = "absent" if "orderState" not in order.raw else "null" if order.raw["orderState"] is None else "empty"
    return Observed("DD-176", "dandomain-orders-no-state-form", form, tuple(evidence))


def agree(first: Answer, one: Order, second: Answer, other: Order, requirement: str) -> Kept | Broken:
    """Two answers about the same order agree in every member that both show; the first may know less than the second."""
    seen = (first.id, second.id)
    for name, value in one.raw.items():
        if value is not None and name in other.raw and value != other.raw[name] and not equal(value, other.raw[name]):
            expected = f"{wire_text(value)}, as {first.operation.id} answered"
            return Broken(requirement, f"$.{name}", expected, wire_text(other.raw[name]), seen)
    return Kept(requirement, seen)
