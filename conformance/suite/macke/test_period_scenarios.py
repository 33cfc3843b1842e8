"""updated_at_from and updated_at_to: the orders that were modified in a period, each bound alone and both together."""

from __future__ import annotations

from itertools import pairwise

import pytest

from conformance.checks import Answer, Broken, Judge, Kept, NotTestable, Observed, verifies
from conformance.checks.outcome import kept_if
from conformance.contract import Contract
from conformance.suite.context import Context
from conformance.suite.macke.book import Blame
from conformance.suite.macke.clients import Question
from conformance.suite.macke.common import BY_STATUS, found_in, refused, unchanged
from conformance.suite.macke.desk import Desk
from conformance.suite.macke.keeper import Keeper
from conformance.suite.macke.orders import YEAR_2000, Order, clock_of
from conformance.suite.macke.periods import DAY, Moment, Periods

A_SECOND = 1.1
"""Times are whole seconds: two changes show different ones only when more than a second lies between them."""


@pytest.fixture
def periods(context: Context, keeper: Keeper) -> Periods:
    """What is known of the times at which orders were last modified."""
    return Periods(context, keeper)


def bounds_of(periods: Periods) -> list[int]:
    """Points in time before and after all known changes, and just before and after one in between.

    Where the target reads dates, a day lies between a point and the change.
    """
    moments = periods.moments
    near = 1 if periods.format() == "unix-seconds" else 2 * DAY
    middle = moments[len(moments) // 2]
    return [moments[0].earliest - 3 * DAY, middle.earliest - near, middle.latest + near, moments[-1].latest + 3 * DAY]


def judge_period(
    periods: Periods, judge: Judge, requirement: str, since: int | None, until: int | None
) -> None:
    """Every known order that was modified in a period is listed, and no other known one."""
    shown, evidence = periods.everything(since, until)
    told = f"modified from {since if since is not None else 'ever'} to {until if until is not None else 'now'}"
    for moment in periods.moments:
        inside = moment.inside(since, until)
        if inside is None or inside is (moment.order_id in shown) or _changed_since(periods, moment):
            continue
        expected = f"order {moment.order_id}, last modified at {moment.latest}, " + ("listed" if inside else "not listed")
        judge(Broken(requirement, "$.orders", f"{expected} among those {told}", "listed" if not inside else "not listed",
                     evidence))  # fmt: skip
        return
    judge(Kept(requirement, evidence))


def _changed_since(periods: Periods, moment: Moment) -> bool:
    """Whether an order was modified after the time of its last change was read: then nothing follows."""
    now = Desk(periods.context).look(moment.order_id).updated
    return now is not None and now != moment.latest


@verifies("MK-099", "MK-100", "MK-102")
@pytest.mark.parametrize("end", ["from", "to"])
def test_one_bound_alone_limits_the_list(periods: Periods, judge: Judge, end: str) -> None:
    form, requirement = periods.format(), "MK-099" if end == "from" else "MK-100"
    if form:
        judge(Observed("MK-102", "macke-orders-period-format", form))
    else:
        judge(Broken("MK-102", "$.orders", "bounds in one of the forms that are known", "none has any effect"))
    for bound in bounds_of(periods):
        since, until = (bound, None) if end == "from" else (None, bound)
        judge_period(periods, judge, requirement, since, until)
    judge(Kept("MK-100" if end == "from" else "MK-099"))


@verifies("MK-101")
def test_both_bounds_limit_the_list(periods: Periods, judge: Judge) -> None:
    bounds = bounds_of(periods)
    for since, until in pairwise(bounds):
        judge_period(periods, judge, "MK-101", since, until)


@verifies("MK-107")
def test_a_period_limits_beside_a_status(periods: Periods, keeper: Keeper) -> None:
    never = bounds_of(periods)[-1]
    letter = keeper.some(1)[0].status
    keeper.page(Question(status=letter, since=periods.written(YEAR_2000), size=25), Blame.all("MK-107"))
    answer = keeper.market.list(Question(status=letter, since=periods.written(never)))
    found = found_in(answer)
    keeper.judge(kept_if(not found, "MK-107", where="$.orders", expected=f"no order modified since {never}",
                         actual=f"{len(found)} orders in status {letter}", exchanges=(answer.id,)))  # fmt: skip


@verifies("MK-103")
def test_the_bounds_themselves_are_recorded(periods: Periods, judge: Judge) -> None:
    exact = [moment for moment in periods.moments if moment.earliest == moment.latest]
    option, evidence = "not-shown", periods.keeper.book.evidence
    if exact and periods.format() == "unix-seconds":
        moment = exact[0]
        shown = [periods.everything(*pair) for pair in ((moment.latest, None), (None, moment.latest))]
        option = "inclusive" if all(moment.order_id in found for found, _ in shown) else "exclusive"
        evidence = tuple(id_ for _, seen in shown for id_ in seen)
    judge(Observed("MK-103", "macke-orders-period-bounds", option, evidence))


@verifies("MK-105", "MK-106")
def test_bounds_that_make_no_sense_are_recorded(periods: Periods, keeper: Keeper, judge: Judge) -> None:
    question = Question(since="abc", size=25)
    answer = keeper.market.list(question)
    judge(Observed("MK-105", "macke-orders-malformed-bound", keeper.how_filtered(answer, question), (answer.id,)))
    latest = periods.moments[-1]
    answer = periods.ask(since=latest.latest + 2 * DAY, until=latest.earliest - 2 * DAY)
    option = keeper.how_filtered(answer, Question())
    judge(Observed("MK-106", "macke-orders-reversed-period", "other" if option == "ignored" else option, (answer.id,)))


@verifies("MK-104", "MK-306", "MK-328", "MK-361")
def test_what_counts_as_a_modification(desk: Desk, contract: Contract, judge: Judge) -> None:
    by_status, by_reference = desk.orders(2)
    by_status = desk.referenced(by_status)
    desk.context.pause(A_SECOND)
    nothing = desk.market.put(by_reference.id, {"vendor_ref": ["conformance"]})
    if refused(nothing):
        judge(_untouched(by_reference, desk.look(by_reference.id), nothing))
    judge(Kept("MK-328"))
    letter = "C" if by_status.status != "C" else "O"
    changed = desk.market.put(by_status.id, {"status": letter})
    desk.market.put(by_reference.id, {"vendor_ref": desk.reference("touch")})
    after, seen = desk.look(by_status.id), (changed.id,)
    if after.updated is None or by_status.updated is None:
        judge(_listed_as_modified(desk, after, changed))
    else:
        judge(kept_if(after.updated > by_status.updated, "MK-104", where="$.updated_at", exchanges=seen,
                      expected=f"later than {by_status.updated}", actual=str(after.updated)))  # fmt: skip
        now, off = clock_of(changed)
        judge(kept_if(abs(after.updated - now) <= off, "MK-104", where="$.updated_at", exchanges=seen,
                      expected=f"about {now}, when it was changed", actual=str(after.updated)))  # fmt: skip
    judge(unchanged(contract, by_status, after, "MK-306", seen, BY_STATUS))
    judge(Observed("MK-361", "macke-orders-vendor-ref-touches", _touched(by_reference, desk.look(by_reference.id)), seen))


def _untouched(before: Order, after: Order, refusal: Answer) -> Kept | Broken:
    """A refused update is no modification, where the details show the time of the last one."""
    return kept_if(before.updated == after.updated, "MK-328", where="$.updated_at", expected=str(before.updated),
                   actual=f"{after.updated}, after an update that was refused", exchanges=(refusal.id,))  # fmt: skip


def _touched(before: Order, after: Order) -> str:
    if before.updated is None or after.updated is None:
        return "not-shown"
    return "touched" if after.updated > before.updated else "untouched"


def _listed_as_modified(desk: Desk, order: Order, evidence: Answer) -> Kept | Broken:
    """The order is among those that were modified since yesterday, where no details show the time."""
    periods = Periods(desk.context, Keeper(desk.context))
    if not periods.format():
        raise NotTestable("the list takes bounds in no form that is known, so nothing shows when an order was modified")
    shown, seen = periods.everything(since=int(desk.context.clock.timestamp()) - 2 * DAY)
    return kept_if(order.id in shown, "MK-104", where="$.orders", expected=f"order {order.id} as just modified",
                   actual="it is not listed", exchanges=(evidence.id, *seen))  # fmt: skip
