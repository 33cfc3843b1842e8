"""What the run may change in a shop: the orders that it made, those lent to it, and nothing else."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest
import requests

from conformance.suite.context import Context
from conformance.suite.dandomain.orders import Order
from conformance.suite.dandomain.own import OwnOrders

BASE = "http://shop.example/admin/webapi/endpoints/v1_0/OrderService/05b4df18-6fb5-4249-9506-f376e3177280"


def own() -> OwnOrders:
    context = SimpleNamespace(
        recorder=SimpleNamespace(reserved=0), random=random.Random, clock=datetime(2026, 11, 22, tzinfo=UTC)
    )
    orders = OwnOrders(cast(Context, context))
    orders.adopt("7")
    orders.lent["55"] = Order({"id": 55})
    orders.adopt("9")
    orders.removed("9")
    return orders


def allowed(method: str, path: str) -> bool:
    return own().why_not(requests.Request(method, BASE + path).prepare()) == ""


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", ""),
        ("PUT", "/CompleteOrder/7"),
        ("PUT", "/SetOrderState/7/3"),
        ("PUT", "/SetOrderComment/7?comment=order+8"),
        ("DELETE", "/7"),
        ("PUT", "/SetTrackNumber/55?tracknumber=1"),
        ("DELETE", "/9"),
        ("DELETE", "/none"),
        ("PUT", "/CompleteOrder/"),
        ("PUT", "/completeorder/7"),
        ("DELETE", "/%207"),
        ("DELETE", "/7.0"),
        ("DELETE", "/-7"),
        ("DELETE", "/7abc"),
        ("DELETE", f"/{7 + 2**64}"),
    ],
)
def test_its_own_orders_and_names_that_no_order_has_may_be_changed(method: str, path: str) -> None:
    assert allowed(method, path)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/8"),
        ("PUT", "/CompleteOrder/70"),
        ("PUT", "/SetOrderState/3/7"),
        ("PUT", "/SetOrderComment/%38?comment=7"),
        ("DELETE", "/%208"),
        ("DELETE", "/7.8"),
        ("DELETE", "/-8"),
        ("DELETE", "/8abc"),
        ("DELETE", f"/{8 + 2**64}"),
        ("POST", "/8"),
        ("PATCH", "/8"),
    ],
)
def test_nothing_else_may(method: str, path: str) -> None:
    assert not allowed(method, path)


def test_why_not_names_the_order_and_no_key() -> None:
    told = own().why_not(requests.Request("DELETE", BASE + "/8").prepare())
    assert told == "DELETE would change order 8, which this run did not make"


def test_requests_for_removing_are_kept_back_while_an_order_lives() -> None:
    orders = own()
    assert orders.context.recorder.reserved == 1
    orders.adopt("7")
    orders.adopt("10")
    assert orders.context.recorder.reserved == 2
    orders.removed("10")
    orders.removed("10")
    assert orders.context.recorder.reserved == 1


def test_an_order_once_gone_is_not_adopted_again() -> None:
    orders = own()
    orders.adopt("9")
    assert list(orders.live) == ["7"]


def test_a_number_that_is_given_again_is_the_runs_own_again() -> None:
    orders = own()
    orders.given("9")
    assert ("9" in orders.live, "9" in orders.gone) == (True, False)
