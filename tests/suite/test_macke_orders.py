"""Macke's orders are read tolerantly: what means the same is equal, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.checks import Answer, Broken, Kept
from conformance.contract import load
from conformance.suite.macke.orders import Order, equal, integer_of, number_of, order_checks, orders_in
from conformance.wire import Exchange, Request, Response

CONTRACT = load("macke/orders")


def answer(operation: str, document: Any, url: str = "http://t/orders") -> Answer:
    response = Response(200, "OK", (("Content-Type", "application/json"),), json.dumps(document).encode())
    exchange = Exchange("x1", "", Request("GET", url, ()), response, "", "2026-01-01T00:00:00.000+00:00", 1.0)
    return Answer(exchange, CONTRACT, CONTRACT.operations[operation], "application/json")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (98, "98"), (972, "972.00"), ("972.5", "972.50"), (None, ""), ([], {}), ([], None), (0.1, "0.10"),
        ({"1": {"amount": "2"}}, {"1": {"amount": 2}}), (["1"], [1]), ("Käse", "Käse"),
    ],
)  # fmt: skip
def test_values_that_mean_the_same_are_equal(left: Any, right: Any) -> None:
    assert equal(left, right)
    assert equal(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (98, "99"), ("01067", "1067"), (0, None), (True, 1), ("Y", "N"), ({"1": 1}, {"1": 1, "2": 2}), ([1], [1, 1]),
        ("12,50", 12.5), ("0177", "177"), (False, None),
    ],
)  # fmt: skip
def test_values_that_do_not_are_not(left: Any, right: Any) -> None:
    assert not equal(left, right)
    assert not equal(right, left)


@given(st.integers(0, 10**12))
def test_an_integer_is_read_in_both_forms(value: int) -> None:
    assert integer_of(value) == integer_of(str(value)) == value


@pytest.mark.parametrize("value", [True, None, "", "-", "1e3", "12,50", "1.5.2", float("nan"), [], "٣"])
def test_what_is_no_number_is_none(value: object) -> None:
    assert number_of(value) is None


def test_orders_are_found_bare_and_under_their_name() -> None:
    row = {"order_id": "1"}
    assert orders_in([row]) == orders_in({"orders": [row], "params": []}) == [row]
    assert orders_in({"orders": {"1": row}}) is None
    assert orders_in("orders") is None


@pytest.mark.parametrize(
    ("operation", "url", "document", "requirement"),
    [
        ("listOrders", "http://t/orders", {"orders": [{"order_id": "1"}, {"order_id": 1}]}, "MK-033"),
        ("searchOrders", "http://t/orders/search", [{"order_id": 1}, {"order_id": 1}], "MK-387"),
        ("getOrder", "http://t/orders/2", {"order_id": "1", "status": "P"}, "MK-121"),
        ("listOrders", "http://t/orders", [{"order_id": 1, "timestamp": "1767225600000"}], "MK-266"),
    ],
)
def test_the_checks_on_every_answer_name_what_is_broken(
    operation: str, url: str, document: Any, requirement: str
) -> None:
    outcomes = order_checks(answer(operation, document, url))
    assert [outcome.requirement for outcome in outcomes if isinstance(outcome, Broken)] == [requirement]


def test_a_good_answer_breaks_nothing() -> None:
    document = {"orders": [{"order_id": "2", "timestamp": "1767225600"}, {"order_id": "1", "timestamp": 1767225600}]}
    outcomes = list(order_checks(answer("listOrders", document)))
    assert outcomes
    assert all(isinstance(outcome, Kept) for outcome in outcomes)


def test_an_address_that_is_a_credential_is_unknown() -> None:
    assert Order({"email": "[redacted:email]"}).email is None
