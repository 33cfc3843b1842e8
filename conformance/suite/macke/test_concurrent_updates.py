"""Updates at the same moment: each does what it says, to its own order, and none takes back what another has done."""

from __future__ import annotations

from conformance.checks import Judge, Kept, verifies
from conformance.contract import Contract
from conformance.suite.macke.common import BY_STATUS, accepted, finds, has_status, names_the_order, unchanged
from conformance.suite.macke.desk import Desk, another

CITED = ("MK-302", "MK-306", "MK-341", "MK-343")
BY_BOTH = BY_STATUS | {"vendor_ref"}


@verifies(*CITED)
def test_updates_at_the_same_moment_are_all_done(desk: Desk, contract: Contract, judge: Judge) -> None:
    # Who loses a reference with any status loses it here whenever the status comes last: that is not the moment's fault.
    lasting = judge(desk.keeps_reference(desk.order()))
    orders = desk.orders(2)
    letters = [another(order) for order in orders]
    references = [desk.reference(f"at once {place}") for place in range(2)]
    updates = [
        (order.id, members)
        for order, letter, reference in zip(orders, letters, references, strict=True)
        for members in ({"status": letter}, {"vendor_ref": reference})
    ]
    answers = desk.market.put_at_once(updates)
    for (order_id, members), answer in zip(updates, answers, strict=True):
        judge(names_the_order(answer, order_id, "MK-302" if "status" in members else "MK-341"))
    for place, order in enumerate(orders):
        moved, given = answers[2 * place], answers[2 * place + 1]
        seen = (moved.id, given.id)
        if not (accepted(moved) and accepted(given)):
            continue  # one of them may have to wait: a client error says so
        after = desk.look(order.id)
        # Each was accepted, so each has been done: what is missing was taken back by the other one.
        judge(has_status(after, letters[place], "MK-343", seen))
        if lasting:
            judge(finds(desk.market.search(references[place]), order.id, "MK-306", f"vendor_ref {references[place]}"))
        judge(unchanged(contract, order, after, "MK-306", seen, BY_BOTH))
    judge(Kept(requirement) for requirement in CITED)
