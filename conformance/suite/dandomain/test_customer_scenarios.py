"""GetOrdersByCustomerNumber: all orders of one customer, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import strategies as st

from conformance.checks import Answer, Judge, Kept, NotTestable, Observed, Outcome, verifies
from conformance.checks.outcome import Broken
from conformance.suite.context import Context
from conformance.suite.dandomain.book import Bookkeeper, OrderBook
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.common import listed, listing, status_seen, succeeds
from conformance.suite.dandomain.orders import Order, orders_of, shown, text_of
from conformance.suite.dandomain.own import own_orders
from conformance.suite.dandomain.shopdata import ShopData
from conformance.suite.properties import for_all

MANY = 300


def number_of(context: Context, order: Order) -> str:
    """The customer number of the run's own customer: the target file's, else the id that the order shows.

    Raises:
        NotTestable: the order shows none.
    """
    named = context.data.named("shop.customer_number") if "shop.customer_number" in context.target.vendor.needs else []
    number = text_of(named[0]) if named else order.customer
    if not number:
        raise NotTestable("an order shows no customer id; add to the target file: [data.shop] customer_number = \"…\"")
    return number


def customers(book: OrderBook) -> list[str]:
    """Customer ids of the book, each once."""
    return sorted({order.customer for order in book.orders.values() if order.customer})


def exactly(book: OrderBook, answer: Answer, number: str, others: frozenset[str]) -> Iterable[Outcome]:
    """All orders of the book with this customer, and none with another."""
    rows = {order.id: order for order in orders_of(answer)}
    due = [order for order in book.orders.values() if order.customer == number]
    yield from book.judge_due(answer, rows, due, "DD-504")
    stray = [order for order in rows.values() if order.customer != number and order.id not in others]
    if stray:
        where = f"$[{list(rows).index(stray[0].id)}].customerInfo.id"
        yield Broken("DD-505", where, number, stray[0].customer, (answer.id,))
    else:
        yield Kept("DD-505", (answer.id,))
    yield from book.judge_alike(answer, rows.values(), "DD-510")


def by_id(shop: Shop, data: ShopData) -> bool:
    """Whether customers are asked for by the id that orders show."""
    order = data.spare()
    return bool(order.customer) and order.id in {row.id for row in shown(shop.of_customer(order.customer))}


@verifies("DD-500", "DD-509", "DD-511")
def test_the_orders_of_a_customer_are_listed(shop: Shop, data: ShopData, context: Context, judge: Judge) -> None:
    order = data.spare()
    option = "same" if by_id(shop, data) else "own-number"
    answer = shop.of_customer(number_of(context, order))
    judge(listed(answer, order.id, "DD-500", "which this customer has just placed"))
    judge(listing(answer, "DD-509"))
    judge(Observed("DD-511", "dandomain-orders-customer-number", option, (answer.id,)))


@verifies("DD-505", "DD-504", "DD-510")
def test_every_customer_has_his_own_orders(keeper: Bookkeeper, data: ShopData, context: Context, judge: Judge) -> None:
    known = customers(keeper.book)
    if not by_id(keeper.shop, data):
        raise NotTestable("customers are asked for by a number that orders do not show")
    if not known:
        raise NotTestable("no order of the shop shows a customer id")
    own = own_orders(context)

    def example(number: str) -> None:
        keeper.judged(lambda: keeper.shop.of_customer(number),
                      lambda book, answer: exactly(book, answer, number, own.touched()))  # fmt: skip

    for_all(context, example, number=st.sampled_from(known))
    judge(Kept("DD-505"), Kept("DD-504"), Kept("DD-510"))  # every example held


@verifies("DD-506")
@pytest.mark.parametrize("change", ["longer", "shorter", "padded", "wildcard"])
def test_a_number_that_only_resembles_a_customers_finds_none_of_his_orders(
    shop: Shop, data: ShopData, context: Context, judge: Judge, change: str
) -> None:
    order = data.spare()
    number = number_of(context, order)
    asked = {"longer": f"{number}0", "shorter": number[:-1], "padded": f"9{number}", "wildcard": "%"}[change]
    if not asked:
        raise NotTestable("the customer number has one character: there is no shorter one")
    answer = shop.of_customer(asked)
    # Another customer may have that number; whatever is listed must not be this one's.
    stray = [row for row in shown(answer) if row.id == order.id or (order.customer and row.customer == order.customer)]
    if stray:
        judge(Broken("DD-506", "$", f"no order of customer {number} for {asked}", f"order {stray[0].id}", (answer.id,)))
    else:
        judge(Kept("DD-506", (answer.id,)))


@verifies("DD-507", "DD-508")
def test_an_unknown_number_is_recorded(shop: Shop, context: Context, judge: Judge) -> None:
    number = str(10**8 + context.random("customer").randrange(10**8))
    answer = shop.of_customer(number)
    rows = shown(answer)
    if rows:
        judge(Broken("DD-507", "$[0]", f"no order for the unknown customer {number}", f"order {rows[0].id}", (answer.id,)))
    else:
        judge(Kept("DD-507", (answer.id,)))
    option = "empty" if succeeds(answer) else status_seen(answer, "404")
    judge(Observed("DD-508", "dandomain-orders-unknown-customer-number", option, (answer.id,)))
