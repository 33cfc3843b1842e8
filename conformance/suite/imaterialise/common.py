"""What the scenarios share: data to ask about, and relations between answers that hold for all three APIs."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import strategies as st

from conformance.checks import Answer, Blocked, Broken, Judge, Kept, NotTestable
from conformance.checks.compare import differences
from conformance.checks.outcome import kept_if
from conformance.contract import Format
from conformance.contract.tree import wire_text
from conformance.suite.context import Context
from conformance.suite.imaterialise.bookkeeper import Bookkeeper
from conformance.suite.imaterialise.orders import Order
from conformance.suite.imaterialise.probes import unknown_id
from conformance.target import Unmet

CART_STATES = {
    "cart.not_ordered": "NotOrdered",
    "cart.pending": "Pending",
    "cart.checked_out": "CheckedOut",
    "cart.ordered": "Ordered",
}
"""Every state of a cart, by the need for a cart in it."""


def same_in_both(judge: Judge, json_answer: Answer, xml_answer: Answer, requirement: str) -> None:
    """Both answers carry the same values, member by member. A member that is broken already is not blamed again.

    Raises:
        Blocked: they differ only in members that other findings are about.
    """
    seen = (json_answer.id, xml_answer.id)
    body = json_answer.operation.answer
    blocking = ""
    for difference in differences(json_answer.document, xml_answer.document, body.schema):
        member = body.requirement(difference.path)
        if member in judge.faults and member != requirement:
            blocking = member
            continue
        where = xml_answer.where(*difference.path)
        expected = f"{wire_text(difference.left)}, as in the other answer ({json_answer.id})"
        judge(Broken(requirement, where, expected, wire_text(difference.right), seen))
    if blocking:
        raise Blocked(blocking)
    judge(Kept(requirement, seen))


def some_orders(keeper: Bookkeeper, count: int) -> list[Order]:
    """Orders to ask for, spread over the book.

    Raises:
        NotTestable: the target shows fewer.
    """
    known = keeper.book.known()
    if len(known) < count:
        raise NotTestable(f"needs {count} orders of this API code; the target shows {len(known)}: place some there")
    return known[:: max(1, len(known) // count)][:count]


def shows_no_orders(answer: Answer, requirement: str) -> Kept | Broken:
    """A refusal comes with no order at all; one by HTTP alone, without a body that can be read, shows none."""
    shown = [] if answer.refused_by_http and not answer.readable else answer.document.get("orders") or []
    return kept_if(not shown, requirement, where="$.orders", expected="no orders beside the error",
                   actual=f"{len(shown)} orders", exchanges=(answer.id,))  # fmt: skip


def strangers(context: Context, count: int) -> list[str]:
    """Ids that no cart has."""
    return [unknown_id(context, f"cart {index}") for index in range(count)]


def known_carts(context: Context) -> list[str]:
    """Every cart of the target that we know, one for each state.

    Raises:
        Unmet: there is none.
    """
    return any_carts(context) or [str(context.data.one("cart.pending")["cartId"])]


def any_carts(context: Context) -> list[str]:
    """The same, or none where the target lends none."""
    found = []
    for need in CART_STATES:
        with suppress(Unmet):
            found.append(str(context.data.one(need)["cartId"]))
    return found


def offered(context: Context) -> st.SearchStrategy[Format]:
    """One of the formats that the target offers."""
    return st.sampled_from(context.target.formats)
