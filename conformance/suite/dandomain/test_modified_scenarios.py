"""GetOrdersInModifiedInterval: which orders count as modified, and by which of their dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from conformance.checks import Answer, Judge, NotTestable, Observed, Outcome, Unseen, verifies
from conformance.checks.outcome import Broken, Kept, kept_if
from conformance.suite.dandomain.book import Bookkeeper
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.common import listed, listing, not_listed, refused, state_ids, succeeded, succeeds
from conformance.suite.dandomain.orders import Order, shown
from conformance.suite.dandomain.shopdata import ShopData

DAY = timedelta(days=1)
Change = Callable[[Shop, str], Answer]


def set_first_state(shop: Shop, order_id: str) -> Answer:
    """Sets the first state of the shop.

    Raises:
        NotTestable: it has none.
    """
    states = state_ids(shop.states())
    if not states:
        raise NotTestable("the shop has no order states")
    return shop.set_state(order_id, states[0])


CHANGES: dict[str, tuple[str, Change]] = {
    "comment": ("DD-561", lambda shop, order_id: shop.set_comment(order_id, "called back")),
    "state": ("DD-562", set_first_state),
    "track": ("DD-563", lambda shop, order_id: shop.set_track_number(order_id, "JD014600003DK")),
}


def rows_of(answer: Answer) -> set[str]:
    """The numbers of the orders that an answer lists."""
    return {order.id for order in shown(answer)}


@verifies("DD-550", "DD-556")
def test_the_answer_is_a_list(shop: Shop, keeper: Bookkeeper, judge: Judge) -> None:
    answer = shop.modified(keeper.tomorrow - 7 * DAY, keeper.tomorrow)
    judge(succeeded(answer, "DD-550", "a list of orders"))
    judge(listing(answer, "DD-556"))


@verifies("DD-557")
def test_an_order_created_and_modified_now_is_listed(
    shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge
) -> None:
    """By either reading: it was created in the interval, and modified in it, whatever counts as a modification."""
    order = data.fresh()
    for _, change in CHANGES.values():
        change(shop, order.id)
    answer = shop.modified(keeper.tomorrow - 3 * DAY, keeper.tomorrow + DAY)
    judge(listed(answer, order.id, "DD-557", "whose comment, state and track number were just set"))


@verifies("DD-561", "DD-562", "DD-563")
def test_which_changes_count_as_a_modification(shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge) -> None:
    changed: dict[str, Order] = {}
    for name, (_, change) in CHANGES.items():
        changed[name] = data.fresh()
        change(shop, changed[name].id)
    answer = shop.modified(keeper.tomorrow - 3 * DAY, keeper.tomorrow + DAY)
    for name, (requirement, _) in CHANGES.items():
        option = "counts" if changed[name].id in rows_of(answer) else "does-not-count"
        judge(Observed(requirement, f"dandomain-orders-{name}-modifies", option, (answer.id,)))


@verifies("DD-558")
def test_an_order_that_was_never_modified_is_not_listed(
    shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge
) -> None:
    order = data.fresh()
    if order.modified:
        # A shop may count the creation itself, or what it does at once after it, as a modification.
        raise NotTestable("a new order shows a modifiedDate: no order is known that was never modified")
    answer = shop.modified(keeper.tomorrow - 3 * DAY, keeper.tomorrow + DAY)
    judge(not_listed(answer, order.id, "DD-558", "which nobody has modified"))


@verifies("DD-550", "DD-560")
def test_which_date_the_interval_is_about(shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge) -> None:
    """An old order that is modified now tells the two readings apart: one of the two intervals holds it."""
    old = data.old()
    if old.created is None or old.created.date() > keeper.tomorrow - 35 * DAY:
        raise NotTestable(f"order {old.id} is no old one: it needs a createdDate at least 35 days ago")
    day, holds, seen = old.created.date(), (False, False), ("", "")
    for _, change in CHANGES.values():
        if any(holds):
            break  # one change that counts is enough
        change(shop, old.id)
        now = shop.modified(keeper.tomorrow - 3 * DAY, keeper.tomorrow + DAY)
        then = shop.modified(day - 2 * DAY, day + 2 * DAY)
        holds, seen = (old.id in rows_of(now), old.id in rows_of(then)), (now.id, then.id)
    if not any(holds):
        expected = f"order {old.id}, created on {day} and modified now, in the interval of one of the two dates"
        judge(Broken("DD-550", "$", expected, "in neither", seen))
        return
    option = {(True, False): "by-modification", (False, True): "created-and-modified"}.get(holds, "either")
    judge(Kept("DD-550", seen), Observed("DD-560", "dandomain-orders-modified-interval", option, seen))


@verifies("DD-559")
@pytest.mark.parametrize("ahead", [10, 400])
def test_an_interval_without_either_date_does_not_hold_the_order(
    shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge, ahead: int
) -> None:
    order = data.scratch()
    shop.set_comment(order.id, "modified today")
    start = keeper.tomorrow + ahead * DAY
    judge(not_listed(shop.modified(start, start + 5 * DAY), order.id, "DD-559", "neither created nor modified then"))
    judge(not_listed(shop.modified(start - 1500 * DAY, start - 1000 * DAY), order.id, "DD-559", "made in this run"))


@verifies("DD-553")
def test_a_missing_start_is_refused(shop: Shop, keeper: Bookkeeper, judge: Judge) -> None:
    judge(refused(shop.modified(None, keeper.tomorrow), "DD-553", "an interval without start"))


@verifies("DD-554")
def test_an_empty_start_is_refused(shop: Shop, keeper: Bookkeeper, judge: Judge) -> None:
    judge(refused(shop.modified("", keeper.tomorrow), "DD-554", "an interval with an empty start"))


@verifies("DD-555")
def test_a_missing_end_is_recorded(shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge) -> None:
    shop.set_comment(data.scratch().id, "modified today")
    answer = shop.modified(keeper.tomorrow - 3 * DAY, None)
    option = "refused" if not succeeds(answer) else "open" if shown(answer) else "empty"
    judge(Observed("DD-555", "dandomain-orders-modified-end-missing", option, (answer.id,)))


@verifies("DD-566")
def test_a_reversed_interval_is_recorded(shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge) -> None:
    shop.set_comment(data.scratch().id, "modified today")
    answer = shop.modified(keeper.tomorrow + DAY, keeper.tomorrow - 3 * DAY)
    option = "refused" if not succeeds(answer) else "swapped" if shown(answer) else "empty"
    judge(Observed("DD-566", "dandomain-orders-modified-reversed-interval", option, (answer.id,)))


@verifies("DD-564")
def test_whether_pages_are_served_is_recorded(shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge) -> None:
    """Parameters that only clients show: pages of one order each, counted from 1."""
    for _ in range(2):
        shop.set_comment(data.fresh().id, "one of two")
    span = (keeper.tomorrow - 2 * DAY, keeper.tomorrow + DAY)
    whole = shop.modified(*span)
    pages = [shop.modified(*span, more={"pageIndex": str(page), "pageSize": "1"}) for page in (1, 2)]
    rows = [[order.id for order in shown(answer)] for answer in (whole, *pages)]
    if not succeeds(pages[0]):
        option = "refused"
    elif rows[1] == rows[2] == rows[0]:
        option = "ignored"
    else:
        option = "paged" if [len(page) for page in rows[1:]] == [1, 1] and rows[1] != rows[2] else "other"
    judge(Observed("DD-564", "dandomain-orders-paging", option, (whole.id, *(page.id for page in pages))))


@verifies("DD-565")
def test_whether_a_state_narrows_the_list_is_recorded(
    shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge
) -> None:
    states = state_ids(shop.states())
    if len(states) < 2:
        raise NotTestable("the shop has fewer than two order states")
    orders = [data.fresh(), data.fresh()]
    for order, state in zip(orders, states, strict=False):
        shop.set_state(order.id, state)
        shop.set_comment(order.id, "in a state")
    answer = shop.modified(keeper.tomorrow - 2 * DAY, keeper.tomorrow + DAY, more={"orderstateid": states[0]})
    holds = tuple(order.id in rows_of(answer) for order in orders)
    option = {(True, False): "filtered", (True, True): "ignored"}.get((holds[0], holds[1]), "")
    if not succeeds(answer):
        option = "refused"
    if option:
        judge(Observed("DD-565", "dandomain-orders-state-filter", option, (answer.id,)))
    else:
        judge(Unseen("DD-565"))


@verifies("DD-568")
def test_whether_modified_follows_its_date_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.scratch()
    for _, change in CHANGES.values():
        change(shop, order.id)
    answer = shop.get(order.id)
    for now in shown(answer):
        follows = now.raw.get("modified") is (now.modified is not None)
        option = "follows-date" if follows else "independent"
        judge(Observed("DD-568", "dandomain-orders-modified-flag", option, (answer.id,)))


@verifies("DD-557", "DD-558", "DD-567")
def test_over_all_time_the_modified_orders_of_the_book_are_listed(keeper: Bookkeeper, judge: Judge) -> None:
    """Whatever the reading: an order that shows a modifiedDate is in the interval of all dates, and no other is."""
    book = keeper.book
    if not any(order.modified for order in book.orders.values()):
        raise NotTestable("no order of the shop shows a modifiedDate")

    def judged(answer: Answer) -> list[Outcome]:
        rows = {order.id: order for order in shown(answer)}
        due = [order for order in book.orders.values() if order.modified]
        never = [order for order in book.orders.values() if order.id in rows and not order.modified]
        return [
            *book.judge_due(answer, rows, due, "DD-557"),
            kept_if(not never, "DD-558", where="$", expected="only orders that show a modifiedDate",
                    actual=f"order {never[0].id if never else ''}, which shows none", exchanges=(answer.id,)),
            *book.judge_alike(answer, rows.values(), "DD-567"),
        ]  # fmt: skip

    keeper.judged(lambda: keeper.shop.modified(book.since, book.until), lambda _, answer: judged(answer))
