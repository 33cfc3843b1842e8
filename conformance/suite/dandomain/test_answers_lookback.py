"""Every member of every answer: what the checks on all answers found, and what never showed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conformance.checks import Judge
from conformance.contract import load
from conformance.suite.context import Context
from conformance.suite.dandomain import orders as order_checks
from conformance.suite.dandomain.book import Bookkeeper
from conformance.suite.dandomain.clients import ORDERS
from conformance.suite.dandomain.shopdata import ShopData
from conformance.suite.lookback import for_each_requirement_on_answers, look_back

pytestmark = pytest.mark.last


@for_each_requirement_on_answers(load(ORDERS), order_checks)
def test_answers_show(keeper: Bookkeeper, data: ShopData, context: Context, judge: Judge, requirement: str) -> None:
    def sample() -> None:
        keeper.shop.created(keeper.tomorrow - timedelta(days=366), keeper.tomorrow)
        keeper.shop.states()
        if not context.recorder.read_only:
            keeper.shop.get(data.spare().id)

    look_back(judge, context.contracts[ORDERS], requirement, sample)
