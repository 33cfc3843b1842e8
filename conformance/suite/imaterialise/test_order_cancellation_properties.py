"""Order Cancellation and Order Status: any sequence of cancellations and looks agrees with a model of the order's life."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from conformance.checks import Judge, Kept, NotTestable, Outcome, verifies
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.imaterialise.cancelling import (
    ALREADY,
    INVALID_ORDER,
    STARTED,
    UNKNOWN,
    cancelled,
    refused,
    request,
    shown_as_cancelled,
    unchanged,
)
from conformance.suite.imaterialise.clients import OrderStatus, Posting
from conformance.suite.imaterialise.common import offered
from conformance.suite.imaterialise.orderdata import OrderData
from conformance.suite.imaterialise.orders import Order
from conformance.suite.properties import run_machine
from conformance.target import Unmet

CANCELLABLE = {"order.consumable_ordered": "OC-040", "order.consumable_processing": "OC-041"}
REFUSED = {
    "order.invalid": (INVALID_ORDER, "OC-506"),
    "order.in_production": (STARTED, "OC-508"),
    "order.ready_to_ship": (STARTED, "OC-061"),
    "order.shipped": (STARTED, "OC-062"),
    "order.delivered": (STARTED, "OC-063"),
    "order.cancelled": (ALREADY, "OC-507"),
}
NOT_CANCELLED = 0


@dataclass
class Life:
    """What the model knows of one order."""

    number: str
    code: int
    """The code that refuses its next cancellation; `NOT_CANCELLED` while it can be cancelled."""
    requirement: str
    shown: Order | None


def lives(orders: OrderData) -> list[Callable[[], Life]]:
    """How to come by an order of each kind that the target lends.

    Raises:
        NotTestable: it lends none.
    """
    found: list[Callable[[], Life]] = []
    for need, requirement in CANCELLABLE.items():
        if orders.plenty():
            found.append(lambda need=need, requirement=requirement: _fresh(orders, need, requirement))  # type: ignore[misc]
    for need, (code, requirement) in REFUSED.items():
        try:
            number = orders.in_state(need)
        except Unmet:
            continue
        found.append(lambda number=number, code=code, requirement=requirement: Life(  # type: ignore[misc]
            number, code, requirement, orders.look(number)))  # fmt: skip
    if not orders.can_look:
        raise NotTestable('needs Order Status at the same target; add to the target file: apis = ["order-status", …]')
    if not found:
        raise NotTestable("needs orders to cancel; add to the target file: [data.orders] consumable = [\"…\"]")
    return found


def _fresh(orders: OrderData, need: str, requirement: str) -> Life:
    number = orders.take(need)
    return Life(number, NOT_CANCELLED, requirement, orders.look(number))


def machine(cancel: Posting, orders: OrderData, status: OrderStatus, context: Context, judge: Judge) -> Any:
    """The state machine over the orders that the target lends; its model is checked after every step.

    Fresh orders can be had again and again only from a states endpoint: there a broken sequence is shrunk to the shortest
    one. Elsewhere the first one counts, and a sequence goes on without the orders that are used up.
    """
    kinds, forms = lives(orders), offered(context)
    schema = status.api.contract.operations[status.operation].answer.schema
    renewable = bool(context.target.states_url)

    class Cancelling(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.lives: list[Life] = []
            self.over = False

        def says(self, *outcomes: Iterable[Outcome] | Outcome) -> None:
            if renewable:
                with judge.example():
                    judge(*outcomes)
            elif not judge(*outcomes):
                self.over = True

        @initialize(kind=st.sampled_from(range(len(kinds))))
        def begin(self, kind: int) -> None:
            with suppress(Unmet):
                self.lives.append(kinds[kind]())

        @rule(kind=st.sampled_from(range(len(kinds))))
        def another_order(self, kind: int) -> None:
            if len(self.lives) < 3 and not self.over:
                self.begin(kind)

        @rule(place=st.integers(0, 2), form=forms)
        def cancel(self, place: int, form: Format) -> None:
            if self.over or not self.lives:
                return
            life = self.lives[place % len(self.lives)]
            answer = cancel.ask(request(life.number), form)
            now = orders.look(life.number)
            if life.code == NOT_CANCELLED:
                self.says(cancelled(answer, life.shown, life.requirement, life.number),
                          shown_as_cancelled(life.shown, now, answer))  # fmt: skip
                life.shown, life.code, life.requirement = now, ALREADY, "OC-507"
            else:
                self.says(refused(answer, life.code, life.requirement, life.number, life.shown),
                          unchanged(life.shown, now, schema, (answer.id,)))  # fmt: skip

        @rule(form=forms)
        def cancel_nobodys_order(self, form: Format) -> None:
            if not self.over:
                number = orders.unknown()
                self.says(refused(cancel.ask(request(number), form), UNKNOWN, "OC-505", number, None))

        @rule(place=st.integers(0, 2))
        def look(self, place: int) -> None:
            if self.lives and not self.over:
                life = self.lives[place % len(self.lives)]
                self.says(unchanged(life.shown, orders.look(life.number), schema))

    return Cancelling


@pytest.mark.consumes
@verifies("OC-049", "OC-507")
def test_any_sequence_of_cancellations_agrees_with_the_model(
    cancel: Posting, orders: OrderData, status: OrderStatus, context: Context, judge: Judge
) -> None:
    run_machine(context, machine(cancel, orders, status, context, judge), context.profile.machines)
    judge(Kept("OC-049"), Kept("OC-507"))  # every step of every sequence held
