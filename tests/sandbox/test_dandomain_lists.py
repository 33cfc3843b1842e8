from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import select

from conformance.sandbox.dandomain import VENDOR
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.seed import ORDERS, end_of_summer_time, seed
from conformance.sandbox.server import running
from conformance.sandbox.store import Store

from .dandomain_client import EVER, NOW, TODAY, Shop, instant_of

MONDAY = datetime(2025, 6, 2, 10, 0, 0)
"""Noon in Denmark."""


@dataclass
class Clock:
    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now


@dataclass
class TimedShop(Shop):
    clock: Clock = field(default_factory=Clock)

    def create_at(self, utc: str) -> int:
        """An order made at that time in UTC; its number."""
        self.clock.now = datetime.fromisoformat(utc)
        number: int = self.create()["id"]
        return number

    def change_at(self, moment: datetime, path: str) -> None:
        self.clock.now = moment
        assert self.done("PUT", path) is True


@pytest.fixture(scope="module")
def stopped() -> Iterator[TimedShop]:
    clock = Clock()
    with running(vendors=[VENDOR], clock=clock) as url:
        yield TimedShop(url, clock=clock)


@pytest.fixture
def timed(stopped: TimedShop) -> TimedShop:
    """A shop without orders, whose clock the test sets."""
    stopped.clock.now = MONDAY
    for number in stopped.listed(f"{EVER}&end=2099-1-1"):
        stopped.done("DELETE", f"/{number}")
    return stopped


@pytest.fixture(scope="module")
def seeded() -> Iterator[Shop]:
    """Orders as they were seeded: who uses this shop only reads."""
    with running(vendors=[VENDOR], clock=lambda: NOW) as url:
        yield Shop(url)


# GetOrders


def test_an_interval_is_danish_time_with_both_ends(timed: TimedShop) -> None:
    number = timed.create_at("2025-06-01T22:30:05")  # 2 June, 00:30:05 in Denmark
    for start, end, inside in (
        ("2025-06-02", "2025-06-02", True),
        ("2025-6-2", "2025-6-2", True),
        ("2025-6-1", "2025-6-1", False),
        ("2025-06-02T00:30:05", "2025-06-02T00:30:05", True),
        ("2025-06-02T00:30:06", "2025-06-02", False),
        ("2025-06-01", "2025-06-02T00:30:04", False),
        ("2025-06-02 00:30", "2025-06-02 00:31", True),
        ("2025-06-03", "2025-06-01", False),
        ("0001-01-01", "9999-12-31", True),
        ("2025-06-02T00:30:05.000", "9999-12-31T23:59:59", True),
    ):
        timed.clock.now = MONDAY
        assert timed.listed(f"start={start}&end={end}") == [number] * inside, (start, end)


@pytest.mark.parametrize("query", ["start=2025-06-01", "start=2025-06-01&end=", "START=2025-06-01&foo=1&site=29"])
def test_without_end_the_interval_lasts_until_now(timed: TimedShop, query: str) -> None:
    number = timed.create_at("2025-06-02T09:00:00")
    assert timed.listed(query) == [number]
    timed.clock.now = datetime(2025, 6, 2, 8, 59, 59)
    assert timed.listed(query) == []


def test_the_hour_that_comes_twice_is_listed_as_one(timed: TimedShop) -> None:
    summer = timed.create_at("2025-10-26T00:30:00")
    winter = timed.create_at("2025-10-26T01:30:00")
    later = timed.create_at("2025-10-26T02:00:00")
    assert timed.listed("start=2025-10-26T02:30:00&end=2025-10-26T02:30:00") == [summer, winter]
    dates = [order["createdDate"] for order in timed.done("GET", "/GetByDateInterval?start=2025-10-26")]
    assert [date[-7:-2] for date in dates] == ["+0200", "+0100", "+0100"]
    answer = timed.send("GET", f"/{later}", headers={"Accept": "text/xml"})
    assert "<createdDate>2025-10-26T03:00:00</createdDate>" in answer.text


