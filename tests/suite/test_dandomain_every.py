"""What every answer of a shop is held to, whoever asked: a new order to what was sent, a list to its interval."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from conformance.checks import Answer, Broken
from conformance.suite.context import Context
from conformance.suite.dandomain.created import as_ordered
from conformance.suite.dandomain.every import interval_checks
from conformance.suite.dandomain.own import OwnOrders
from tests.checks.answers import ID, answer_of

SENT = {
    "customerId": 4, "currencyCode": "DKK", "siteId": 26, "paymentId": 10, "shippingId": 20,
    "orderLines": [{"productId": "P1", "quantity": 1}],
}  # fmt: skip
SHOWN: dict[str, Any] = {
    "id": 7, "customerInfo": {"id": 4}, "currencyCode": "DKK", "siteId": 26, "paymentInfo": {"id": 10},
    "shippingInfo": {"id": 20}, "orderLines": [{"id": 1, "productId": "P1", "quantity": 1}],
    "deliveryInfo": {"city": "Randers"}, "orderState": None, "incomplete": True,
}  # fmt: skip
JUNE_2 = 1_717_322_400_000
"""Noon in the shop's zone, in milliseconds."""
DAY = 86_400_000


def own() -> OwnOrders:
    context = SimpleNamespace(
        recorder=SimpleNamespace(reserved=0), random=random.Random, clock=datetime(2026, 11, 22, tzinfo=UTC),
        data=SimpleNamespace(made=[]),
    )  # fmt: skip
    orders = OwnOrders(cast(Context, context))
    orders.template = SENT
    return orders


def asked(operation: str, value: object, *, url: str = "", body: object = None, id_: str = ID) -> Answer:
    answer = answer_of(f"dandomain/orders {operation}", value)
    sent = json.dumps(body).encode() if body else b""
    address = url or answer.exchange.request.url
    request = replace(answer.exchange.request, method=answer.operation.method, body=sent, url=address)
    return replace(answer, exchange=replace(answer.exchange, request=request, id=id_))


def created(orders: OwnOrders, shown: object, sent: object, id_: str = ID) -> list[Broken]:
    answer = asked("CreateOrder", shown, body=sent, id_=id_)
    orders.seen(answer)
    return [outcome for outcome in as_ordered(orders)(answer) if isinstance(outcome, Broken)]


def test_a_new_order_that_is_what_was_sent_is_blamed_for_nothing() -> None:
    assert created(own(), SHOWN, {**SENT, "altDeliveryInfo": {"city": "Randers"}}) == []


@pytest.mark.parametrize(
    ("changed", "requirement"),
    [
        ({"orderLines": []}, "DD-163"),
        ({"orderLines": [{"id": 1, "productId": "P2", "quantity": 1}]}, "DD-164"),
        ({"currencyCode": "EUR"}, "DD-165"),
        ({"siteId": 27}, "DD-166"),
        ({"customerInfo": {"id": 5}}, "DD-167"),
        ({"paymentInfo": {"id": 11}}, "DD-168"),
        ({"shippingInfo": {"id": 21}}, "DD-169"),
        ({"deliveryInfo": {"city": "Aarhus"}}, "DD-170"),
        ({"orderState": {"id": 3}}, "DD-173"),
        ({"incomplete": False}, "DD-174"),
    ],
)
def test_a_new_order_that_is_another_is_told_at_once(changed: dict[str, Any], requirement: str) -> None:
    found = created(own(), {**SHOWN, **changed}, {**SENT, "altDeliveryInfo": {"city": "Randers"}})
    assert [(broken.requirement, broken.exchanges) for broken in found] == [(requirement, (ID,))]


def test_what_is_not_known_to_be_valid_predicts_nothing() -> None:
    assert created(own(), {**SHOWN, "siteId": 27}, {**SENT, "siteId": "27"}) == []


def test_a_number_only_says_enough_of_a_new_order() -> None:
    assert created(own(), {"id": 7}, SENT) == []


def test_the_number_of_an_order_that_is_still_there_is_no_number_of_its_own() -> None:
    orders = own()
    assert created(orders, SHOWN, SENT, "x1") == []
    assert created(orders, {"id": 7}, SENT, "x2") == [
        Broken("DD-161", "$.id", "a number that no other order has", "7 again", ("x1", "x2"))
    ]


def test_the_number_of_an_order_that_is_gone_may_be_given_again() -> None:
    orders = own()
    created(orders, SHOWN, SENT, "x1")
    orders.removed("7")
    assert created(orders, SHOWN, SENT, "x2") == []


def listed(query: str, *moments: int) -> list[Broken]:
    rows = [{"id": place, "createdDate": f"/Date({moment}+0200)/"} for place, moment in enumerate(moments, 1)]
    answer = asked("GetOrders", rows, url=f"http://shop.example/GetByDateInterval?{query}")
    return list(cast(Sequence[Broken], list(interval_checks(answer))))


@pytest.mark.parametrize(
    ("query", "moment", "told"),
    [
        ("start=2024-06-01&end=2024-06-03", JUNE_2 - 3 * DAY, "2024-05-30T10:00:00+00:00"),
        ("start=2024-06-01&end=2024-06-03", JUNE_2 + 3 * DAY, "2024-06-05T10:00:00+00:00"),
        ("start=2024-06-02T13%3A00%3A00&end=2024-06-03T00%3A00%3A00", JUNE_2 - DAY // 2, "2024-06-01T22:00:00+00:00"),
    ],
)
def test_a_list_shows_no_order_from_outside_its_interval(query: str, moment: int, told: str) -> None:
    found = listed(query, JUNE_2 + DAY // 6, moment)
    assert [(broken.requirement, broken.where, broken.actual) for broken in found] == [("DD-212", "$[1].createdDate", told)]


@pytest.mark.parametrize(
    ("query", "moment"),
    [
        ("start=2024-06-01&end=2024-06-03", JUNE_2),
        ("start=2024-06-01&end=2024-06-02", JUNE_2 + DAY // 3),
        ("start=2024-06-03&end=2024-06-01", JUNE_2 + 9 * DAY),
        ("start=01-06-2024&end=03-06-2024", JUNE_2 + 9 * DAY),
        ("start=2024-06-31&end=2024-07-03", JUNE_2 + 90 * DAY),
        ("end=2024-06-03", JUNE_2 + 9 * DAY),
    ],
    ids=["inside", "late-on-the-last-day", "turned-around", "another-form", "no-date", "no-start"],
)
def test_what_the_document_leaves_open_is_blamed_on_nobody(query: str, moment: int) -> None:
    assert listed(query, moment) == []
