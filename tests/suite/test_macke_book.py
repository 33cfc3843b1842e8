"""Macke's order book predicts: its answers to itself are faultless, and whatever is changed in them is named."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from conformance.checks import Answer, Broken
from conformance.contract import load
from conformance.suite.macke.book import Blame, EmailReading, OrderBook
from conformance.suite.macke.clients import Question
from conformance.suite.macke.orders import Order
from conformance.wire import Exchange, Request, Response

CONTRACT = load("macke/orders")
EMAIL = EmailReading(partial=True)
BLAME = Blame("stray", "missing", "order", "number")
EMAILS = ("anna@example.com", "joanna@example.com", "Max@Example.org")


def order(number: int, second: int, letter: str, user: int) -> dict[str, Any]:
    return {
        "order_id": str(number), "timestamp": str(1_700_000_000 + second), "status": letter, "user_id": str(user),
        "email": EMAILS[user], "invoice_id": str(number) if number % 3 else None,
    }  # fmt: skip


def book(rows: list[dict[str, Any]], *, whole: bool = True) -> OrderBook:
    orders = sorted((Order(row) for row in rows), key=lambda one: one.timestamp or 0, reverse=True)
    return OrderBook(tuple(orders), whole, ("x1",))


def answer(rows: list[Any], status: int = 200) -> Answer:
    body = json.dumps({"orders": rows}).encode()
    response = Response(status, "", (("Content-Type", "application/json"),), body)
    exchange = Exchange("x2", "", Request("GET", "http://t/orders", ()), response, "", "", 1.0)
    return Answer(exchange, CONTRACT, CONTRACT.operations["listOrders"], "application/json")


def broken(known: OrderBook, rows: list[Any], question: Question) -> list[str]:
    outcomes = known.judge_page(answer(rows), question, BLAME, EMAIL)
    return [outcome.requirement for outcome in outcomes if isinstance(outcome, Broken)]


ROWS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from("PCO"), st.integers(0, 2)), max_size=14).map(
    lambda rows: [order(index + 1, *row) for index, row in enumerate(rows)]
)
QUESTIONS = st.builds(
    Question,
    status=st.sampled_from([None, "P", "X"]),
    user=st.sampled_from([None, 1]),
    email=st.sampled_from([None, "anna@example.com", "MAX@EXAMPLE.ORG"]),
    sort_order=st.sampled_from([None, "asc", "desc"]),
    page=st.sampled_from([None, 1, 2, 3]),
    size=st.sampled_from([None, 1, 3, 5]),
)


@given(ROWS, QUESTIONS)
def test_the_predicted_page_is_faultless(rows: list[dict[str, Any]], question: Question) -> None:
    known = book(rows)
    due = known.predicted(question, EMAIL)
    assert due is not None
    assert broken(known, [one.raw for one in due], question) == []


@given(ROWS, QUESTIONS, st.data())
def test_an_order_that_does_not_fit_is_named(rows: list[dict[str, Any]], question: Question, data: st.DataObject) -> None:
    known = book(rows)
    strangers = [one for one in known.orders if not known.fits(one, question, EMAIL)] or [Order(order(99, 1, "P", 0))]
    due = known.predicted(question, EMAIL) or []
    stranger = data.draw(st.sampled_from(strangers))
    assert broken(known, [*(one.raw for one in due), stranger.raw], question) == ["stray"]


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(ROWS, QUESTIONS)
def test_an_order_that_is_missing_is_named(rows: list[dict[str, Any]], question: Question) -> None:
    known = book(rows)
    due = known.predicted(question, EMAIL) or []
    assume(due)
    expected = ["number"] if question.filters == 0 and len(due) > 1 else ["missing"]
    assert broken(known, [one.raw for one in due[1:]], question) == expected


@given(st.integers(2, 12), st.sampled_from(["asc", "desc"]))
def test_a_page_the_other_way_round_is_named(count: int, direction: str) -> None:
    known = book([order(number, number, "P", 0) for number in range(1, count + 1)])
    question = Question(sort_order=direction)
    due = known.predicted(question, EMAIL) or []
    assert broken(known, [one.raw for one in reversed(due)], question) == ["order"]


@given(ROWS, st.permutations([0, 1]))
def test_orders_of_one_second_may_change_places(rows: list[dict[str, Any]], order_of_ties: list[int]) -> None:
    known = book([{**row, "timestamp": "1700000000"} for row in rows])
    shown = [one.raw for one in (known.orders if order_of_ties[0] else reversed(known.orders))]
    assert broken(known, shown[:10], Question()) == []


@given(ROWS, QUESTIONS)
def test_a_book_of_the_newest_orders_predicts_only_what_follows(rows: list[dict[str, Any]], question: Question) -> None:
    everything, newest = book(rows), book([dict(one.raw) for one in book(rows).orders][:8], whole=len(rows) <= 8)
    due = newest.predicted(question, EMAIL)
    whole = everything.predicted(question, EMAIL) or []
    if due is not None:
        assert [one.timestamp for one in due] == [one.timestamp for one in whole]


def test_the_wrong_default_is_named() -> None:
    rows = [order(number, number, "P", 0) for number in range(1, 31)]
    known, newest = book(rows), rows[::-1]

    def blamed(shown: list[dict[str, Any]]) -> list[str]:
        return [outcome.requirement for outcome in known.judge_default(answer(shown)) if isinstance(outcome, Broken)]

    assert blamed(newest[:10]) == []
    assert blamed(newest[:20]) == ["MK-042"]
    assert blamed(newest[10:20]) == ["MK-040"]
    assert blamed(rows[:10]) == ["MK-056"]
    assert blamed(newest[5:10] + newest[:5]) == ["MK-055"]
    assert blamed(newest[8:14] + newest[:4]) == ["MK-055"]


def test_a_page_that_is_refused_is_missing_and_a_404_is_empty() -> None:
    known = book([order(1, 1, "P", 0)])
    refused = [one for one in known.judge_page(answer([], 400), Question(), BLAME) if isinstance(one, Broken)]
    assert [one.requirement for one in refused] == ["missing"]
    beyond = known.judge_page(answer([], 404), Question(page=5), BLAME)
    assert not any(isinstance(one, Broken) for one in beyond)


def test_a_list_that_is_not_found_breaks_the_answering_of_lists_where_there_are_orders() -> None:
    known, not_found = book([order(1, 1, "P", 1)]), answer([], 404)
    asked = [Question(), Question(page=2), Question(status="C")]
    found = [list(known.judge_page(not_found, question, BLAME, EMAIL)) for question in asked]
    named = [[one.requirement for one in outcomes if isinstance(one, Broken)] for outcomes in found]
    assert named == [["MK-001"], [], []]