@pytest.mark.parametrize("operation", ["GetByDateInterval", "GetByModifiedInterval", "CountByModifiedInterval"])
@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("", "StartDateMissing"),
        ("start=", "StartDateMissing"),
        ("end=2025-06-02", "StartDateMissing"),
        ("start=yesterday", "DateNotValid"),
        ("start=02-06-2025", "DateNotValid"),
        ("start=2025-02-30", "DateNotValid"),
        ("start=0000-01-01", "DateNotValid"),
        ("start=2025-06-02T25:00:00", "DateNotValid"),
        ("start=2025-06-02Z", "DateNotValid"),
        ("start=2025-06-01&end=tomorrow", "DateNotValid"),
    ],
)
def test_a_date_that_is_missing_or_none_is_refused(shop: Shop, operation: str, query: str, word: str) -> None:
    answer = shop.send("GET", f"/{operation}?{query}")
    assert (answer.status_code, answer.json()) == (400, word)


def test_orders_are_listed_whatever_their_status_in_the_order_of_their_creation(seeded: Shop) -> None:
    orders = seeded.done("GET", f"/GetByDateInterval?{EVER}")
    assert len(orders) == ORDERS
    created = [instant_of(order["createdDate"]) for order in orders]
    assert created == sorted(created)
    assert {order["incomplete"] for order in orders} == {True, False}
    assert {state and state["id"] for state in (order["orderState"] for order in orders)} == {None, 1, 2, 3, 4, 7}


# GetOrdersInModifiedInterval


def test_the_modified_interval_asks_for_the_change_not_the_creation(timed: TimedShop) -> None:
    old = timed.create_at("2025-01-01T12:00:00")
    new = timed.create_at("2025-06-02T10:00:00")
    timed.change_at(datetime(2025, 6, 2, 10, 0, 14), f"/CompleteOrder/{old}")
    assert timed.modified("start=2025-06-02&end=2025-06-02") == [old]
    assert timed.modified("start=2025-01-01&end=2025-01-01") == []
    assert timed.modified("start=2025-06-02T12:00:14&end=2025-06-02T12:00:14") == [old]
    assert timed.modified("start=2025-06-02T12:00:15&end=2025-06-03") == []
    assert timed.modified("start=2025-06-03&end=2025-06-01") == []
    assert new in timed.listed("start=2025-06-02")


def test_pages_and_states_split_the_modified_orders(seeded: Shop) -> None:
    every = seeded.modified(EVER)
    count = seeded.done("GET", f"/CountByModifiedInterval?{EVER}")
    assert (count, len(set(every))) == (len(every), len(every))
    pages = [seeded.modified(f"{EVER}&pageIndex={index}&pageSize=7") for index in range(1, count // 7 + 3)]
    assert [number for page in pages for number in page] == every
    assert {len(page) for page in pages[:-2]} == {7}
    assert pages[-1] == []
    assert seeded.modified(f"{EVER}&pageSize=3") == every[:3]
    assert seeded.modified(f"{EVER}&pageIndex=1") == every
    assert seeded.modified(f"{EVER}&pageIndex=2147483647&pageSize=2147483647") == []
    for state in (1, 2, 4, 7):
        found = seeded.modified(f"{EVER}&orderstateid={state}")
        assert len(found) == seeded.done("GET", f"/CountByModifiedInterval?{EVER}&orderstateid={state}")
        assert {seeded.order(number)["orderState"]["id"] for number in found} <= {state}
    assert seeded.modified(f"{EVER}&orderstateid=") == every
    assert seeded.modified(f"{EVER}&orderstateid=99") == []


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("pageIndex=0", "PageIndexNotValid"),
        ("pageIndex=one", "PageIndexNotValid"),
        ("pageIndex=1&pageSize=0", "PageSizeNotValid"),
        ("pageSize=99999999999", "PageSizeNotValid"),
        ("orderstateid=new", "OrderStateNotValid"),
    ],
)
def test_pages_and_states_that_are_no_numbers_are_refused(shop: Shop, query: str, word: str) -> None:
    answer = shop.send("GET", f"/GetByModifiedInterval?{EVER}&{query}")
    assert (answer.status_code, answer.json()) == (400, word)


