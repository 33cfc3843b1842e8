"""The search by vendor_ref: what it finds, how it shows it, and what it says when it finds nothing."""

from __future__ import annotations

import pytest

from conformance.checks import Answer, Broken, Judge, Kept, Observed, verifies
from conformance.checks.outcome import kept_if
from conformance.contract import Contract
from conformance.contract.tree import properties_of, wire_text
from conformance.suite.context import Context
from conformance.suite.macke.book import alike
from conformance.suite.macke.clients import Market, learn_search_path, says_nothing_found, understood
from conformance.suite.macke.common import finds, finds_not, found_in, refused, told
from conformance.suite.macke.desk import Desk
from conformance.suite.macke.orders import Order, named, orders_of

AGAIN = 3
"""How often a search that found is repeated: what is found now and then is not found."""
EXAMPLE = "ABC1234"
"""The reference of the document's example."""


@verifies("MK-370", "MK-371", "MK-373", "MK-374", "MK-375", "MK-381", "MK-387")
def test_a_search_finds_exactly_the_order_with_the_reference(desk: Desk, contract: Contract, judge: Judge) -> None:
    one, other = desk.orders(2)
    reference, stranger = desk.reference("search one"), desk.reference("search other")
    desk.give(one.id, reference)
    desk.give(other.id, stranger)
    answer = desk.market.search(reference)
    seen = (answer.id,)
    judge.demand(kept_if(answer.status == 200, "MK-370", where="status", expected=f"HTTP 200 for vendor_ref {reference}",
                         actual=told(answer), exchanges=seen))  # fmt: skip
    judge.demand(finds(answer, one.id, "MK-371", f"vendor_ref {reference}"))
    for _ in range(AGAIN):
        judge(finds(desk.market.search(reference), one.id, "MK-371", f"vendor_ref {reference}, as before"))
    judge(finds_not(answer, other.id, "MK-375", f"vendor_ref {reference}"))
    found = [order for order in orders_of(answer) if order.id == one.id]
    judge(kept_if(len(found) == 1, "MK-387", where="$", expected=f"order {one.id} once", actual=f"{len(found)} times",
                  exchanges=seen))  # fmt: skip
    shape = "bare-list" if isinstance(answer.value, list) else "orders-object"
    judge(Observed("MK-381", "macke-orders-search-envelope", shape, seen))
    _judge_details(desk, contract, judge, found[0], answer)


def _judge_details(desk: Desk, contract: Contract, judge: Judge, found: Order, answer: Answer) -> None:
    """A result says what the order's details say, and as much."""
    details = desk.look(found.id)
    documented = properties_of(contract.operations["getOrder"].answer.schema)
    for name, left, right in alike(found, details, documented):
        judge(kept_if(False, "MK-373", where=f"$[0].{name}", expected=f"{wire_text(right)}, as in the details",
                      actual=wire_text(left), exchanges=(answer.id,)))  # fmt: skip
    lost = [name for name in documented if name in details.raw and name not in found.raw]
    judge(Kept("MK-373", (answer.id,)))
    judge(kept_if(not lost, "MK-374", where="$[0]", expected="the fields that the order's details show",
                  actual=f"without {named(lost)}", exchanges=(answer.id,)))  # fmt: skip


@verifies("MK-026")
def test_a_search_shows_no_orders_of_others(desk: Desk, judge: Judge) -> None:
    """Asks for references that orders of other accounts may have too: the document's example, and the target file's."""
    order, reference = desk.order(), desk.reference("own alone")
    desk.give(order.id, reference)
    lent = desk.context.target.data.get("marketplace", {}).get("vendor_ref", EXAMPLE)
    for text in dict.fromkeys((reference, str(lent), EXAMPLE)):
        answer = desk.market.search(text)
        for order_id in found_in(answer)[:8]:
            details = desk.market.get(order_id)
            judge(kept_if(details.says_success, "MK-026", where="$", expected="orders whose details are shown",
                          actual=f"order {order_id}, whose details are answered with {told(details)}",
                          exchanges=(answer.id, details.id)))  # fmt: skip


