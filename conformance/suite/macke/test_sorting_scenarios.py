"""Sorting: by date in both directions; other keys, unknown keys and directions as readings."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from conformance.checks import Answer, Judge, Kept, NotTestable, Observed, verifies
from conformance.checks.outcome import kept_if
from conformance.suite.macke.book import Blame
from conformance.suite.macke.clients import Question
from conformance.suite.macke.common import refused
from conformance.suite.macke.keeper import Keeper
from conformance.suite.macke.orders import Order, named, number_of, orders_of

SIZE = 25


@verifies("MK-057", "MK-058", "MK-059")
def test_the_list_is_sorted_by_date_in_both_directions(keeper: Keeper, judge: Judge) -> None:
    for direction, requirement in (("asc", "MK-058"), ("desc", "MK-059")):
        for sort_by in (None, "date"):
            blame = Blame("MK-041", requirement, requirement, "MK-043")
            keeper.page(Question(sort_by=sort_by, sort_order=direction, size=SIZE), blame)
    second = Question(sort_by="date", sort_order="asc", page=2, size=7)
    keeper.page(second, Blame("MK-041", "MK-058", "MK-058", "MK-043"))
    judge(Kept("MK-057"))


@verifies("MK-060")
def test_ascending_is_descending_the_other_way_round(keeper: Keeper, judge: Judge) -> None:
    book = keeper.book
    up, evidence = keeper.everything(Question(sort_order="asc"))
    moments = [order.timestamp for order in up]
    if book.whole:
        due = [order.timestamp for order in reversed(book.orders)]
    else:
        due = sorted(moments, key=lambda moment: moment or 0)  # too long a list to be known from both ends
    if moments != due and keeper.steady.data_changed():
        raise NotTestable("the orders change faster than they can be read: ask again at a quieter time")
    judge(kept_if(moments == due, "MK-060", where="$.orders", expected=f"timestamps {named(map(str, due))}",
                  actual=named(map(str, moments)), exchanges=(*book.evidence, *evidence)))  # fmt: skip


Key = Callable[[Order], Any]


def _plain(text: object) -> str:
    """A text as most collations compare it: without letter case and accents."""
    decomposed = unicodedata.normalize("NFKD", text if isinstance(text, str) else "")
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


KEYS: dict[str, tuple[str, tuple[str, ...], Key]] = {
    "order_id": ("MK-061", ("order_id",), lambda order: int(order.id or 0)),
    "status": ("MK-062", ("status",), lambda order: order.status),
    "customer": ("MK-063", ("lastname", "firstname"), lambda order: _plain(order.raw.get("lastname"))),
    "email": ("MK-064", ("email",), lambda order: _plain(order.raw.get("email"))),
    "total": ("MK-065", ("total",), lambda order: number_of(order.raw.get("total")) or 0),
}


@pytest.mark.parametrize("key", [pytest.param(key, marks=verifies(row[0])) for key, row in KEYS.items()])
def test_sorting_by_another_key_is_recorded(keeper: Keeper, judge: Judge, key: str) -> None:
    requirement, members, value = KEYS[key]
    answer = keeper.market.list(Question(sort_by=key, sort_order="asc", size=SIZE))
    option = "refused" if refused(answer) else _sorted_how(keeper, answer, members, value)
    judge(Observed(requirement, f"macke-orders-sort-{key.replace('_', '-')}", option, (answer.id,)))


def _sorted_how(keeper: Keeper, answer: Answer, members: tuple[str, ...], value: Key) -> str:
    shown = orders_of(answer)
    by_date = _by_date(shown, ascending=True)
    if not all(member in order.raw for order in shown for member in members):
        return "date-instead" if by_date else "not-shown"
    values = [value(order) for order in shown]
    is_sorted = values == sorted(values)
    if is_sorted and by_date:
        return "not-shown"  # both sequences are the same: nothing tells them apart
    return "sorted" if is_sorted else "date-instead" if by_date else "other"


def _by_date(shown: list[Order], *, ascending: bool) -> bool:
    moments = [order.timestamp or 0 for order in shown]
    return moments == sorted(moments, reverse=not ascending)


@verifies("MK-066")
def test_an_unknown_key_is_recorded(keeper: Keeper, judge: Judge) -> None:
    answer = keeper.market.list(Question(sort_by="conformance", size=SIZE))
    by_date = not refused(answer) and _by_date(orders_of(answer), ascending=False)
    option = "refused" if refused(answer) else "date-instead" if by_date else "other"
    judge(Observed("MK-066", "macke-orders-unknown-sort-key", option, (answer.id,)))


@verifies("MK-067")
def test_an_unknown_direction_is_recorded(keeper: Keeper, judge: Judge) -> None:
    answer = keeper.market.list(Question(sort_order="sideways", size=SIZE))
    if refused(answer):
        option = "refused"
    elif _by_date(orders_of(answer), ascending=False):
        option = "desc-instead"
    else:
        option = "asc-instead" if _by_date(orders_of(answer), ascending=True) else "other"
    judge(Observed("MK-067", "macke-orders-unknown-sort-order", option, (answer.id,)))