# GetOrdersByCustomerNumber


def test_a_customers_orders_are_found_by_the_exact_number(seeded: Shop) -> None:
    orders = {order["id"]: order["customerInfo"]["id"] for order in seeded.done("GET", f"/GetByDateInterval?{EVER}")}
    for customer in ("17", "170", "42", "220739", "K/7 Ø&1"):
        expected = [number for number, bought_by in orders.items() if bought_by == customer]
        found = [order["id"] for order in seeded.done("GET", f"/GetByCustomerNumber/{quote(customer, safe='')}")]
        assert found == expected
        assert found
    assert "" in orders.values()


@pytest.mark.parametrize("number", ["1", "017", "17%20", "999", "%F0%9F%8E%81", "%00", "a/b", "k%2F7%20%C3%98%261"])
def test_an_unknown_customer_has_no_orders(shop: Shop, number: str) -> None:
    assert shop.done("GET", f"/GetByCustomerNumber/{number}") == []


@pytest.mark.parametrize("path", ["/GetByCustomerNumber", "/GetByCustomerNumber/"])
def test_the_customer_number_cannot_be_missing(shop: Shop, path: str) -> None:
    answer = shop.send("GET", path)
    assert (answer.status_code, answer.json()) == (400, "CustomerNumberMissing")


# The data


def test_the_seed_is_the_same_for_the_same_day(seeded: Shop) -> None:
    with running(vendors=[VENDOR], clock=lambda: NOW - timedelta(hours=9)) as url:
        assert Shop(url).send("GET", f"/GetByDateInterval?{EVER}").content == (
            seeded.send("GET", f"/GetByDateInterval?{EVER}").content
        )


def test_the_seed_has_orders_of_every_kind(seeded: Shop) -> None:
    orders: list[Any] = seeded.done("GET", f"/GetByDateInterval?{EVER}")
    assert seeded.listed(TODAY) == []
    created = {order["id"]: instant_of(order["createdDate"]) for order in orders}
    modified = {order["id"]: order["modifiedDate"] and instant_of(order["modifiedDate"]) for order in orders}
    assert min(created.values()) < NOW - timedelta(days=400)
    assert all(change is None or created[number] < change < NOW for number, change in modified.items())
    kinds = {(order["incomplete"], order["orderState"] is None, order["modifiedDate"] is None) for order in orders}
    assert len(kinds) >= 6
    prices = [entry["unitPrice"] for order in orders for entry in order["orderLines"]]
    assert min(prices) < 0 < max(prices)
    assert any("&" in order["comment"] for order in orders)
    assert any(order["invoiceInfo"]["isPaid"] and order["transactionNumber"] for order in orders)
    day = (NOW - timedelta(days=20)).date()
    shown = seeded.send("GET", f"/GetByDateInterval?start={day}&end={day}", headers={"Accept": "text/xml"}).text
    assert f"<createdDate>{day}T00:00:00<" in shown
    assert f"<createdDate>{day}T23:59:59<" in shown
    change = end_of_summer_time(NOW.date())
    assert len(seeded.listed(f"start={change}T02:30&end={change}T02:30")) == 2


@pytest.mark.parametrize("today", [datetime(2024, 2, 29), datetime(2025, 10, 26, 12), datetime(2025, 10, 27, 12)])
def test_any_day_can_be_seeded(today: datetime) -> None:
    store = Store()
    store.seed("dandomain", seed, today)
    with store.session() as session:
        created = session.scalars(select(Order.created)).all()
    store.close()
    assert len(created) == ORDERS
    assert max(created) < today
