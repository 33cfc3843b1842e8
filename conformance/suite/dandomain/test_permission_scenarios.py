"""Keys: an invalid one and one without the permission are refused by every operation, and nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from conformance.checks import Answer, Blocked, Judge, verifies
from conformance.suite.context import Context
from conformance.suite.dandomain.book import Bookkeeper
from conformance.suite.dandomain.clients import shop_with
from conformance.suite.dandomain.common import succeeded, succeeds, unchanged
from conformance.suite.dandomain.keys import ABOUT, CALLS, Call, having_only, lacking, nobodys
from conformance.suite.dandomain.orders import Order
from conformance.suite.dandomain.refusals import Watch, refused_with, turned_down
from conformance.suite.dandomain.shopdata import ShopData

READS = 4
STATUSES = ("400", "401", "403", "404")


def each(row: Callable[[Call], Iterable[str]]) -> pytest.MarkDecorator:
    """The same test for every operation, each with its own requirement."""
    rows = [pytest.param(call, id=call.operation, marks=verifies(*row(call))) for call in CALLS]
    return pytest.mark.parametrize("call", rows)


def spared(call: Call, data: ShopData) -> tuple[Order, Watch | None]:
    """An order to ask about, and what looks for orders that were made; a read asks about one that all tests share."""
    if not call.changes:
        known = Bookkeeper(data.context).book.known() if data.context.recorder.read_only else []
        return known[-1] if known else data.spare(), None
    if call.permission == "CREATE":
        return data.spare(), Watch(data, ABOUT)
    order = data.fresh()
    return data.look(order.id) or order, None


def no_effect(
    call: Call, data: ShopData, judge: Judge, order: Order, watch: Watch | None, requirement: str, tried: list[Answer]
) -> None:
    """What was refused has not happened."""
    if watch:
        judge(watch.judged(requirement, tried))
    elif call.changes:
        judge(unchanged(order, data.look(order.id), requirement, [answer.id for answer in tried]))


@each(lambda call: (call.key_row, "DD-022"))
def test_a_key_that_was_never_issued_is_refused(context: Context, data: ShopData, judge: Judge, call: Call) -> None:
    order, watch = spared(call, data)
    # A door that stands open now and then is open. What only reads can be tried more than once.
    for _ in range(1 if call.changes else READS):
        answer = call.ask(shop_with(context, nobodys(context, call.operation)), data, order)
        judge(turned_down(answer, call.key_row, f"{call.operation} with a key that was never issued"))
        judge(refused_with(answer, "DD-022", "wrong-key-status", *STATUSES))
    no_effect(call, data, judge, order, watch, call.key_row, [answer])


@each(lambda call: ("DD-020", "DD-021"))
def test_what_is_no_key_is_refused(context: Context, data: ShopData, judge: Judge, call: Call) -> None:
    order, watch = spared(call, data)
    guid = nobodys(context, call.operation)
    for requirement, key in (("DD-020", f"not-a-key-{guid[:8]}"), ("DD-021", "")):
        answer = call.ask(shop_with(context, key), data, order)
        judge(turned_down(answer, requirement, f"{call.operation} with the key {key!r}"))
        if requirement == "DD-021" or judge.attempt.broken:
            no_effect(call, data, judge, order, watch, requirement, [answer])


@each(lambda call: (call.permission_row, "DD-023"))
def test_a_key_without_the_permission_is_refused(context: Context, data: ShopData, judge: Judge, call: Call) -> None:
    order, watch = spared(call, data)
    tried = []
    for name, shop in lacking(context, call.permission).items():
        answer = call.ask(shop, data, order)
        tried.append(answer)
        judge(turned_down(answer, call.permission_row, f"{call.operation} with {name}, which has no {call.permission}"))
        judge(refused_with(answer, "DD-023", "missing-permission-status", *STATUSES))
    no_effect(call, data, judge, order, watch, call.permission_row, tried)


@each(lambda call: ("DD-024",))
def test_a_key_with_only_the_permission_will_do(context: Context, data: ShopData, judge: Judge, call: Call) -> None:
    order = data.fresh() if call.permission in {"UPDATE", "DELETE"} else data.spare()
    answer = call.ask(having_only(context, call.permission), data, order)
    if not succeeds(answer) and call.permission != "DELETE" and not succeeds(call.ask(data.shop, data, order)):
        raise Blocked(f"DD-{call.first}")  # it is not the key: the operation does not work at all
    judge(succeeded(answer, "DD-024", f"{call.operation} done for a key with {call.permission} alone"))
