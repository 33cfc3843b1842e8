"""Updating the status: what is answered, what the details and the list show afterwards, and what stays as it was."""

from __future__ import annotations

import pytest

from conformance.checks import Broken, Judge, Kept, Observed, verifies
from conformance.checks.outcome import kept_if
from conformance.contract import Contract
from conformance.contract.tree import wire_text
from conformance.suite.macke.book import alike
from conformance.suite.macke.clients import Question
from conformance.suite.macke.common import (
    BY_STATUS,
    accepted,
    has_status,
    is_accepted,
    is_unknown,
    names_the_order,
    refused_or,
    told,
    unchanged,
)
from conformance.suite.macke.desk import ORDINARY, Desk, another
from conformance.suite.macke.keeper import Keeper
from conformance.suite.macke.orders import Order, ids, named, order_of

LETTERS = ("P", "C", "F", "B", "I", "G", "E", "D", "H", "O")
"""Every letter that can be set; those that a shop might hold to be final come last."""


@verifies("MK-300", "MK-301", "MK-302", "MK-303", "MK-306", "MK-312")
def test_a_status_is_set(desk: Desk, contract: Contract, judge: Judge) -> None:
    order = desk.referenced(desk.fresh())
    for _ in range(2):
        letter = another(order)
        answer = desk.market.put(order.id, {"status": letter})
        judge.demand(is_accepted(answer, "MK-300", f"the status {letter}"))
        judge(Kept("MK-312", (answer.id,)), names_the_order(answer, order.id, "MK-302"))
        after = desk.look(order.id)
        judge(has_status(after, letter, "MK-303", (answer.id,)))
        judge(unchanged(contract, order, after, "MK-306", (answer.id,), BY_STATUS))
        order = after


@verifies("MK-306")
def test_a_status_leaves_the_reference(desk: Desk, judge: Judge) -> None:
    order = desk.order()
    judge(desk.keeps_reference(order))


@verifies("MK-037", "MK-304", "MK-307")
def test_the_list_shows_the_new_status(keeper: Keeper, desk: Desk, judge: Judge) -> None:
    order = desk.order()
    letter, before = another(order), keeper.book
    answer = desk.market.put(order.id, {"status": letter})
    judge.demand(is_accepted(answer, "MK-300", f"the status {letter}"))
    for status, due in ((letter, True), (order.status, False)):
        listed, evidence = keeper.everything(Question(status=status))
        shown = order.id in ids(listed)
        told = "listed" if shown else "not listed"
        expected = f"order {order.id} " + ("among" if due else "not among") + f" those in status {status}"
        judge(kept_if(shown is due, "MK-304", where="$.orders", expected=expected, actual=told,
                      exchanges=(answer.id, *evidence)))  # fmt: skip
        if due and shown:
            row = next(row for row in listed if row.id == order.id)
            judge(_as_in_details(row, desk.look(order.id), (answer.id, *evidence)))
    were = {other.id: other.status for other in before.without({*desk.own.lent})}
    moved = [other.id for other in keeper.book.orders
             if were.get(other.id, letter) != letter and other.status == letter]  # fmt: skip
    judge(kept_if(not moved, "MK-307", where="$.orders", expected="other orders in the status that they had",
                  actual=f"{named(moved)} in status {letter} as well", exchanges=(answer.id, *keeper.book.evidence)))


def _as_in_details(row: Order, details: Order, evidence: tuple[str, ...]) -> Kept | Broken:
    """An entry of the list says what the details say, after a change as before."""
    for name, left, right in alike(details, row, details.raw):
        return Broken("MK-037", f"$.orders[*].{name}", f"{wire_text(left)}, as the details of order {row.id} show it",
                      wire_text(right), evidence)  # fmt: skip
    return Kept("MK-037", evidence)


@pytest.mark.parametrize(
    ("value", "requirement"),
    [
        pytest.param("1", "MK-308", id="one-as-text", marks=verifies("MK-308")),
        pytest.param("0", "MK-309", id="zero-as-text", marks=verifies("MK-309")),
    ],
)
def test_notify_user_is_accepted_as_in_the_examples(
    desk: Desk, contract: Contract, judge: Judge, value: object, requirement: str
) -> None:
    _notified(desk, contract, judge, value, requirement)


@verifies("MK-310")
def test_notify_user_is_accepted_as_a_number(desk: Desk, contract: Contract, judge: Judge) -> None:
    for value in (1, 0):
        if not _notified(desk, contract, judge, value, "MK-310"):
            return
    judge(Observed("MK-310", "macke-orders-notify-form", "text-and-number"))


