"""Every member of every answer: what the checks on all answers found, and what never showed."""

from __future__ import annotations

import pytest

from conformance.checks import Judge
from conformance.contract import load
from conformance.suite.context import Context
from conformance.suite.imaterialise import cancelling as cancelling_checks
from conformance.suite.imaterialise import carts as cart_checks
from conformance.suite.imaterialise import orders as order_checks
from conformance.suite.imaterialise.bookkeeper import LONG_AGO, Bookkeeper
from conformance.suite.imaterialise.cancelling import request as cancellation_of
from conformance.suite.imaterialise.carts import request as question_about
from conformance.suite.imaterialise.clients import CANCELLATION, CART_STATUS, ORDER_STATUS, OrderQuery, Posting
from conformance.suite.imaterialise.common import any_carts
from conformance.suite.imaterialise.orderdata import OrderData
from conformance.suite.imaterialise.probes import unknown_id
from conformance.suite.lookback import for_each_requirement_on_answers, look_back

pytestmark = pytest.mark.last


@for_each_requirement_on_answers(load(ORDER_STATUS), order_checks)
def test_order_status_answers_show(keeper: Bookkeeper, context: Context, judge: Judge, requirement: str) -> None:
    def sample() -> None:
        for form in context.target.formats:
            keeper.api.ask(OrderQuery(date_from=LONG_AGO), form)
            keeper.api.ask(OrderQuery(ids=(unknown_id(context, "order"),), language="ZZ"), form)

    look_back(judge, context.contracts[ORDER_STATUS], requirement, sample)


@for_each_requirement_on_answers(load(CART_STATUS), cart_checks)
def test_cart_status_answers_show(carts: Posting, context: Context, judge: Judge, requirement: str) -> None:
    def sample() -> None:
        known = any_carts(context)
        for form in context.target.formats:
            carts.ask(question_about(*known, unknown_id(context)), form)
            carts.raw(b"{", "application/json", form)

    look_back(judge, context.contracts[CART_STATUS], requirement, sample)


@for_each_requirement_on_answers(load(CANCELLATION), cancelling_checks)
def test_cancellation_answers_show(
    cancel: Posting, orders: OrderData, context: Context, judge: Judge, requirement: str
) -> None:
    def sample() -> None:
        for form in context.target.formats:
            cancel.ask(cancellation_of(orders.unknown()), form)

    look_back(judge, context.contracts[CANCELLATION], requirement, sample)
