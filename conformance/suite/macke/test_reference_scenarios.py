"""vendor_ref: given to an order, found by the search, replaced; and what is no single text is never stored."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from conformance.checks import Broken, Judge, Kept, Observed, verifies
from conformance.checks.outcome import kept_if
from conformance.contract import Contract
from conformance.suite.macke.clients import Question
from conformance.suite.macke.common import (
    Seen,
    accepted,
    finds,
    finds_not,
    found_in,
    is_accepted,
    is_unknown,
    names_the_order,
    refused,
    refused_or,
    told,
    unchanged,
)
from conformance.suite.macke.desk import Desk
from conformance.suite.macke.keeper import Keeper
from conformance.suite.macke.orders import Order, named

ANY_ASCII = ("A&B=C;D+E", "50% #1/2?x=y", "say \"hi\" \\ 'there' <b>", "[a]{b}|c^d`e~!*()")
BEYOND_ASCII = ("Größe-ß-Ä", "Ключ-заказа", "注文-☃-😀")
NUMBER_LIKE = ("00{}", "{}e3", "{}.50")
"""A text of digits is a text all the same."""
BY_REFERENCE = frozenset({"vendor_ref"})


@verifies("MK-340", "MK-341", "MK-342", "MK-343", "MK-348", "MK-349")
def test_a_reference_is_given_and_replaced(desk: Desk, contract: Contract, judge: Judge) -> None:
    # An order that had a reference before could have lost already what one takes away.
    order, first, second = desk.fresh(), desk.reference("first"), desk.reference("second")
    answer = desk.market.put(order.id, {"vendor_ref": first})
    judge.demand(is_accepted(answer, "MK-340", "a vendor_ref"))
    judge(names_the_order(answer, order.id, "MK-341"))
    desk.references_work(order.id, first)
    judge(finds(desk.market.search(first), order.id, "MK-342", f"vendor_ref {first}"))
    judge(unchanged(contract, order, desk.look(order.id), "MK-343", (answer.id,), BY_REFERENCE))
    desk.give(order.id, second)
    judge(finds(desk.market.search(second), order.id, "MK-348", f"vendor_ref {second}, which replaced another"))
    judge(finds_not(desk.market.search(first), order.id, "MK-349", f"vendor_ref {first}, which was replaced"))


@pytest.mark.parametrize(
    ("kind", "requirement"),
    [
        pytest.param("object", "MK-344", id="object", marks=verifies("MK-344")),
        pytest.param("array", "MK-345", id="array", marks=verifies("MK-345")),
    ],
)
@verifies("MK-328", "MK-346", "MK-347")
def test_a_structure_is_never_stored(
    desk: Desk, contract: Contract, judge: Judge, kind: str, requirement: str
) -> None:
    order, kept, inner = desk.order(), desk.reference(f"kept {kind}"), desk.reference(kind)
    desk.give(order.id, kept)
    before = desk.look(order.id)
    structure: object = {"ref": inner} if kind == "object" else [inner]
    answer = desk.market.put(order.id, {"vendor_ref": structure})
    judge(_not_stored(desk, order, requirement, inner, structure))
    after = desk.look(order.id)
    shown = inner in json.dumps(after.raw.get("vendor_ref"))
    judge(kept_if(not shown, requirement, where="$.vendor_ref", expected=f"no {kind}, which is not to be added",
                  actual=json.dumps(after.raw.get("vendor_ref")), exchanges=(answer.id,)))  # fmt: skip
    still = order.id in found_in(desk.market.search(kept))
    judge(Observed("MK-346", "macke-orders-vendor-ref-structure", "refused" if refused(answer) else "ignored", (answer.id,)))
    option = "kept" if still else "cleared"
    judge(Observed("MK-347", "macke-orders-vendor-ref-after-structure", option, (answer.id,)))
    if refused(answer):
        judge(unchanged(contract, before, after, "MK-328", (answer.id,)))
        judge(kept_if(still, "MK-328", where="$", expected=f"the vendor_ref {kept}, after an update that was refused",
                      actual="no such reference", exchanges=(answer.id,)))  # fmt: skip
    else:
        judge(Kept("MK-328"))


def _not_stored(desk: Desk, order: Order, requirement: str, inner: str, structure: object) -> Iterator[Kept | Broken]:
    """Nothing in the structure finds the order, nor the structure in one of the forms in which it could be written."""
    for text in (inner, json.dumps(structure, separators=(",", ":")), str(structure)):
        yield finds_not(desk.market.search(text), order.id, requirement, "what stood in a structure")


@verifies("MK-350")
def test_one_reference_for_several_orders_is_recorded(desk: Desk, judge: Judge) -> None:
    orders = [order.id for order in desk.several(3)]
    reference = desk.reference("shared")
    desk.give(orders[0], reference)
    answers = [desk.market.put(order_id, {"vendor_ref": reference}) for order_id in orders[1:]]
    found = desk.market.search(reference)
    shown = [id_ for id_ in found_in(found) if id_ in orders]
    given = [orders[0], *(id_ for id_, answer in zip(orders[1:], answers, strict=True) if not refused(answer))]
    seen = (*(answer.id for answer in answers), found.id)
    if not shown or 1 < len(shown) < len(given):
        judge(Broken("MK-342", "$", f"orders {', '.join(given)} for vendor_ref {reference}", named(shown), seen))
    option = "shared" if len(shown) == len(given) > 1 else "moved" if given[-1] in shown else "first-kept"
    judge(Observed("MK-350", "macke-orders-vendor-ref-unique", "refused" if len(given) == 1 else option, seen))


@pytest.mark.parametrize(
    ("requirement", "endings"),
    [
        pytest.param("MK-352", ANY_ASCII, id="ascii", marks=verifies("MK-352")),
        pytest.param("MK-352", NUMBER_LIKE, id="number-like", marks=verifies("MK-352")),
        pytest.param("MK-353", BEYOND_ASCII, id="unicode", marks=verifies("MK-353")),
    ],
)
def test_any_characters_are_found_again(
    desk: Desk, judge: Judge, requirement: str, endings: tuple[str, ...]
) -> None:
    desk.references_work()
    order, seen = desk.order(), Seen(requirement, "macke-orders-vendor-ref-charset", "some-refused")
    for ending in endings:
        reference = f"{desk.reference(ending)} {ending}" if ending not in NUMBER_LIKE else _number_like(desk, ending)
        answer = desk.market.put(order.id, {"vendor_ref": reference})
        seen.add("some-refused" if refused(answer) else "any", answer)
        if accepted(answer):
            judge(finds(desk.market.search(reference), order.id, requirement, f"vendor_ref {reference}"))
    judge(seen.outcome())


def _number_like(desk: Desk, form: str) -> str:
    return form.format(desk.context.random(f"number-like {form} {desk.context.clock}").randrange(10**8, 10**9))


@verifies("MK-354")
def test_a_long_reference_is_recorded(desk: Desk, judge: Judge) -> None:
    order, reference = desk.order(), desk.reference("long").ljust(255, "x")
    answer = desk.market.put(order.id, {"vendor_ref": reference})
    option = refused_or(answer, lambda: "stored" if order.id in found_in(desk.market.search(reference)) else "cut")
    judge(Observed("MK-354", "macke-orders-vendor-ref-length", option, (answer.id,)))


@verifies("MK-355")
def test_a_number_as_reference_is_recorded(desk: Desk, judge: Judge) -> None:
    order, number = desk.order(), desk.context.random("number").randrange(10**14, 10**15)
    answer = desk.market.put(order.id, {"vendor_ref": number})
    option = refused_or(answer, lambda: "stored" if order.id in found_in(desk.market.search(str(number))) else "ignored")
    judge(Observed("MK-355", "macke-orders-vendor-ref-number", option, (answer.id,)))


@pytest.mark.parametrize(
    ("value", "requirement", "reading"),
    [
        pytest.param(None, "MK-356", "vendor-ref-null", id="null", marks=verifies("MK-356")),
        pytest.param("", "MK-357", "vendor-ref-empty", id="empty", marks=verifies("MK-357")),
    ],
)
def test_no_reference_is_recorded(desk: Desk, judge: Judge, value: object, requirement: str, reading: str) -> None:
    order, reference = desk.order(), desk.reference(reading)
    desk.give(order.id, reference)
    answer = desk.market.put(order.id, {"vendor_ref": value})
    still = order.id in found_in(desk.market.search(reference))
    option = refused_or(answer, "kept" if still else "cleared")
    judge(Observed(requirement, f"macke-orders-{reading}", option, (answer.id,)))


@verifies("MK-358")
def test_spaces_around_a_reference_are_recorded(desk: Desk, judge: Judge) -> None:
    order, bare = desk.order(), desk.reference("spaces")
    answer = desk.market.put(order.id, {"vendor_ref": f"  {bare} "})
    whole, trimmed = (order.id in found_in(desk.market.search(text)) for text in (f"  {bare} ", bare))
    option = "kept" if whole and not trimmed else "trimmed" if trimmed else "lost"
    judge(Observed("MK-358", "macke-orders-vendor-ref-spaces", refused_or(answer, option), (answer.id,)))


@verifies("MK-359")
def test_status_and_reference_in_one_body_are_recorded(desk: Desk, judge: Judge) -> None:
    order, reference = desk.order(), desk.reference("both")
    letter = "P" if order.status != "P" else "O"
    answer = desk.market.put(order.id, {"status": letter, "vendor_ref": reference})
    moved = desk.look(order.id).status == letter
    given = order.id in found_in(desk.market.search(reference))
    done = {(True, True): "both", (True, False): "status-only", (False, True): "reference-only"}
    option = refused_or(answer, done.get((moved, given), "neither"))
    judge(Observed("MK-359", "macke-orders-vendor-ref-with-status", option, (answer.id,)))


@verifies("MK-360")
def test_a_reference_for_an_unknown_order_is_refused(desk: Desk, judge: Judge) -> None:
    reference = desk.reference("unknown order")
    answer = desk.market.put(desk.unknown(), {"vendor_ref": reference})
    judge(is_unknown(answer, "MK-360", "a vendor_ref for an order that does not exist"))
    impossible = desk.market.put("abc", {"vendor_ref": reference})
    judge(kept_if(not accepted(impossible), "MK-360", where="status", expected="HTTP 404 for the order_id abc",
                  actual=told(impossible), exchanges=(impossible.id,)))  # fmt: skip


@verifies("MK-025")
def test_a_reference_for_a_foreign_order_is_refused(desk: Desk, judge: Judge) -> None:
    foreign, reference = desk.own.foreign(), desk.reference("foreign order")
    answer = desk.market.put(foreign, {"vendor_ref": reference})
    judge(kept_if(not accepted(answer), "MK-025", where="status", actual=told(answer), exchanges=(answer.id,),
                  expected="a client error for another account's order"))  # fmt: skip
    judge(finds_not(desk.market.search(reference), foreign, "MK-025", "what was sent to another account's order"))


@verifies("MK-110")
def test_the_list_by_reference_is_recorded(desk: Desk, keeper: Keeper, judge: Judge) -> None:
    order, reference = desk.order(), desk.reference("list")
    desk.give(order.id, reference)
    question = Question(more=(("vendor_ref", reference),), size=25)
    answer = keeper.market.list(question)
    option = keeper.how_filtered(answer, question)
    if option == "other" and found_in(answer) == [order.id]:
        option = "filtered"
    judge(Observed("MK-110", "macke-orders-list-vendor-ref", option, (answer.id,)))