def _notified(desk: Desk, contract: Contract, judge: Judge, value: object, requirement: str) -> bool:
    order = desk.order()
    letter = another(order)
    answer = desk.market.put(order.id, {"status": letter, "notify_user": value})
    if not judge(is_accepted(answer, requirement, f"notify_user {value!r}")):
        return False
    after = desk.look(order.id)
    kept = judge(has_status(after, letter, requirement, (answer.id,)))
    return judge(unchanged(contract, order, after, "MK-306", (answer.id,), BY_STATUS)) and kept


@verifies("MK-311")
def test_notify_user_as_a_truth_value_is_recorded(desk: Desk, judge: Judge) -> None:
    order = desk.order()
    letter = another(order)
    answer = desk.market.put(order.id, {"status": letter, "notify_user": False})
    option = refused_or(answer, lambda: "accepted" if desk.look(order.id).status == letter else "ignored")
    judge(Observed("MK-311", "macke-orders-notify-boolean", option, (answer.id,)))


@verifies("MK-316")
def test_notify_user_alone_is_recorded(desk: Desk, judge: Judge) -> None:
    order = desk.order()
    answer = desk.market.put(order.id, {"notify_user": "0"})
    changed = desk.look(order.id).status != order.status
    option = refused_or(answer, "changed" if changed else "accepted")
    judge(Observed("MK-316", "macke-orders-notify-alone", option, (answer.id,)))


@verifies("MK-317", "MK-306")
def test_the_same_status_again_is_recorded(desk: Desk, contract: Contract, judge: Judge) -> None:
    order = desk.order()
    answer = desk.market.put(order.id, {"status": order.status})
    judge(Observed("MK-317", "macke-orders-same-status", refused_or(answer, "accepted"), (answer.id,)))
    judge(unchanged(contract, order, desk.look(order.id), "MK-306", (answer.id,), BY_STATUS - {"status"}))


@verifies("MK-303", "MK-305")
def test_which_statuses_can_be_set_is_recorded(desk: Desk, judge: Judge) -> None:
    order, made = desk.fresh(), True
    last = order.status
    for letter in LETTERS:
        answer = desk.market.put(order.id, {"status": letter})
        looked = desk.market.get(order.id)
        if looked.refused_by_http:
            desk.own.spent.add(order.id)
            judge(Broken("MK-303", "status", f"the details of order {order.id} in status {letter}", told(looked),
                         (answer.id, looked.id)))  # fmt: skip
            made = False
            break
        now = order_of(looked).status
        # A change that is not made is a reading, also where it is answered with 200; so is B where stock runs short.
        if now not in {letter, last, "B"} or (accepted(answer) and now == last != letter in ORDINARY):
            expected = f"{letter}, to which it was set with HTTP {answer.status}"
            judge(Broken("MK-303", "$.status", expected, now, (answer.id,)))
        made, last = made and now == letter, now
    if not made and order.id not in desk.own.spent:
        desk.restored(order.id)
    option = "all-made" if made else "some-not-made"
    judge(Kept("MK-303"), Observed("MK-305", "macke-orders-transitions", option, (answer.id,)))


@verifies("MK-320")
def test_a_status_for_an_unknown_order_is_recorded(desk: Desk, judge: Judge) -> None:
    unknown = desk.unknown()
    answer = desk.market.put(unknown, {"status": "P"})
    if accepted(answer):
        judge(Observed("MK-320", "macke-orders-status-unknown-order", "ok-ignored", (answer.id,)))
    elif answer.status == 404:
        judge(Observed("MK-320", "macke-orders-status-unknown-order", "not-found", (answer.id,)))
    else:
        judge(is_unknown(answer, "MK-320", "the status of an order that does not exist"))
    judge(is_unknown(desk.market.get(unknown), "MK-122", "an order that does not exist, after an update of it"))


@verifies("MK-024")
def test_a_status_for_a_foreign_order_is_recorded(desk: Desk, judge: Judge) -> None:
    foreign = desk.own.foreign()
    answer = desk.market.put(foreign, {"status": "P"})
    option = refused_or(answer, "ok-ignored")
    if option == "refused":
        option = "not-found" if answer.status == 404 else "refused-otherwise"
    judge(Observed("MK-024", "macke-orders-foreign-update", option, (answer.id,)))
