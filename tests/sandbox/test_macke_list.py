from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conformance.sandbox.macke.accounts import FOREIGN, OWN
from conformance.sandbox.macke.models import Order

from .macke_client import LETTERS, Macke

ALL = {"items_per_page": 0, "status[]": list(LETTERS)}


def own(macke_book: list[Order], keep: Callable[[Order], bool] = lambda order: order.status != "N") -> list[int]:
    return [order.order_id for order in macke_book if order.company_id == OWN.company_id and keep(order)]


# Pages


def test_without_parameters_the_ten_newest_come_first(macke_untouched: Macke, macke_book: list[Order]) -> None:
    document = macke_untouched.get("/orders")
    assert [int(row["order_id"]) for row in document["orders"]] == own(macke_book)[:10]
    assert document["params"] == {
        "page": 1,
        "items_per_page": 10,
        "include_incompleted": False,
        "sort_by": "date",
        "sort_order": "desc",
        "sort_order_rev": "asc",
        "total_items": "64",
    }
    assert macke_untouched.get("/orders/") == document


@pytest.mark.parametrize("size", [1, 3, 10, 64, 100])
def test_pages_partition_the_list(macke_untouched: Macke, macke_book: list[Order], size: int) -> None:
    expected = own(macke_book)
    pages = -(-len(expected) // size)
    ask = [macke_untouched.ids({"page": page, "items_per_page": size}) for page in range(1, pages + 2)]
    assert [order_id for page in ask for order_id in page] == expected
    assert [len(page) for page in ask[:-2]] == [size] * (pages - 1)
    assert ask[-1] == []


def test_equal_moments_cross_the_end_of_the_first_page(macke_book: list[Order]) -> None:
    visible = [order.timestamp for order in macke_book if order.company_id == OWN.company_id and order.status != "N"]
    assert visible[9] == visible[10]


@pytest.mark.parametrize(
    ("sent", "understood"),
    [
        ({"page": "0"}, (1, 10)),
        ({"page": "-2"}, (1, 10)),
        ({"page": "two"}, (1, 10)),
        ({"page": ""}, (1, 10)),
        ({"page": "2 "}, (2, 10)),
        ({"items_per_page": "-5"}, (1, 10)),
        ({"items_per_page": "many"}, (1, 10)),
        ({"items_per_page": "5.9", "page": "3"}, (3, 5)),
        ({"page": "7"}, (7, 10)),
        ({"page": "8"}, (8, 10)),
        ({"page": "99999999999999999999"}, (2**63 - 1, 10)),
        ({"items_per_page": "9" * 30, "page": "9" * 5000}, (2**63 - 1, 2**63 - 1)),
        ([("page", "4"), ("page", "2")], (2, 10)),
    ],
)
def test_pages_that_make_no_sense_are_the_default(
    macke_untouched: Macke, macke_book: list[Order], sent: Any, understood: tuple[int, int]
) -> None:
    document = macke_untouched.get("/orders", sent)
    page, size = understood
    assert (document["params"]["page"], document["params"]["items_per_page"]) == understood
    assert [int(row["order_id"]) for row in document["orders"]] == own(macke_book)[(page - 1) * size : page * size]


@pytest.mark.parametrize("size", ["0", ""])
def test_no_page_size_is_everything_without_a_total(macke_untouched: Macke, macke_book: list[Order], size: str) -> None:
    document = macke_untouched.get("/orders", {"items_per_page": size})
    assert [int(row["order_id"]) for row in document["orders"]] == own(macke_book)
    assert document["params"]["items_per_page"] == 0
    assert "total_items" not in document["params"]


# Sorting

SORTED_BY: dict[str, Callable[[Order], Any]] = {
    "date": lambda order: order.timestamp,
    "order_id": lambda order: order.order_id,
    "status": lambda order: order.status,
    "email": lambda order: order.email.lower(),
    "total": lambda order: order.total,
}


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("key", SORTED_BY)
def test_every_key_sorts_both_ways_and_ties_by_id(
    macke_untouched: Macke, macke_book: list[Order], key: str, direction: str
) -> None:
    ids = macke_untouched.ids({"sort_by": key, "sort_order": direction, "items_per_page": 0})
    by_id = {order.order_id: order for order in macke_book}
    keys = [(SORTED_BY[key](by_id[one]), one) for one in ids]
    assert keys == sorted(keys, reverse=direction == "desc")
    assert sorted(ids) == sorted(own(macke_book))


def test_customers_are_sorted_by_last_name(macke_untouched: Macke) -> None:
    rows = macke_untouched.get("/orders", {"sort_by": "customer", "sort_order": "asc", "items_per_page": 0})["orders"]
    names = [row["lastname"] for row in rows if row["lastname"].isascii()]
    assert names == sorted(names)
    assert rows[0]["lastname"] == ""


@pytest.mark.parametrize(
    ("sent", "understood"),
    [
        ({"sort_by": "timestamp"}, ("date", "desc", "asc")),
        ({"sort_by": ""}, ("date", "desc", "asc")),
        ({"sort_by": "DATE", "sort_order": "asc"}, ("date", "asc", "desc")),
        ({"sort_order": "ASC"}, ("date", "desc", "asc")),
        ({"sort_order": "up"}, ("date", "desc", "asc")),
        ({"sort_by": "total", "sort_order": "asc"}, ("total", "asc", "desc")),
    ],
)
def test_sorting_that_makes_no_sense_is_the_default(
    macke_untouched: Macke, sent: Any, understood: tuple[str, str, str]
) -> None:
    params = macke_untouched.get("/orders", sent)["params"]
    assert (params["sort_by"], params["sort_order"], params["sort_order_rev"]) == understood


# Filters

LAST_MONTH = 1772000000


@pytest.mark.parametrize(
    ("sent", "keep"),
    [
        *(({"status": letter}, lambda order, letter=letter: order.status == letter) for letter in LETTERS),
        ({"status[]": ["P", "N"]}, lambda order: order.status in "PN"),
        ({"status[0]": "P", "status[1]": "O"}, lambda order: order.status in "PO"),
        ([("status", "P"), ("status", "O")], lambda order: order.status == "O"),
        ({"status": ""}, lambda order: order.status != "N"),
        ({"status": "p"}, lambda order: False),
        ({"status": "X"}, lambda order: False),
        ({"status": "P,O"}, lambda order: False),
        ({"user_id": 3}, lambda order: order.user_id == 3 and order.status != "N"),
        ({"user_id[]": [3, 14], "status": "N"}, lambda order: order.user_id in (3, 14) and order.status == "N"),
        ({"user_id": 0}, lambda order: order.status != "N"),
        ({"user_id": ""}, lambda order: order.status != "N"),
        ({"user_id": 4}, lambda order: False),
        ({"user_id": "me"}, lambda order: False),
        ({"user_id": "9" * 40}, lambda order: False),
        ({"email": "anna@example.com"}, lambda order: "anna@" in order.email and order.status != "N"),
        ({"email": " JOANNA@example.com "}, lambda order: order.user_id == 31 and order.status != "N"),
        ({"email": "max.mustermann"}, lambda order: order.user_id == 14 and order.status != "N"),
        ({"email": "zoe_oe"}, lambda order: order.user_id == 27 and order.status != "N"),
        ({"email": "n_a@"}, lambda order: False),
        ({"email": "%"}, lambda order: False),
        ({"email": "  "}, lambda order: order.status != "N"),
        ({"invoice_id": "0"}, lambda order: order.status != "N"),
        ({"invoice_id": "1075"}, lambda order: False),
        ({"invoice_id": "none"}, lambda order: False),
        ({"updated_at_from": LAST_MONTH}, lambda order: order.updated_at >= LAST_MONTH and order.status != "N"),
        ({"updated_at_to": LAST_MONTH}, lambda order: order.updated_at <= LAST_MONTH and order.status != "N"),
        ({"updated_at_from": "2024-01-01"}, lambda order: order.status != "N"),
        ({"updated_at_to": "2024-01-01"}, lambda order: False),
        ({"updated_at_from": "", "updated_at_to": "0"}, lambda order: order.status != "N"),
        ({"updated_at_from": LAST_MONTH + 1, "updated_at_to": LAST_MONTH}, lambda order: False),
        (
            {"status": "P", "email": "example.com", "updated_at_from": 1, "user_id": 31},
            lambda order: order.status == "P" and order.user_id == 31,
        ),
        ({"company_id": 99, "unknown": "x"}, lambda order: order.status != "N"),
    ],
    ids=lambda value: "" if callable(value) else str(value),
)
def test_filters_select_exactly_their_orders(
    macke_untouched: Macke, macke_book: list[Order], sent: Any, keep: Callable[[Order], bool]
) -> None:
    params = [*sent, ("items_per_page", 100)] if isinstance(sent, list) else {**sent, "items_per_page": 100}
    document = macke_untouched.get("/orders", params)
    expected = own(macke_book, keep)
    assert [int(row["order_id"]) for row in document["orders"]] == expected
    assert document["params"]["total_items"] == str(len(expected))


def test_an_invoice_selects_its_order(macke_untouched: Macke, macke_book: list[Order]) -> None:
    order = next(one for one in macke_book if one.invoice_id and one.company_id == OWN.company_id)
    assert macke_untouched.ids({"invoice_id": order.invoice_id}) == [order.order_id]
    foreign = next(one for one in macke_book if one.invoice_id and one.company_id == FOREIGN.company_id)
    assert macke_untouched.ids({"invoice_id": foreign.invoice_id}) == []


def test_both_ends_of_the_modified_period_are_included(macke_untouched: Macke, macke_book: list[Order]) -> None:
    order = next(one for one in macke_book if one.company_id == OWN.company_id and one.status != "N")
    moment = order.updated_at
    assert macke_untouched.ids({"updated_at_from": moment, "updated_at_to": moment}) == [order.order_id]
    assert macke_untouched.ids({"updated_at_from": moment + 1, "updated_at_to": moment + 1}) == []


def test_each_vendor_lists_its_own_orders(macke_untouched: Macke, macke_book: list[Order]) -> None:
    foreign = macke_untouched.ids(ALL, account=FOREIGN)
    assert foreign == [order.order_id for order in macke_book if order.company_id == FOREIGN.company_id]
    assert len(foreign) == 15
    assert not set(foreign) & set(macke_untouched.ids(ALL))
