"""SetOrderComment and SetTrackNumber: what is set is what the order shows from then on, letter by letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest

from conformance.checks import Judge, Kept, Observed, verifies
from conformance.checks.outcome import Broken, kept_if
from conformance.suite.atonce import at_once
from conformance.suite.dandomain.book import Bookkeeper
from conformance.suite.dandomain.clients import JSON_TYPE, Shop
from conformance.suite.dandomain.common import answered, status_seen, succeeds, unchanged
from conformance.suite.dandomain.orders import MODIFIED, Order, shown
from conformance.suite.dandomain.shopdata import ShopData
from conformance.suite.dandomain.texts import COMMENT, LETTERS, LONG, SPECIAL, TEXTS, Text


def each(*offsets: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The same test for both texts, each with its own requirements."""
    rows = [pytest.param(text, id=text.name, marks=verifies(*map(text.id, offsets))) for text in TEXTS]
    return pytest.mark.parametrize("text", rows)


def kept_as_sent(shop: Shop, order: Order, text: Text, sent: str, requirement: str) -> Kept | Broken:
    """Sets a text and looks at the order."""
    answer = text.set(shop, order.id, sent)
    looked, seen = text.shown_by(shop, order.id)
    return kept_if(sent in seen, requirement, where=f"$.{text.members[0]}", expected=sent,
                   actual=" and ".join(filter(None, seen)) or "nothing", exchanges=(answer.id, looked.id))  # fmt: skip


def all_kept_as_sent(
    shop: Shop, order: Order, text: Text, samples: tuple[str, ...], requirement: str
) -> Iterator[Kept | Broken]:
    """Several samples in one text; where that does not come back, one after the other, to show which is lost."""
    whole = kept_as_sent(shop, order, text, "|".join(samples), requirement)
    if isinstance(whole, Kept):
        yield whole
        return
    for sent in samples:
        yield kept_as_sent(shop, order, text, sent, requirement)


@each(0)
def test_setting_it_returns_true(shop: Shop, data: ShopData, judge: Judge, text: Text) -> None:
    judge(answered(text.set(shop, data.scratch().id, "ABC-123"), True, text.id(0)))


@each(6)
def test_the_order_shows_it(shop: Shop, data: ShopData, judge: Judge, text: Text) -> None:
    order = data.scratch()
    judge(kept_as_sent(shop, order, text, "called back on Monday", text.id(6)))
    if text is COMMENT:
        looked, seen = text.shown_by(shop, order.id)
        option = "comment" if seen and seen[0] else "customer-comment"
        judge(Observed("DD-656", "dandomain-orders-comment-member", option, (looked.id,)))


@each(7)
def test_letters_of_any_script_are_kept(shop: Shop, data: ShopData, judge: Judge, text: Text) -> None:
    judge(all_kept_as_sent(shop, data.scratch(), text, LETTERS, text.id(7)))


@each(8)
def test_characters_that_are_special_in_an_address_are_kept(
    shop: Shop, data: ShopData, judge: Judge, text: Text
) -> None:
    judge(all_kept_as_sent(shop, data.scratch(), text, SPECIAL, text.id(8)))


@each(9)
def test_how_long_it_may_be_is_recorded(shop: Shop, data: ShopData, judge: Judge, text: Text) -> None:
    order = data.scratch()
    answer = text.set(shop, order.id, LONG)
    _, seen = text.shown_by(shop, order.id)
    option = "refused" if not succeeds(answer) else "kept" if LONG in seen else "cut"
    judge(Observed(text.id(9), text.reading("length"), option, (answer.id,)))


@each(10, 11)
def test_what_nothing_does_is_recorded(shop: Shop, data: ShopData, judge: Judge, text: Text) -> None:
    for offset, about, sent in ((10, "empty", ""), (11, "missing", None)):
        order = data.scratch()
        text.set(shop, order.id, "set before")
        answer = text.set(shop, order.id, sent)
        _, seen = text.shown_by(shop, order.id)
        option = "refused" if not succeeds(answer) else "kept" if "set before" in seen else "cleared"
        judge(Observed(text.id(offset), text.reading(about), option, (answer.id,)))


