"""GetOrderStates and SetOrderState: the states of the shop, and the state of an order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from conformance.checks import Answer, Judge, NotTestable, Observed, Unseen, verifies
from conformance.checks.compare import differences
from conformance.checks.outcome import kept_if
from conformance.contract.tree import wire_text
from conformance.suite.dandomain.book import Bookkeeper
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.common import (
    answered,
    listed,
    refused,
    state_ids,
    status_seen,
    succeeded,
    succeeds,
    told,
    unchanged,
    undone,
)
from conformance.suite.dandomain.created import NO_STATE
from conformance.suite.dandomain.orders import MODIFIED, shown, text_of
from conformance.suite.dandomain.refusals import failed
from conformance.suite.dandomain.shopdata import ShopData

DAY = timedelta(days=1)
MOST = 6
"""States that are set one after the other; a shop with more has them tried in part, the last one included."""


def states_of(answer: Answer) -> list[Mapping[str, Any]]:
    """The states of an answer.

    Raises:
        NotTestable: it lists none.
    """
    rows = answer.value if answer.says_success and isinstance(answer.value, list) else []
    found = [row for row in rows if isinstance(row, Mapping) and text_of(row.get("id"))]
    if not found:
        raise NotTestable("the shop lists no order states")
    return found


def some(states: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Some of them, the first and the last included."""
    return states if len(states) <= MOST else [*states[: MOST - 1], states[-1]]


@verifies("DD-600", "DD-603", "DD-605", "DD-606", "DD-608")
def test_the_states_are_listed(shop: Shop, judge: Judge) -> None:
    answer, again = shop.states(), shop.states()
    judge.demand(succeeded(answer, "DD-600", "the order states of the shop"))
    judge.demand(kept_if(isinstance(answer.value, list), "DD-603", where="$", expected="a list of order states",
                         actual=told(answer), exchanges=(answer.id,)))  # fmt: skip
    ids = state_ids(answer)
    judge(kept_if(len(ids) == len(answer.value), "DD-605", where="$[*].id", expected="an id in each of them",
                  actual=f"{len(ids)} ids of {len(answer.value)} states", exchanges=(answer.id,)))  # fmt: skip
    twice = next((one for one in ids if ids.count(one) > 1), None)
    judge(kept_if(twice is None, "DD-606", where="$[*].id", expected="each id once", actual=f"{twice} twice",
                  exchanges=(answer.id,)))  # fmt: skip
    # As a set: the order of the list is nobody's promise.
    same = again.readable and isinstance(again.value, list) and _told(again) == _told(answer)
    judge(kept_if(same, "DD-608", where="$", expected="the same states when asked again", actual=told(again),
                  exchanges=(answer.id, again.id)))  # fmt: skip


def _told(answer: Answer) -> list[str]:
    """What an answer says of each state, whatever the order of states and members."""
    return sorted(json.dumps(row, sort_keys=True) for row in answer.documented)


@verifies("DD-604")
def test_every_state_of_an_order_is_listed(keeper: Bookkeeper, judge: Judge) -> None:
    states = states_of(keeper.shop.states())
    listed = {text_of(row["id"]) for row in states}
    shown_by = {order.state: order.id for order in keeper.book.orders.values() if order.state not in NO_STATE}
    if not shown_by:
        judge(Unseen("DD-604"))
        return
    unknown = sorted(set(shown_by) - listed)
    told_of = f"order {shown_by[unknown[0]]} is in state {unknown[0]}" if unknown else ""
    judge(kept_if(not unknown, "DD-604", where="$[*].id", expected="every state that an order shows", actual=told_of,
                  exchanges=keeper.book.evidence))  # fmt: skip