@verifies("MK-378", "MK-379", "MK-380")
def test_a_search_that_finds_nothing_says_so(desk: Desk, judge: Judge) -> None:
    answer = desk.market.search(desk.reference("nobody"))
    seen = (answer.id,)
    refused(answer)  # or accepted: a failure of the server is neither, and says nothing
    judge.demand(kept_if(answer.status == 404, "MK-378", where="status", expected="HTTP 404 for what nobody has",
                         actual=told(answer), exchanges=seen))  # fmt: skip
    body = answer.response.body.decode("utf-8", "replace")
    judge.demand(kept_if(says_nothing_found(answer), "MK-379", where="body", actual=body[:120] or "an empty body",
                         expected="the message “Your search did not return any results”", exchanges=seen))  # fmt: skip
    judge(Observed("MK-380", "macke-orders-miss-message", _place(answer), seen))


def _place(answer: Answer) -> str:
    try:
        parsed = answer.parsed
    except ValueError:
        return "elsewhere"
    message = parsed.get("message") if isinstance(parsed, dict) else None
    return "in-message" if isinstance(message, str) and "any results" in message else "elsewhere"


@verifies("MK-376", "MK-377")
def test_how_references_are_compared_is_recorded(desk: Desk, judge: Judge) -> None:
    order, reference = desk.order(), desk.reference("compare")
    desk.give(order.id, reference)
    part, other_case = desk.market.search(reference[:-2]), desk.market.search(reference.swapcase())
    option = "partial" if order.id in found_in(part) else "exact"
    judge(Observed("MK-376", "macke-orders-search-match", option, (part.id,)))
    option = "any-case" if order.id in found_in(other_case) else "exact-case"
    judge(Observed("MK-377", "macke-orders-search-case", option, (other_case.id,)))


@pytest.mark.parametrize(
    ("reference", "requirement", "reading"),
    [
        pytest.param(None, "MK-382", "search-without-parameter", id="missing", marks=verifies("MK-382")),
        pytest.param("", "MK-383", "search-empty-parameter", id="empty", marks=verifies("MK-383")),
    ],
)
def test_a_search_for_nothing_is_recorded(
    market: Market, judge: Judge, reference: str | None, requirement: str, reading: str
) -> None:
    answer = market.search(reference)
    if refused(answer):
        option = {400: "refused-400", 404: "not-found"}.get(answer.status, "refused-otherwise")
    else:
        option = "orders" if found_in(answer) else "empty-list"
    judge(Observed(requirement, f"macke-orders-{reading}", option, (answer.id,)))


@verifies("MK-384")
def test_which_path_searches_is_recorded(context: Context, market: Market, judge: Judge) -> None:
    without, slashed = learn_search_path(context)
    works = understood(without), understood(slashed)
    option = {(True, True): "both", (True, False): "without-slash", (False, True): "with-slash"}.get(works)
    if option is not None:
        judge(Observed("MK-384", "macke-orders-search-path", option, (without.id, slashed.id)))
        return
    answer = market.search("nobody")
    refused(answer)  # or accepted: a failure of the server is neither, and says nothing
    requirement = "MK-379" if answer.status == 404 else "MK-378"
    judge(Broken(requirement, "body", "404 and the message of a search that finds nothing, at one of the paths",
                 f"{told(without)} and {told(slashed)}", (without.id, slashed.id)))  # fmt: skip


@verifies("MK-385")
def test_pages_of_results_are_recorded(desk: Desk, judge: Judge) -> None:
    one, other = desk.orders(2)
    reference = desk.reference("pages")
    for order in (one, other):
        desk.market.put(order.id, {"vendor_ref": reference})
    whole = found_in(desk.market.search(reference))
    answer = desk.market.search(reference, {"items_per_page": "1", "page": "1"})
    shown = found_in(answer)
    option = "ignored" if shown == whole else "applied" if len(shown) == 1 < len(whole) else "other"
    judge(Observed("MK-385", "macke-orders-search-paging", option, (answer.id,)))
