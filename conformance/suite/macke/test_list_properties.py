"""The list: the order book predicts any page of any combination of filters, in either direction."""

from __future__ import annotations

from contextlib import suppress
from itertools import combinations
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from conformance.checks import Blocked, Judge, Kept, NotTestable, verifies
from conformance.suite.context import Context
from conformance.suite.macke.book import Blame
from conformance.suite.macke.clients import Question
from conformance.suite.macke.keeper import SAMPLE_SIZE, Keeper
from conformance.suite.properties import for_all

SETTLED = "PCOFDBIHG"
"""The letters that both the filter's list and the table have, but for the hidden one."""


def questions(keeper: Keeper) -> st.SearchStrategy[Question]:
    """Filters with the values of an order that the book holds, so that something fits; sometimes with others.

    Raises:
        NotTestable: the target shows no order.
    """
    shown = keeper.told()
    emails, book = {*keeper.emails()}, keeper.book
    others = (st.sampled_from(SETTLED), st.sampled_from(keeper.users() or [0]))

    @st.composite
    def draw_question(draw: Any) -> Question:
        order = draw(st.sampled_from(shown))
        chosen = draw(st.sets(st.sampled_from(["status", "user", "email", "invoice"]), max_size=3))
        letter, user = (draw(other) if draw(st.integers(0, 4)) == 0 else None for other in others)
        status = letter or (order.status if order.status in SETTLED else None)
        question = Question(
            status=status if "status" in chosen else None,
            user=(user or order.user or None) if "user" in chosen else None,
            email=order.email if "email" in chosen and order.email in emails else None,
            invoice=order.invoice if "invoice" in chosen else None,
            sort_order=draw(st.sampled_from([None, "asc", "desc"])),
        )
        size = draw(st.sampled_from([None, 1, 2, 3, 5, 7, 10, 20]))
        total = book.total(question, keeper.email) or 0
        last = -(-total // (size or 10)) + 1
        page = draw(st.one_of(st.none(), st.integers(1, max(1, min(last, 8)))))
        return Question(**{**vars(question), "size": size, "page": page})

    return draw_question()


@verifies("MK-107", "MK-108")
def test_two_filters_find_the_orders_that_fit_both(keeper: Keeper) -> None:
    """Every pair of filters, where one alone would find more."""
    known = [order for order in keeper.told() if order.user and order.email in keeper.emails()]
    if not known:
        raise NotTestable("needs an order of a registered customer; the target shows none: place one there")
    order = max(known, key=lambda one: (one.status in SETTLED, one.invoice is not None))
    values: dict[str, Any] = {"status": order.status, "user": order.user, "email": order.email, "invoice": order.invoice}
    others = sorted({one.status for one in known if one.status in SETTLED} - {order.status})
    for pair in combinations([name for name, value in values.items() if value], 2):
        keeper.page(Question(**{name: values[name] for name in pair}), Blame.all("MK-107"))
    for status in others[:2]:
        keeper.page(Question(status=status, user=order.user), Blame.all("MK-107"))
    for status in others[:1] if order.invoice is not None else ():
        keeper.page(Question(status=status, invoice=order.invoice), Blame.all("MK-107"))
    keeper.page(Question(user=order.user, sort_order="asc", page=2, size=2), Blame.all("MK-108"))


@verifies("MK-107", "MK-108")
def test_any_filters_and_any_page_find_exactly_their_orders(keeper: Keeper, context: Context, judge: Judge) -> None:
    if not keeper.book.orders:
        raise NotTestable("needs orders of this account; the target shows none: place some there")

    def found(question: Question) -> None:
        assume(keeper.book.predicted(question, keeper.email) is not None)
        filters = "MK-107" if question.filters else "MK-041"
        pages = "MK-108" if question.filters else "MK-043"
        keeper.page(question, Blame(filters, filters if question.page is None else pages, pages, pages))

    for_all(context, found, question=questions(keeper))
    judge(Kept("MK-107"), Kept("MK-108"))  # every example held, whichever of the two it was about


@verifies("MK-037", "MK-120", "MK-121")
def test_any_kind_of_listed_order_has_its_details(keeper: Keeper, context: Context, judge: Judge) -> None:
    with suppress(Blocked):
        keeper.details()
    for order in keeper.various(max(SAMPLE_SIZE, context.profile.examples)):
        judge(keeper.agrees(order, "MK-037"))
    judge(Kept("MK-120"), Kept("MK-121"))