@verifies("DD-700", "DD-707", "DD-708", "DD-709", "DD-713", "DD-604", "DD-209")
def test_every_listed_state_can_be_set_and_shows(shop: Shop, data: ShopData, judge: Judge) -> None:
    states = states_of(shop.states())
    order = data.fresh()
    for state in some(states):
        state_id = text_of(state["id"])
        answer = shop.set_state(order.id, state_id)
        judge(kept_if(answer.says_success and isinstance(answer.value, bool), "DD-713", where="$", exchanges=(answer.id,),
                      expected="true or false", actual=told(answer)))  # fmt: skip
        judge(answered(answer, True, "DD-708"), answered(answer, True, "DD-700"))
        looked = shop.get(order.id)
        found = shown(looked)
        now = found[0].state if found else "no order"
        judge(kept_if(now == state_id, "DD-707", where="$.orderState.id", expected=state_id, actual=now or "none",
                      exchanges=(answer.id, looked.id)))  # fmt: skip
        judge(kept_if(now in NO_STATE or any(now == text_of(row["id"]) for row in states), "DD-604", where="$[*].id",
                      expected=f"state {now}, which order {order.id} shows", actual="it is not listed",
                      exchanges=(looked.id,)))  # fmt: skip
        if not found or now != state_id:
            return
        listing = shop.created(data.context.clock.date() - 2 * DAY, data.context.clock.date() + 2 * DAY)
        judge(listed(listing, order.id, "DD-209", f"in state {state_id}"))
        schema = looked.operation.answer.schema["properties"]["orderState"]
        part = found[0].part("orderState")
        both = {name: part[name] for name in state if name in part}
        differs = next(differences({name: state[name] for name in both}, both, schema), None)
        judge(kept_if(differs is None, "DD-709", where=looked.where("orderState", *(differs.path if differs else ())),
                      expected=wire_text(differs.left) if differs else "", exchanges=(answer.id, looked.id),
                      actual=wire_text(differs.right) if differs else ""))  # fmt: skip


@verifies("DD-712", "DD-716")
def test_nothing_but_the_state_changes(shop: Shop, data: ShopData, judge: Judge) -> None:
    states = states_of(shop.states())
    order = data.fresh()
    shop.set_comment(order.id, "kept")
    shop.set_track_number(order.id, "C5-6")
    before = data.look(order.id) or order
    answer = shop.set_state(order.id, text_of(states[-1]["id"]))
    looked = shop.get(order.id)
    found = shown(looked)
    after = found[0] if found else None
    seen = (answer.id, looked.id)
    judge(unchanged(before, after, "DD-712", seen, but=("orderState", "incomplete", *MODIFIED)))
    if after is not None and "incomplete" in after.raw:
        option = "completed" if after.raw["incomplete"] is False else "stays-incomplete"
        judge(Observed("DD-716", "dandomain-orders-state-completes", option, seen))
    else:
        judge(Unseen("DD-716"))


@verifies("DD-715")
def test_other_orders_keep_their_state(shop: Shop, data: ShopData, judge: Judge) -> None:
    states = states_of(shop.states())
    other, order = data.fresh(), data.fresh()
    before = data.look(other.id) or other
    answer = shop.set_state(order.id, text_of(states[0]["id"]))
    judge(unchanged(before, data.look(other.id), "DD-715", (answer.id,)))


@verifies("DD-704", "DD-710", "DD-711")
def test_what_is_no_state_is_not_set(shop: Shop, data: ShopData, judge: Judge) -> None:
    states = states_of(shop.states())
    order = data.fresh()
    shop.set_state(order.id, text_of(states[0]["id"]))
    before = data.look(order.id) or order
    answer = shop.set_state(order.id, "")
    judge(refused(answer, "DD-704", "SetOrderState without a state"))
    judge(undone([answer], before, data.look(order.id), "DD-704"))
    unknown = shop.set_state(order.id, nobodys_state(states))
    judge(refused(unknown, "DD-710", "an order state that does not exist"))
    judge(undone([unknown], before, data.look(order.id), "DD-710"))
    judge(how_refused(unknown, "DD-711", "dandomain-orders-unknown-state"))


def nobodys_state(states: list[Mapping[str, Any]]) -> int:
    """A number that no listed state has."""
    return max((int(text_of(row["id"])) for row in states if text_of(row["id"]).isdecimal()), default=0) + 7919


def how_refused(answer: Answer, requirement: str, reading: str) -> list[Observed]:
    """How a state was not set, of which the document says nothing."""
    if failed(answer):
        return []
    said = answer.value if answer.says_success else None
    option = "true" if succeeds(answer) else "false" if said is False else status_seen(answer, "404", "400")
    return [Observed(requirement, reading, option, (answer.id,))]


@verifies("DD-705", "DD-706", "DD-411")
def test_an_order_that_is_not_there_gets_no_state(shop: Shop, data: ShopData, judge: Judge) -> None:
    states = states_of(shop.states())
    answer = shop.set_state(data.vacant(), text_of(states[0]["id"]))
    for requirement in ("DD-705", "DD-411"):
        judge(refused(answer, requirement, "the state of an order that does not exist"))
    if not succeeds(answer):
        judge(how_refused(answer, "DD-706", "dandomain-orders-state-unknown-order"))
