"""The order book predicts: its answers to itself are faultless, and whatever is changed in them is named."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from conformance.checks import Answer, Broken, Kept
from conformance.contract import load
from conformance.suite.imaterialise.book import OrderBook, Window
from conformance.suite.imaterialise.orders import STATUS_NAMES, Order
from conformance.wire import Exchange, Request, Response

CONTRACT = load("imaterialise/order-status")
FIRST = date(2026, 1, 1)
EXAMPLE = json.loads((Path(CONTRACT.folder) / "examples" / "response-orders.json").read_text(encoding="utf-8"))["orders"][0]
NOTHING = {"orders": [], "requestError": {"message": CONTRACT.operations["getOrders"].errors[108].message, "code": 108}}


def order(number: int, day: int, status: int) -> dict[str, Any]:
    return {
        **EXAMPLE,
        "orderID": f"b1165fff-90e8-49b1-8504-{number:012}",
        "orderNumber": f"IMC{number:06}",
        "requestedDate": f"{FIRST + timedelta(days=day)}T12:00:00",
        "statusCode": status,
        "statusName": STATUS_NAMES[status],
    }


def book(orders: list[dict[str, Any]]) -> OrderBook:
    known = [Order(raw, index) for index, raw in enumerate(orders)]
    return OrderBook({one.id: one for one in known}, FIRST, FIRST + timedelta(days=60), ("x1",))


def answer(document: Any) -> Answer:
    body = json.dumps(document).encode()
    response = Response(200, "OK", (("Content-Type", "application/json"),), body)
    exchange = Exchange("x2", "", Request("GET", "http://t/web-api/order", ()), response, "", "", 1.0)
    return Answer(exchange, CONTRACT, CONTRACT.operations["getOrders"], "application/json")


ORDERS = st.lists(st.tuples(st.integers(0, 59), st.integers(0, 7)), max_size=12).map(
    lambda rows: [order(index, day, status) for index, (day, status) in enumerate(rows)]
)
WINDOWS = st.tuples(st.frozensets(st.integers(0, 7)), st.integers(0, 59), st.integers(0, 59)).map(
    lambda row: Window(row[0] or None, FIRST + timedelta(days=min(row[1:])), FIRST + timedelta(days=max(row[1:])), "OS-058")
)


@given(ORDERS, WINDOWS)
def test_the_predicted_answer_is_faultless(orders: list[dict[str, Any]], window: Window) -> None:
    known = book(orders)
    shown = [one.raw for one in known.predicted(window)]
    outcomes = list(known.judge_window(answer({"orders": shown} if shown else NOTHING), window))
    assert outcomes
    assert all(isinstance(outcome, Kept) for outcome in outcomes)


@given(ORDERS.filter(bool), st.data())
def test_an_order_too_few_is_noticed(orders: list[dict[str, Any]], data: st.DataObject) -> None:
    known, window = book(orders), Window(None, FIRST, FIRST + timedelta(days=60), "OS-040")
    shown = [one.raw for one in known.predicted(window)]
    shown.remove(data.draw(st.sampled_from(shown)))
    assert any(isinstance(outcome, Broken) for outcome in known.judge_window(answer({"orders": shown}), window))


@given(ORDERS.filter(bool), st.data())
def test_an_altered_member_breaks_the_requirement_of_that_member(
    orders: list[dict[str, Any]], data: st.DataObject
) -> None:
    known, window = book(orders), Window(None, FIRST, FIRST + timedelta(days=60), "OS-040")
    shown = [dict(one.raw) for one in known.predicted(window)]
    data.draw(st.sampled_from(shown))["totalPrice"] = 0.5
    broken = [o for o in known.judge_window(answer({"orders": shown}), window) if isinstance(o, Broken)]
    assert [outcome.requirement for outcome in broken] == ["OS-130"]


def test_an_order_outside_breaks_the_end_that_it_lies_beyond() -> None:
    orders = [order(1, 0, 2), order(2, 20, 2), order(3, 50, 2)]
    window = Window(None, FIRST + timedelta(days=10), FIRST + timedelta(days=30), "OS-040", "OS-050", "OS-051")
    broken = [o for o in book(orders).judge_window(answer({"orders": orders}), window) if isinstance(o, Broken)]
    assert [outcome.requirement for outcome in broken] == ["OS-050", "OS-051"]


def test_what_the_run_itself_changes_is_not_predicted() -> None:
    orders = [order(1, 0, 2), order(2, 20, 2)]
    known, window = book(orders), Window(None, FIRST, FIRST + timedelta(days=60))
    known.touched.add("IMC000002")
    gone, changed = answer({"orders": orders[:1]}), answer({"orders": [orders[0], {**orders[1], "statusCode": 0}]})
    for seen in (gone, changed):
        assert all(isinstance(outcome, Kept) for outcome in known.judge_window(seen, window))
