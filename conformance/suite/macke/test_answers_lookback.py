"""Every member of every answer: what the checks on all answers found, and what never showed."""

from __future__ import annotations

from contextlib import suppress

import pytest

from conformance.checks import Judge, Unreadable
from conformance.contract import load
from conformance.suite.context import Context
from conformance.suite.lookback import for_each_requirement_on_answers, look_back
from conformance.suite.macke import orders as order_checks
from conformance.suite.macke.clients import ORDERS, Question, say_again
from conformance.suite.macke.desk import Desk
from conformance.suite.macke.keeper import Keeper
from conformance.target import Unmet
from conformance.wire import Refused

pytestmark = pytest.mark.last
_LOOKED = "macke-looked-back"


@for_each_requirement_on_answers(load(ORDERS), order_checks)
def test_answers_show(keeper: Keeper, desk: Desk, context: Context, judge: Judge, requirement: str) -> None:
    def sample() -> None:
        say_again(context)
        if _LOOKED in context.shared:
            return
        context.shared[_LOOKED] = True
        client = keeper.kept.market
        client.list(Question(size=25))
        for order in keeper.some(3):
            client.get(order.id)
        with suppress(Unmet, Refused, Unreadable):
            order, reference = desk.order(), desk.reference("look back")
            desk.give(order.id, reference)
            client.search(reference)

    look_back(judge, context.contracts[ORDERS], requirement, sample)
