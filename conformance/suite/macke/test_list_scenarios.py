"""The list: what it holds, its pages, and what stands beside the orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest

from conformance.checks import Broken, Judge, Kept, NotTestable, Observed, verifies
from conformance.checks.outcome import kept_if
from conformance.suite.macke.book import Blame
from conformance.suite.macke.clients import Market, Question
from conformance.suite.macke.common import Seen, found_in, refused, told
from conformance.suite.macke.desk import Desk
from conformance.suite.macke.keeper import Keeper
from conformance.suite.macke.orders import HIDDEN, Order, ids, integer_of, named, orders_of, params_of, total_of
from conformance.target import Unmet
from conformance.wire import Refused

DETAIL_MEMBERS = 20
"""A short row has about a dozen members, the details have sixty."""


@verifies("MK-001", "MK-031", "MK-032", "MK-035", "MK-036")
def test_the_list_without_parameters_is_answered(market: Market, judge: Judge) -> None:
    answer = market.list()
    seen = (answer.id,)
    judge.demand(kept_if(answer.status == 200, "MK-001", where="status", expected="HTTP 200", actual=told(answer),
                         exchanges=seen))  # fmt: skip
    rows, params = orders_of(answer), params_of(answer)
    bare = isinstance(answer.value, list)
    shape = "bare-list" if bare else "orders-and-params" if "params" in answer.value else "orders-only"
    judge(Observed("MK-031", "macke-orders-list-envelope", shape, seen))
    if not rows:
        raise NotTestable("needs orders of this account; the target shows none: place some there")
    full = "detailed" if len(rows[0].raw) > DETAIL_MEMBERS else "short"
    judge(Observed("MK-032", "macke-orders-list-rows", full, seen))
    judge(Observed("MK-035", "macke-orders-total-items", "absent" if total_of(answer) is None else "shown", seen))
    judge(Observed("MK-036", "macke-orders-params-echo", _echo(params, 1, 10), seen))


def _echo(params: object, page: int, size: int) -> str:
    shown = params if isinstance(params, dict) else {}
    if "page" not in shown and "items_per_page" not in shown:
        return "absent"
    asked = integer_of(shown.get("page")) == page and integer_of(shown.get("items_per_page")) == size
    return "as-asked" if asked else "other"


@verifies("MK-040", "MK-042", "MK-055", "MK-056")
def test_the_list_without_parameters_holds_the_ten_newest_orders(keeper: Keeper) -> None:
    keeper.default()
    keeper.market.list(Question(page=2, size=3, sort_by="total", sort_order="asc"))
    for _ in range(3):
        keeper.default()  # whatever was asked before, and every time


@pytest.mark.parametrize(
    ("question", "requirement"),
    [
        pytest.param(Question(page=1), "MK-041", id="page", marks=verifies("MK-041")),
        pytest.param(Question(size=10), "MK-043", id="size", marks=verifies("MK-043")),
        pytest.param(Question(sort_by="date"), "MK-057", id="key", marks=verifies("MK-057")),
        pytest.param(Question(sort_order="desc"), "MK-059", id="direction", marks=verifies("MK-059")),
    ],
)
def test_a_default_that_is_said_changes_nothing(keeper: Keeper, question: Question, requirement: str) -> None:
    keeper.page(question, Blame.all(requirement))


@verifies("MK-041", "MK-043", "MK-044", "MK-045", "MK-267")
def test_pages_divide_the_list_without_loss_or_overlap(keeper: Keeper, judge: Judge) -> None:
    book = keeper.book
    size = _size_for(book.orders, 5 if book.whole else 25)
    last = -(-len(book.orders) // size) if book.whole else 4
    if last < 2:
        raise NotTestable(f"needs 3 orders of this account; the target shows {len(book.orders)}: place some there")
    shown: list[str] = []
    evidence = []
    for page in range(1, last + 1):
        blame = Blame("MK-041", "MK-041", "MK-041", "MK-043")
        if page == last and book.whole:
            blame = Blame("MK-041", "MK-045", "MK-041", "MK-045")
        answer = keeper.page(Question(page=page, size=size), blame)
        shown += found_in(answer)
        evidence.append(answer.id)
    due = ids(keeper.book.orders)[: len(shown)] if not book.whole else ids(keeper.book.orders)
    twice = sorted({id_ for id_ in shown if shown.count(id_) > 1})
    lost = [id_ for id_ in due if id_ not in shown] if book.whole else []
    expected = f"each of {len(due)} orders on one page"
    if twice or lost:
        actual = f"{named(twice)} on two pages" if twice else f"{named(lost)} on none"
        judge(Broken("MK-044", "$.orders", expected, actual, tuple(evidence)))
    else:
        judge(Kept("MK-044", tuple(evidence)))
    judge(Kept("MK-041"), Kept("MK-043"))
    judge(Kept("MK-045") if book.whole else _last_page(keeper, size))
    judge(_unique(keeper))


def _size_for(orders: Sequence[Order], parts: int) -> int:
    """A size that makes about so many pages: one of them ends between orders of the same second, the last is shorter."""
    wanted, count = -(-len(orders) // parts), len(orders)

    def drawbacks(size: int) -> tuple[bool, bool, int]:
        ends = range(size, count, size)
        parted = any(orders[end - 1].timestamp == orders[end].timestamp for end in ends)
        return not parted, count % size == 0, abs(size - wanted)

    return min(range(2, 26), key=drawbacks)


def _last_page(keeper: Keeper, size: int) -> Kept | Broken:
    """The last page of a list that is too long to be known, where the list says how long it is."""
    total = total_of(keeper.market.list(Question(size=size)))
    if total is None:
        return Kept("MK-045")
    answer = keeper.market.list(Question(page=-(-total // size), size=size))
    left = total % size or size
    return kept_if(len(found_in(answer)) == left, "MK-045", where="$.orders", expected=f"{left} of {total} orders",
                   actual=told(answer), exchanges=(answer.id,))  # fmt: skip


def _unique(keeper: Keeper) -> Kept | Broken:
    """Different orders never share an id; the same order on two pages is another matter."""
    orders, evidence = keeper.everything(Question())
    known = keeper.book.by_id()
    clash = [order.id for order in orders if order.id in known and order.timestamp != known[order.id].timestamp]
    return kept_if(not clash, "MK-267", where="$.orders", expected="one order for each order_id",
                   actual=f"two for {named(clash)}", exchanges=evidence)  # fmt: skip


@verifies("MK-034")
def test_the_total_counts_all_orders(keeper: Keeper, judge: Judge) -> None:
    answer = keeper.market.list(Question(size=3))
    total, book = total_of(answer), keeper.book
    if total is None:
        judge(Observed("MK-034", "macke-orders-total-items", "absent", (answer.id,)))
    elif not book.whole:
        judge(_ends_at(keeper, total))
    elif total != len(book.orders) and not keeper.steady.data_changed():
        judge(Broken("MK-034", "$.params.total_items", str(len(book.orders)), str(total), (answer.id, *book.evidence)))
    else:
        judge(Kept("MK-034", (answer.id,)))


def _ends_at(keeper: Keeper, total: int) -> Kept | Broken:
    """There is an order at the place that the total names, and none after it."""
    size = 10
    last = keeper.market.list(Question(page=-(-total // size), size=size))
    after = keeper.market.list(Question(page=-(-total // size) + 1, size=size))
    right = len(found_in(last)) == (total % size or size) and not found_in(after)
    return kept_if(right, "MK-034", where="$.params.total_items", expected=f"{total} orders on the pages",
                   actual=f"{told(last)} on the last page, {told(after)} after it",
                   exchanges=(last.id, after.id))  # fmt: skip


@verifies("MK-039")
def test_an_order_with_details_is_listed(keeper: Keeper, desk: Desk, judge: Judge) -> None:
    try:
        order = desk.order()
        desk.market.put(order.id, {"vendor_ref": desk.reference("listed")})
    except (Unmet, Refused):
        order = keeper.some(1)[0]
    judge(_is_listed(keeper, order))
    with suppress(Unmet):
        guest = desk.own.lent_for_looking("order.guest")
        judge(_is_listed(keeper, desk.look(guest)))
    for order in _not_in(keeper):
        judge(_is_listed(keeper, order))


def _not_in(keeper: Keeper) -> Iterator[Order]:
    """Orders that the book does not have, and that show when they are asked for: ids next to those that it has."""
    book = keeper.book
    known = {int(id_) for id_ in book.by_id()} if book.whole else set()
    before = [id_ - 1 for id_ in sorted(known) if id_ > 1 and id_ - 1 not in known]
    first = [before[0] - back for back in (0, 1, 2) if before[0] > back] if before else []
    for id_ in dict.fromkeys([*first, *before[-1:]]):
        answer = keeper.market.get(id_)
        order = Order(answer.document if answer.says_success else {})
        # Neither the hidden status nor an order that the shop has divided into several is listed.
        if order.id == str(id_) and order.status != HIDDEN and order.raw.get("is_parent_order") != "Y":
            yield order


def _is_listed(keeper: Keeper, order: Order) -> Kept | Broken:
    # The order is among the newest, or among those that its customer placed.
    by_date, evidence = keeper.everything(Question())
    found = order.id in ids(by_date)
    if not found and not keeper.book.whole and order.user:
        more, seen = keeper.everything(Question(user=order.user))
        found, evidence = order.id in ids(more), (*evidence, *seen)
    return kept_if(found, "MK-039", where="$.orders", expected=f"order {order.id} on one of the pages",
                   actual=f"{len(by_date)} other orders", exchanges=evidence)  # fmt: skip


@verifies("MK-038")
def test_what_no_order_answers_is_recorded(keeper: Keeper, judge: Judge) -> None:
    answer = keeper.market.list(Question(user=1_999_999_999))
    if answer.status == 404 or (answer.says_success and not found_in(answer)):
        option = "not-found" if answer.status == 404 else "empty-list"
        judge(Observed("MK-038", "macke-orders-empty-list", option, (answer.id,)))
    else:
        judge(Broken("MK-092", "$.orders", "no order of a customer who does not exist", told(answer), (answer.id,)))


@verifies("MK-046")
def test_a_page_past_the_end_is_recorded(keeper: Keeper, judge: Judge) -> None:
    answer = keeper.market.list(Question(page=1_000_000))
    option = "refused" if refused(answer) else "other-page" if found_in(answer) else "empty"
    judge(Observed("MK-046", "macke-orders-past-the-end", option, (answer.id,)))


@verifies("MK-002", "MK-047")
def test_odd_pages_are_recorded(keeper: Keeper, judge: Judge) -> None:
    first = keeper.market.list(Question(page=1, size=5))
    seen = Seen("MK-047", "macke-orders-invalid-page")
    for page in (0, -1, "abc"):
        answer = keeper.market.list(Question(page=page, size=5))
        if refused(answer):
            seen.add("refused", answer)
        elif not found_in(answer):
            seen.add("nothing", answer)
        else:
            seen.add("first-page" if found_in(answer) == found_in(first) else "mixed", answer)
    judge(seen.outcome())


@verifies("MK-002", "MK-048")
def test_odd_sizes_of_pages_are_recorded(keeper: Keeper, judge: Judge) -> None:
    default = len(found_in(keeper.default()))
    seen = Seen("MK-048", "macke-orders-invalid-items-per-page", "other")
    for size in ("abc", -5):
        answer = keeper.market.list(Question(size=size))
        if refused(answer):
            seen.add("refused", answer)
        else:
            seen.add("default" if len(found_in(answer)) == default else "other", answer)
    judge(seen.outcome())


@pytest.mark.parametrize(
    ("size", "requirement", "reading"),
    [
        pytest.param(0, "MK-049", "zero-items-per-page", id="none", marks=verifies("MK-049")),
        pytest.param(1000, "MK-050", "large-items-per-page", id="very-many", marks=verifies("MK-050")),
    ],
)
def test_extreme_sizes_of_pages_are_recorded(
    keeper: Keeper, judge: Judge, size: int, requirement: str, reading: str
) -> None:
    default, answer = len(found_in(keeper.default())), keeper.market.list(Question(size=size))
    count, known = len(found_in(answer)), len(keeper.book.orders)
    if refused(answer):
        option = "refused"
    elif size:
        least = min(size, known)
        option = "too-few-orders" if known <= default else "honoured" if count >= least else "limited"
    else:
        option = "none" if not count else "default" if count == default < known else "all" if count >= known else "other"
    judge(Observed(requirement, f"macke-orders-{reading}", option, (answer.id,)))
