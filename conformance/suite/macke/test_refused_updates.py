"""Updates that cannot be done: bodies that nobody can read, letters that do not exist; and nothing is changed by them."""

from __future__ import annotations

import pytest

from conformance.checks import Broken, Judge, Kept, Observed, verifies
from conformance.checks.outcome import kept_if
from conformance.contract import Contract
from conformance.contract.tree import wire_text
from conformance.suite.macke.common import accepted, finds_not, refused, refused_or, told, unchanged
from conformance.suite.macke.desk import Desk
from conformance.suite.macke.orders import order_of

MALFORMED = {
    "cut-off": b'{"status": "%b"',
    "comma": b'{"status": "%b",}',
    "quotes": b"{'status': '%b'}",
    "form": b"status=%b",
    "reference": b'{"vendor_ref": "%b',
}


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in MALFORMED.items()])
@verifies("MK-321", "MK-322", "MK-328")
def test_a_body_that_is_no_json_is_refused(desk: Desk, contract: Contract, judge: Judge, body: bytes) -> None:
    order = desk.order()
    letter = "P" if order.status != "P" else "O"
    answer = desk.market.put_raw(order.id, body % letter.encode())
    seen = (answer.id,)
    judge(kept_if(not accepted(answer), "MK-321", where="status", expected="a client error for a body that is no JSON",
                  actual=told(answer), exchanges=seen))  # fmt: skip
    judge(unchanged(contract, order, desk.look(order.id), "MK-321", seen))
    if refused(answer):
        judge(kept_if(answer.status == 400, "MK-322", where="status", expected="HTTP 400", actual=told(answer),
                      exchanges=seen), Kept("MK-328", seen))  # fmt: skip


@pytest.mark.parametrize(
    ("body", "requirement", "reading"),
    [
        pytest.param(b"", "MK-323", "empty-body", id="nothing", marks=verifies("MK-323")),
        pytest.param(b"{}", "MK-324", "empty-object", id="empty-object", marks=verifies("MK-324")),
    ],
)
@verifies("MK-328")
def test_an_update_that_says_nothing_is_recorded(
    desk: Desk, contract: Contract, judge: Judge, body: bytes, requirement: str, reading: str
) -> None:
    order = desk.order()
    answer = desk.market.put_raw(order.id, body)
    option = refused_or(answer, "ok-ignored")
    if option == "refused":
        option = "refused-400" if answer.status == 400 else "refused-otherwise"
    judge(Observed(requirement, f"macke-orders-{reading}", option, (answer.id,)))
    judge(unchanged(contract, order, desk.look(order.id), "MK-328", (answer.id,)))


@pytest.mark.parametrize(
    ("letter", "requirement", "reading"),
    [
        pytest.param("X", "MK-325", "unknown-letter", id="unknown", marks=verifies("MK-325")),
        pytest.param("", "MK-326", "empty-status", id="empty", marks=verifies("MK-326")),
        pytest.param("N", "MK-327", "set-incomplete", id="incomplete", marks=verifies("MK-327")),
    ],
)
@verifies("MK-328")
def test_a_letter_that_cannot_be_set_is_recorded(
    desk: Desk, contract: Contract, judge: Judge, letter: str, requirement: str, reading: str
) -> None:
    order = desk.order()
    answer = desk.market.put(order.id, {"status": letter})
    looked = desk.market.look(order.id)  # not judged: the run itself may have made an odd status
    after = order_of(looked)
    stored, ignored = ("set", "ignored") if letter == "N" else ("stored", "ok-ignored")
    option = refused_or(answer, stored if after.status == letter else ignored)
    judge(Observed(requirement, f"macke-orders-{reading}", option, (answer.id,)))
    if refused(answer):
        judge(unchanged(contract, order, after, "MK-328", (answer.id, looked.id)))
    elif after.status not in {letter, order.status}:
        expected = f"{letter or 'no status'}, to which it was set, or {order.status} as before"
        judge(Broken("MK-303", "$.status", expected, after.status, (answer.id, looked.id)), Kept("MK-328"))
    else:
        judge(Kept("MK-328"))
    if after.status != order.status:
        desk.restored(order.id)


@verifies("MK-201", "MK-328")
def test_no_status_does_not_take_the_status_away(desk: Desk, contract: Contract, judge: Judge) -> None:
    order = desk.order()
    answer = desk.market.put(order.id, {"status": None})
    after, seen = desk.look(order.id), (answer.id,)
    if refused(answer):
        judge(unchanged(contract, order, after, "MK-328", seen))
    judge(kept_if(bool(after.status), "MK-201", where="$.status", expected="a letter, after an update with status null",
                  actual=wire_text(after.raw.get("status")), exchanges=seen), Kept("MK-328"))  # fmt: skip
    if after.status != order.status:
        desk.restored(order.id)


@verifies("MK-328")
def test_what_is_refused_in_part_is_not_done_in_part(desk: Desk, contract: Contract, judge: Judge) -> None:
    order, reference = desk.order(), desk.reference("in part")
    letter = "P" if order.status != "P" else "O"
    for members in ({"status": letter, "vendor_ref": {"text": reference}}, {"status": "?", "vendor_ref": reference}):
        answer = desk.market.put(order.id, members)
        after = order_of(desk.market.look(order.id))
        if refused(answer):
            judge(unchanged(contract, order, after, "MK-328", (answer.id,)))
        order = after
    if refused(answer):
        judge(finds_not(desk.market.search(reference), order.id, "MK-328", "a vendor_ref beside a status that was refused"))
    judge(Kept("MK-328"))
    if not refused(answer):
        desk.restored(order.id)


@verifies("MK-329")
def test_an_unknown_member_is_recorded(desk: Desk, judge: Judge) -> None:
    order = desk.order()
    letter = "P" if order.status != "P" else "O"
    answer = desk.market.put(order.id, {"status": letter, "conformance": {"text": "x"}})
    done = accepted(answer) and desk.look(order.id).status == letter
    judge(Observed("MK-329", "macke-orders-unknown-member", "ignored" if done else "refused", (answer.id,)))


@verifies("MK-330")
def test_a_body_without_a_type_is_recorded(desk: Desk, judge: Judge) -> None:
    order = desk.order()
    letter = "P" if order.status != "P" else "O"
    answer = desk.market.put_raw(order.id, b'{"status": "%b"}' % letter.encode(), None)
    option = refused_or(answer, lambda: "read-as-json" if desk.look(order.id).status == letter else "ok-ignored")
    judge(Observed("MK-330", "macke-orders-content-type", option, (answer.id,)))
