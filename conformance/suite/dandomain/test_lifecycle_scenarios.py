"""DeleteOrder and CompleteOrder: what they answer, what comes of them, and what stays as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conformance.checks import Answer, Broken, Judge, Kept, NotTestable, Observed, Unseen, verifies
from conformance.checks.outcome import kept_if
from conformance.contract.tree import wire_text
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.common import answered, not_listed, refused, status_seen, succeeds, told, unchanged
from conformance.suite.dandomain.created import NO_STATE, agree
from conformance.suite.dandomain.keys import some_state
from conformance.suite.dandomain.orders import MODIFIED, Order, shown
from conformance.suite.dandomain.own import own_orders
from conformance.suite.dandomain.refusals import failed
from conformance.suite.dandomain.shopdata import ShopData
from conformance.suite.dandomain.texts import COMMENT, TRACK

DAY = timedelta(days=1)


def boolean(answer: Answer, requirement: str) -> Kept | Broken:
    """The answer is a bare boolean."""
    good = answer.says_success and isinstance(answer.value, bool)
    return kept_if(good, requirement, where="$", expected="true or false", actual=told(answer), exchanges=(answer.id,))


def complete(order: Order, seen: tuple[str, ...]) -> Kept | Broken | Unseen:
    """A completed order says that it is not incomplete, where it says anything about it."""
    shown_ = order.raw.get("incomplete", ...)
    if shown_ is ...:
        return Unseen("DD-455")
    return kept_if(shown_ is False, "DD-455", where="$.incomplete", expected="false once completed",
                   actual=wire_text(shown_), exchanges=seen)  # fmt: skip


def completed(data: ShopData, order: Order, answer: Answer) -> Kept | Broken | Unseen:
    """An order is complete whose completion succeeded."""
    after = data.look(order.id)
    return complete(after, (answer.id,)) if after and answer.says_success else Unseen("DD-455")


@verifies("DD-400", "DD-407", "DD-409")
def test_an_order_is_deleted_once(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.fresh()
    first, second = shop.delete(order.id), shop.delete(order.id)
    judge(answered(first, True, "DD-400"), answered(second, False, "DD-407"))
    judge(boolean(first, "DD-409"), boolean(second, "DD-409"))


@verifies("DD-405", "DD-406")
def test_a_deleted_order_is_gone_from_everywhere(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.fresh()
    shop.set_comment(order.id, "modified before it is deleted")
    answer = shop.delete(order.id)
    looked = shop.get(order.id)
    judge(kept_if(not shown(looked), "DD-405", where="$", expected=f"no order {order.id} after it was deleted",
                  actual=told(looked), exchanges=(answer.id, looked.id)))  # fmt: skip
    today = data.context.clock.date()
    for listing in (shop.created(today - 2 * DAY, today + 2 * DAY), shop.modified(today - 2 * DAY, today + 2 * DAY),
                    shop.of_customer(order.customer or "1")):  # fmt: skip
        judge(not_listed(listing, order.id, "DD-406", "which was deleted"))


@verifies("DD-408")
def test_other_orders_survive_a_deletion(shop: Shop, data: ShopData, judge: Judge) -> None:
    others = [data.fresh(), data.fresh()]
    before = {order.id: data.look(order.id) or order for order in others}
    middle = data.fresh()
    answer = shop.delete(middle.id)
    alike = next((id_ for id_ in own_orders(data.context).live if id_[-1] == middle.id[-1]), None)
    if alike is not None:  # a number that ends like the deleted one
        looked = shop.get(alike)
        judge(kept_if(bool(shown(looked)), "DD-408", where="$", expected=f"order {alike}, which nobody asked to delete",
                      actual=told(looked), exchanges=(answer.id, looked.id)))  # fmt: skip
    for order_id, order in before.items():
        judge(unchanged(order, data.look(order_id), "DD-408", (answer.id,)))


@verifies("DD-404", "DD-410", "DD-411")
def test_what_is_gone_is_not_found(shop: Shop, data: ShopData, judge: Judge) -> None:
    gone = data.vacant()
    judge(answered(shop.delete(gone), False, "DD-404"))
    judge(answered(shop.complete(gone), False, "DD-410"))
    for answer in (shop.set_comment(gone, "too late"), shop.set_track_number(gone, "too late")):
        judge(refused(answer, "DD-411", f"{answer.operation.id} of an order that was deleted"))
    looked = shop.get(gone)
    judge(kept_if(not shown(looked), "DD-411", where="$", expected=f"no order {gone}", actual=told(looked),
                  exchanges=(looked.id,)))  # fmt: skip


@verifies("DD-403", "DD-253", "DD-503", "DD-653", "DD-703", "DD-753")
def test_without_a_number_nothing_is_done_or_shown(shop: Shop, data: ShopData, judge: Judge) -> None:
    """The document says that the number cannot be null: an address that ends before it names no order."""
    order = data.spare()
    for answer, requirement in (
        (shop.get(""), "DD-253"), (shop.delete(""), "DD-403"), (shop.of_customer(""), "DD-503"),
        (shop.set_comment("", "nobody's"), "DD-653"), (shop.set_state("", 1), "DD-703"),
        (shop.set_track_number("", "nobody's"), "DD-753"),
    ):  # fmt: skip
        judge(refused(answer, requirement, f"{answer.operation.id} without a number"))
    looked = shop.get(order.id)
    judge(kept_if(bool(shown(looked)), "DD-403", where="$", expected=f"order {order.id}, which nobody asked to delete",
                  actual=told(looked), exchanges=(looked.id,)))  # fmt: skip


@verifies("DD-450", "DD-455", "DD-458", "DD-461", "DD-459")
def test_a_completed_order_is_complete_and_else_as_it_was(shop: Shop, data: ShopData, judge: Judge) -> None:
    before = order = data.worn()
    answer = shop.complete(order.id)
    judge.demand(answered(answer, True, "DD-450"), boolean(answer, "DD-461"))
    looked = shop.get(order.id)
    found = shown(looked)
    if not found:
        raise NotTestable("GetOrder does not show the order that was completed")
    after, seen = found[0], (answer.id, looked.id)
    judge(complete(after, seen))
    judge(unchanged(before, after, "DD-458", seen, but=("incomplete", "orderState", *MODIFIED)))
    counts = "counts" if after.modified and after.modified != before.modified else "does-not-count"
    judge(Observed("DD-459", "dandomain-orders-complete-modifies", counts, seen))


@verifies("DD-457", "DD-450", "DD-455")
def test_which_state_a_completed_order_has_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.fresh()
    answer = shop.complete(order.id)
    looked = shop.get(order.id)
    found = shown(looked)
    if not found:
        raise NotTestable("GetOrder does not show the order that was completed")
    judge(answered(answer, True, "DD-450"), complete(found[0], (answer.id, looked.id)))
    option = "none" if found[0].state in NO_STATE else "some"
    judge(Observed("DD-457", "dandomain-orders-complete-state", option, (answer.id, looked.id)))


@verifies("DD-455", "DD-656", "DD-707", "DD-756")
def test_a_completed_order_can_still_be_changed(shop: Shop, data: ShopData, judge: Judge) -> None:
    """The document says that comment, state and track number are set on an existing order; a complete one is."""
    order, state = data.fresh(), some_state(data)
    shop.complete(order.id)
    sent = [
        shop.set_comment(order.id, "after all"),
        shop.set_track_number(order.id, "B3-4"),
        shop.set_state(order.id, state),
    ]
    looked = shop.get(order.id)
    found = shown(looked)
    if not found:
        raise NotTestable("GetOrder does not show the order that was completed")
    seen = (*(answer.id for answer in sent), looked.id)
    judge(complete(found[0], seen))
    for requirement, due, now in (
        ("DD-656", "after all", COMMENT.of(found[0])), ("DD-756", "B3-4", TRACK.of(found[0])),
        ("DD-707", state, [found[0].state]),
    ):  # fmt: skip
        judge(kept_if(due in now, requirement, where="$", expected=f"{due}, set after the order was completed",
                      actual=" and ".join(filter(None, now)) or "nothing", exchanges=seen))  # fmt: skip


@pytest.mark.parametrize("complete", [False, True], ids=["incomplete", "complete"])
@verifies("DD-221", "DD-510", "DD-567")
def test_every_list_shows_an_order_as_get_order_does(shop: Shop, data: ShopData, judge: Judge, complete: bool) -> None:
    order, today = data.fresh(), data.context.clock.date()
    shop.created(today - 2 * DAY, today + 2 * DAY)  # what a list showed before the change must not come again
    shop.set_comment(order.id, "modified in any case")
    if complete:
        shop.complete(order.id)
    looked = shop.get(order.id)
    due = shown(looked)
    if not due:
        raise NotTestable("GetOrder does not show the order")
    for answer, requirement in (
        (shop.created(today - 2 * DAY, today + 2 * DAY), "DD-221"),
        (shop.of_customer(order.customer or "1"), "DD-510"),
        (shop.modified(today - 2 * DAY, today + 2 * DAY), "DD-567"),
    ):
        rows = [row for row in shown(answer) if row.id == order.id]
        judge(agree(looked, due[0], answer, rows[0], requirement) if rows else Unseen(requirement))


@verifies("DD-455")
def test_completing_one_order_completes_no_other(shop: Shop, data: ShopData, judge: Judge) -> None:
    other, order = data.fresh(), data.fresh()
    before = data.look(other.id) or other
    answer = shop.complete(order.id)
    judge(unchanged(before, data.look(other.id), "DD-455", (answer.id,)))
    judge(completed(data, order, answer))


@verifies("DD-453", "DD-454", "DD-463")
def test_nothing_is_completed_that_is_not_there(shop: Shop, data: ShopData, judge: Judge) -> None:
    judge(answered(shop.complete(data.vacant()), False, "DD-453"))
    answer = shop.complete("")
    judge(refused(answer, "DD-454", "CompleteOrder without a number"))
    if failed(answer) or succeeds(answer):
        return
    false = answer.says_success and answer.value is False
    option = "false" if false else status_seen(answer, "404", "405")
    judge(Observed("DD-463", "dandomain-orders-complete-without-number", option, (answer.id,)))


@verifies("DD-456", "DD-455")
def test_what_the_second_completion_says_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.fresh()
    first = shop.complete(order.id)
    judge(completed(data, order, first))
    answer = shop.complete(order.id)
    said = answer.value if answer.says_success else None
    option = "true" if said is True else "false" if said is False else "refused"
    judge(Observed("DD-456", "dandomain-orders-complete-twice", option, (answer.id,)))


@pytest.mark.parametrize("content_type", [None, "text/json"], ids=["php-sample", "csharp-sample"])
@verifies("DD-460", "DD-455")
def test_the_samples_send_an_empty_body(shop: Shop, data: ShopData, judge: Judge, content_type: str | None) -> None:
    order = data.fresh()
    answer = shop.complete(order.id, content_type=content_type)
    judge(answered(answer, True, "DD-460"))
    judge(completed(data, order, answer))
