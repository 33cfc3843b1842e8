"""Any sequence of updates, looks and searches agrees with a model of what each order is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from conformance.checks import Judge, Kept, Outcome, verifies
from conformance.checks.outcome import kept_if
from conformance.contract import Contract
from conformance.suite.context import Context
from conformance.suite.macke.common import (
    BY_STATUS,
    finds,
    finds_not,
    has_status,
    is_accepted,
    names_the_order,
    unchanged,
)
from conformance.suite.macke.desk import Desk
from conformance.suite.macke.orders import Order
from conformance.suite.properties import run_machine

LETTERS = ("O", "P", "C", "G")
"""Statuses between which a change is never refused by any rule that is known."""
NOTIFY: tuple[dict[str, str], ...] = ({}, {"notify_user": "0"}, {"notify_user": "1"})
MAY_CHANGE = BY_STATUS | {"vendor_ref"}


@dataclass
class Life:
    """What the model knows of one order."""

    before: Order
    status: str
    reference: str = ""
    replaced: str = ""
    """The reference that it had before."""


def machine(desk: Desk, contract: Contract, judge: Judge) -> Any:
    """The state machine over two own orders; its model is checked after every step."""
    orders = desk.orders(2)
    count = iter(range(10**6))

    class Updating(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.lives: list[Life] = []
            self.last: Life | None = None

        def says(self, *outcomes: Iterable[Outcome] | Outcome) -> None:
            with judge.example():
                judge(*outcomes)

        @initialize()
        def begin(self) -> None:
            shown = [desk.look(order.id) for order in orders]
            self.lives = [Life(order, order.status) for order in shown]

        @rule(place=st.integers(0, 1), letter=st.sampled_from(LETTERS), notify=st.sampled_from(NOTIFY))
        def set_status(self, place: int, letter: str, notify: dict[str, str]) -> None:
            life = self.lives[place]
            answer = desk.market.put(life.before.id, {"status": letter, **notify})
            if letter == life.status and answer.refused_by_http:
                return  # the status that the order has already: whether that is an update is a reading
            self.says(is_accepted(answer, "MK-300", f"the status {letter}"))
            self.says(names_the_order(answer, life.before.id, "MK-302"))
            life.status, self.last = letter, life

        @rule(place=st.integers(0, 1), ending=st.sampled_from(["", " ü&1", "/2%"]))
        def give_reference(self, place: int, ending: str) -> None:
            life, reference = self.lives[place], desk.reference(f"machine {next(count)}") + ending
            answer = desk.market.put(life.before.id, {"vendor_ref": reference})
            if ending and answer.refused_by_http:
                return  # which characters a reference may have is a reading
            self.says(is_accepted(answer, "MK-340", "a vendor_ref"))
            life.replaced, life.reference, self.last = life.reference, reference, life

        @rule(place=st.integers(0, 1))
        def search(self, place: int) -> None:
            life, other = self.lives[place], self.lives[1 - place]
            if not life.reference:
                return
            answer = desk.market.search(life.reference)
            self.says(finds(answer, life.before.id, "MK-342", f"vendor_ref {life.reference}"))
            self.says(finds_not(answer, other.before.id, "MK-375", f"vendor_ref {life.reference}"))

        @rule(place=st.integers(0, 1))
        def search_what_was_replaced(self, place: int) -> None:
            life = self.lives[place]
            if life.replaced:
                answer = desk.market.search(life.replaced)
                self.says(finds_not(answer, life.before.id, "MK-349", "a vendor_ref that was replaced"))

        @invariant()
        def details_agree_with_the_model(self) -> None:
            if self.last is None:
                return
            life, self.last = self.last, None
            now = desk.look(life.before.id)
            self.says(has_status(now, life.status, "MK-303", ()))
            self.says(unchanged(contract, life.before, now, "MK-306", (), MAY_CHANGE))
            if life.reference and "vendor_ref" in now.raw:
                self.says(_shows(now, life.reference))

    return Updating


def _shows(order: Order, reference: str) -> Outcome:
    return kept_if(order.reference == reference, "MK-342", where="$.vendor_ref", expected=reference,
                   actual=order.reference or "no reference", exchanges=())  # fmt: skip


@verifies("MK-303", "MK-306", "MK-342", "MK-349")
def test_any_sequence_of_updates_agrees_with_the_model(
    desk: Desk, contract: Contract, context: Context, judge: Judge
) -> None:
    # The first sequence that Hypothesis draws is the shortest one: it does not count.
    run_machine(context, machine(desk, contract, judge), context.profile.machines + 2)
    judge(Kept("MK-303"), Kept("MK-306"), Kept("MK-342"), Kept("MK-349"))  # every step of every sequence held
