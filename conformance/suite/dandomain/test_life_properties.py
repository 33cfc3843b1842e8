"""Any sequence of operations on orders, held against a model after every step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from conformance.checks import Answer, Broken, Judge, Kept, Outcome, verifies
from conformance.checks.outcome import kept_if
from conformance.contract.tree import wire_text
from conformance.suite.context import Context
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.common import answered, listed, not_listed, refused, state_ids, succeeded, unchanged
from conformance.suite.dandomain.created import NO_STATE, as_new
from conformance.suite.dandomain.orders import MODIFIED, Order, order_of, shown
from conformance.suite.dandomain.shopdata import ShopData
from conformance.suite.dandomain.texts import COMMENT, TRACK, Text
from conformance.suite.properties import SHRINK_BUDGET, run_machine

WORDS = st.sampled_from(["first", "anden gang", "3 & 4", "50 %", "ærø", "JD014600003DK"])
AT_MOST = 3
_DAY = timedelta(days=1)


@dataclass
class Life:
    """One order, and what it should show."""

    order: Order
    """As it was last shown."""
    complete: bool = False
    state: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    gone: bool = False

    def shows(self, now: Order, evidence: tuple[str, ...]) -> Iterable[Outcome]:
        """The model holds of the order as it is shown now. Members that do not show are not judged."""
        if "incomplete" in now.raw and (self.complete or not self.state):
            requirement = "DD-455" if self.complete else "DD-174"
            yield kept_if(now.raw["incomplete"] is not self.complete, requirement, where="$.incomplete", exchanges=evidence,
                          expected=wire_text(not self.complete), actual=wire_text(now.raw["incomplete"]))  # fmt: skip
        if self.state or not self.complete:
            due = (self.state,) if self.state else NO_STATE
            yield kept_if(now.state in due, "DD-707" if self.state else "DD-173", where="$.orderState.id",
                          expected=due[0] or "no state", actual=now.state or "no state", exchanges=evidence)  # fmt: skip
        for text in (COMMENT, TRACK):
            due_text = self.texts.get(text.name)
            if due_text is not None:
                yield kept_if(due_text in text.of(now), text.id(6), where=f"$.{text.members[0]}", expected=due_text,
                              actual=" and ".join(filter(None, text.of(now))) or "nothing", exchanges=evidence)  # fmt: skip


CHANGED_BY = {
    "complete": ("DD-458", ("incomplete", "orderState")),
    "state": ("DD-712", ("orderState", "incomplete")),
    COMMENT.name: (COMMENT.id(12), COMMENT.members),
    TRACK.name: (TRACK.id(12), TRACK.members),
}
"""What an operation may change of an order, and the requirement that it changes nothing else."""
OTHERS = {
    "complete": "DD-455", "state": "DD-715", "delete": "DD-408", COMMENT.name: COMMENT.id(16), TRACK.name: TRACK.id(16),
}  # fmt: skip
"""The requirement that an operation on one order leaves the others alone."""


class Lives(RuleBasedStateMachine):
    """Creates, changes, deletes and looks; subclassed for a run, whose parts it uses."""

    shop: Shop
    data: ShopData
    judge: Judge
    states: list[str]
    budget: list[int]
    """Steps that may still be taken: shrinking asks a lot."""

    def __init__(self) -> None:
        super().__init__()
        self.lives: list[Life] = []

    def says(self, *outcomes: Outcome | Iterable[Outcome]) -> None:
        """Judges; what breaks ends the sequence, so that it shrinks."""
        with self.judge.example():
            self.judge(*outcomes)

    @initialize()
    def begin(self) -> None:
        """Every sequence begins with an order."""
        self.create(1)

    @rule(quantity=st.integers(1, 5))
    def create(self, quantity: int) -> None:
        """CreateOrder."""
        if len([life for life in self.lives if not life.gone]) >= AT_MOST or not self.may_go_on():
            return
        body = self.data.request(orderLines=[{"productId": self.data.products()[0], "quantity": quantity}])
        answer = self.shop.create(body)
        self.says(succeeded(answer, "DD-100", "the order that was created"))
        order = order_of(answer)
        known = order.id in {life.order.id for life in self.lives}
        self.says(kept_if(not known, "DD-161", where="$.id", expected="a number that no order had", exchanges=(answer.id,),
                          actual=f"{order.id} again"))  # fmt: skip
        looked = self.shop.get(order.id)
        found = shown(looked)
        self.says(kept_if(bool(found), "DD-162", where="$", expected=f"order {order.id}", actual="no order",
                          exchanges=(answer.id, looked.id)))  # fmt: skip
        self.says(as_new(found[0], (looked.id,)))
        self.lives.append(Life(found[0]))

    @rule(place=st.integers(0, 9))
    def complete(self, place: int) -> None:
        """CompleteOrder."""
        if life := self.life(place):
            answer = self.shop.complete(life.order.id)
            if life.complete:
                return  # what the second completion says is not documented
            self.says(answered(answer, not life.gone, "DD-410" if life.gone else "DD-450"))
            life.complete = not life.gone
            self.look(life, "complete", answer)

    @rule(place=st.integers(0, 9), which=st.integers(0, 9))
    def set_state(self, place: int, which: int) -> None:
        """SetOrderState."""
        life = self.life(place) if self.states else None
        if life:
            state = self.states[which % len(self.states)]
            answer = self.shop.set_state(life.order.id, state)
            if life.gone:
                self.says(refused(answer, "DD-411", "the state of a deleted order"))
            else:
                self.says(answered(answer, True, "DD-700"))
                life.state = state
            self.look(life, "state", answer)

    @rule(place=st.integers(0, 9), text=st.sampled_from([COMMENT, TRACK]), value=WORDS)
    def set_text(self, place: int, text: Text, value: str) -> None:
        """SetOrderComment and SetTrackNumber."""
        if life := self.life(place):
            answer = text.set(self.shop, life.order.id, value)
            if life.gone:
                self.says(refused(answer, "DD-411", f"the {text.name} of a deleted order"))
            else:
                self.says(answered(answer, True, text.id(0)))
                life.texts[text.name] = value
            self.look(life, text.name, answer)

    @rule(place=st.integers(0, 9))
    def delete(self, place: int) -> None:
        """DeleteOrder."""
        if life := self.life(place):
            answer = self.shop.delete(life.order.id)
            self.says(answered(answer, not life.gone, "DD-407" if life.gone else "DD-400"))
            life.gone = True
            self.look(life, "delete", answer)

    @rule()
    def list(self) -> None:
        """GetOrders."""
        if not self.lives or not self.may_go_on():
            return
        today = self.data.context.clock.date()
        answer = self.shop.created(today - _DAY, today + 2 * _DAY)
        for life in self.lives:
            if life.gone:
                self.says(not_listed(answer, life.order.id, "DD-406", "which was deleted"))
            else:
                self.says(listed(answer, life.order.id, "DD-209" if life.complete else "DD-208", "which was created today"))

    def life(self, place: int) -> Life | None:
        """One of the orders, gone or not; None where there is none or enough was asked."""
        return self.lives[place % len(self.lives)] if self.lives and self.may_go_on() else None

    def may_go_on(self) -> bool:
        """Counts a step; whether it may still be taken."""
        self.budget[0] -= 1
        return self.budget[0] > 0

    def look(self, life: Life, what: str, answer: Answer) -> None:
        """Holds the order, and one of the others, against the model."""
        looked = self.shop.get(life.order.id)
        found, seen = shown(looked), (answer.id, looked.id)
        if life.gone:
            self.says(kept_if(not found, "DD-405", where="$", expected=f"no order {life.order.id}, which was deleted",
                              actual="the order", exchanges=seen))  # fmt: skip
        elif not found:
            self.says([Broken("DD-250", "$", f"order {life.order.id}", "no order", seen)])
        else:
            requirement, members = CHANGED_BY[what]
            but = (*members, *MODIFIED)
            self.says(life.shows(found[0], seen), unchanged(life.order, found[0], requirement, seen, but))
            life.order = found[0]
        others = [other for other in self.lives if other is not life and not other.gone]
        if others and what in OTHERS:
            other = others[self.budget[0] % len(others)]
            self.says(unchanged(other.order, self.data.look(other.order.id), OTHERS[what], (answer.id,)))


@pytest.mark.consumes
@verifies("DD-100", "DD-162", "DD-173", "DD-174", "DD-400", "DD-405", "DD-450", "DD-650", "DD-700", "DD-707", "DD-750")
def test_any_sequence_of_operations_agrees_with_the_model(
    shop: Shop, data: ShopData, context: Context, judge: Judge
) -> None:
    data.spare()
    answer = shop.states()
    states = state_ids(answer)
    sequences = context.profile.machines + 1  # the second that Hypothesis draws is always of a single step
    steps = sequences * context.profile.steps
    parts = {"shop": shop, "data": data, "judge": judge, "states": states, "budget": [steps + SHRINK_BUDGET]}
    machine = type("LivesOfThisRun", (Lives,), parts)
    run_machine(context, machine, sequences)
    # Every step of every sequence held.
    for requirement in ("DD-100", "DD-162", "DD-173", "DD-174", "DD-400", "DD-405", "DD-450", "DD-650", "DD-700", "DD-707",
                        "DD-750"):  # fmt: skip
        judge(Kept(requirement))