@each(15)
def test_a_second_text_takes_the_place_of_the_first(shop: Shop, data: ShopData, judge: Judge, text: Text) -> None:
    order = data.scratch()
    text.set(shop, order.id, "the first")
    answer = text.set(shop, order.id, "second")
    looked, seen = text.shown_by(shop, order.id)
    both = any("the first" in value and "second" in value for value in seen)
    option = "replaced" if "second" in seen else "appended" if both else ""
    if option:
        judge(Observed(text.id(15), text.reading("mode"), option, (answer.id, looked.id)))
    else:
        judge(Broken(text.id(15), f"$.{text.members[0]}", "second", " and ".join(seen), (answer.id, looked.id)))


@each(12)
def test_nothing_else_of_the_order_changes(shop: Shop, data: ShopData, judge: Judge, text: Text) -> None:
    for order in (data.scratch(), data.fresh()):  # a new one is not complete and has no state, which it could get
        before = data.look(order.id) or order
        answer = text.set(shop, order.id, "ABC-123")
        judge(unchanged(before, data.look(order.id), text.id(12), (answer.id,), but=(*text.members, *MODIFIED)))


@each(6)
def test_texts_that_come_at_once_are_not_mixed_up(shop: Shop, data: ShopData, judge: Judge, text: Text) -> None:
    sent = {order.id: f"for {order.id} alone" for order in (data.fresh(), data.fresh())}
    operation, name = ("SetOrderComment", "comment") if text is COMMENT else ("SetTrackNumber", "tracknumber")
    answers = at_once(shop.api, [
        partial(shop.api.send, operation, path={"orderId": id_}, query=[(name, said)], accept=shop.accept, body=b"",
                content_type=JSON_TYPE) for id_, said in sent.items()
    ])  # fmt: skip
    for (id_, said), answer in zip(sent.items(), answers, strict=True):
        if not answer.says_success:
            continue  # refused while another one is under way: nothing was promised
        looked, seen = text.shown_by(shop, id_)
        judge(kept_if(said in seen, text.id(6), where=f"$.{text.members[0]}", expected=said,
                      actual=" and ".join(filter(None, seen)) or "nothing", exchanges=(answer.id, looked.id)))  # fmt: skip


@each(16)
def test_other_orders_stay_as_they_are(shop: Shop, data: ShopData, judge: Judge, text: Text) -> None:
    other, order = data.spare(), data.scratch()
    before = data.look(other.id) or other
    answer = text.set(shop, order.id, "ABC-123")
    judge(unchanged(before, data.look(other.id), text.id(16), (answer.id,)))


@each(13)
def test_the_answer_is_a_truth_value(shop: Shop, data: ShopData, judge: Judge, text: Text) -> None:
    answer = text.set(shop, data.scratch().id, "ABC-123")
    good = answer.says_success and isinstance(answer.value, bool)
    judge(kept_if(good, text.id(13), where="$", expected="true or false", actual=f"HTTP {answer.status}",
                  exchanges=(answer.id,)))  # fmt: skip


@each(4, 5)
def test_an_unknown_order_does_not_have_it(shop: Shop, data: ShopData, judge: Judge, text: Text) -> None:
    answer = text.set(shop, data.vacant(), "ABC-123")
    judge(kept_if(not succeeds(answer), text.id(4), where="$", expected="not true, for an order that does not exist",
                  actual="true", exchanges=(answer.id,)))  # fmt: skip
    if not succeeds(answer):
        false = answer.says_success and answer.value is False
        option = "false" if false else status_seen(answer, "404", "400")
        judge(Observed(text.id(5), text.reading("unknown-order"), option, (answer.id,)))


@each(6)
def test_the_lists_show_it_too(shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge, text: Text) -> None:
    """What GetOrder shows at once, a list must not show later or never."""
    order = data.scratch()
    text.set(shop, order.id, "in every list")
    answer = shop.created(keeper.tomorrow - timedelta(days=3), keeper.tomorrow + timedelta(days=1))
    rows = [row for row in shown(answer) if row.id == order.id]
    seen = text.of(rows[0]) if rows else []
    judge(kept_if("in every list" in seen, text.id(6), where=f"$[*].{text.members[0]}", expected="in every list",
                  actual=" and ".join(seen) if rows else "the order is not listed", exchanges=(answer.id,)))  # fmt: skip
