"""One order in full, and the search that answers several of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import ColumnElement

from conformance.sandbox.macke import VENDOR, Rules
from conformance.sandbox.macke.accounts import FOREIGN
from conformance.sandbox.macke.models import Order
from conformance.sandbox.server import running

from .macke_client import LETTERS, MISS, NOW, Macke, error

EVERY = {"items_per_page": 0, "status[]": list(LETTERS), "get_orders_data": 1}

# The table "Order Details"; those that an order without shipping or country lacks are below.
FIELDS = re.findall(
    r"\w+",
    """
order_id status timestamp company_id issuer_id user_id firstname lastname email phone lang_code total discount subtotal
subtotal_discount display_subtotal invoice_id credit_memo_id payment_id payment_info payment_method payment_surcharge
repaid products promotion_ids promotions need_shipping shipping_ids need_shipment shipment_ids
shipping_cost display_shipping_cost tax_exempt tax_subtotal taxes notes details s_address s_address_2 s_city s_country
s_firstname s_lastname s_phone s_state s_zipcode b_address b_address_2 b_city b_country b_firstname b_lastname b_phone
b_state b_zipcode
""",
)
SOMETIMES = ["shipping", "shipping_id", *(f"{one}_{two}_descr" for one in "sb" for two in ("country", "state"))]


@pytest.fixture(scope="module")
def orders(macke_untouched: Macke) -> list[Any]:
    rows = macke_untouched.get("/orders", EVERY)["orders"]
    assert len(rows) == 70
    return list(rows)


def values(orders: list[Any], name: str) -> list[Any]:
    return [order[name] for order in orders if name in order]


def types(orders: list[Any], name: str) -> set[type]:
    return {type(value) for value in values(orders, name)}


def test_every_field_of_the_table_is_there(orders: list[Any]) -> None:
    for order in orders:
        assert set(FIELDS) <= set(order)
    for name in SOMETIMES:
        assert 0 < len(values(orders, name)) < 70
    for order in orders:
        assert ("s_country_descr" in order) is (order["s_country"] != "")
        assert ("shipping" in order) is order["need_shipping"] is order["need_shipment"]


def test_what_is_stored_comes_as_text_what_is_computed_as_number(orders: list[Any]) -> None:
    texts = (
        "order_id",
        "timestamp",
        "company_id",
        "user_id",
        "payment_id",
        "repaid",
        "total",
        "shipping_cost",
        "updated_at",
    )
    for name in texts:
        assert types(orders, name) == {str}
    for name in ("subtotal", "display_subtotal", "discount", "subtotal_discount", "payment_surcharge", "tax_subtotal"):
        assert types(orders, name) <= {int, float}
        assert not [value for value in values(orders, name) if isinstance(value, float) and value.is_integer()]
    assert types(orders, "subtotal") == {int, float}
    assert types(orders, "need_shipping") == types(orders, "need_shipment") == {bool}
    for name in ("issuer_id", "invoice_id", "credit_memo_id", "notes", "details", "vendor_ref"):
        assert types(orders, name) == {str, type(None)}
    assert set(values(orders, "tax_exempt")) == {"Y", "N"}
    assert all(total[-3] == "." for total in values(orders, "total"))


def test_maps_are_objects_and_lists_when_empty(orders: list[Any]) -> None:
    for name in ("products", "taxes", "promotions", "payment_info", "doc_ids"):
        assert types(orders, name) == {dict, list}
        assert all(value == [] for value in values(orders, name) if isinstance(value, list))
        assert {} not in values(orders, name)
    assert types(orders, "payment_method") == {dict}
    assert types(orders, "shipping") == types(orders, "shipment_ids") == {list}
    assert {type(one) for ids in values(orders, "shipment_ids") for one in ids} == {str}


def test_lines_are_keyed_by_their_ids_and_add_up(orders: list[Any]) -> None:
    for order in orders:
        lines = dict(order["products"])
        assert list(lines) == [line["item_id"] for line in lines.values()]
        assert round(sum(line["subtotal"] for line in lines.values()), 2) == order["subtotal"]
        total = order["subtotal"] - order["subtotal_discount"] + order["payment_surcharge"] + float(order["shipping_cost"])
        assert f"{total:.2f}" == order["total"]
        for line in lines.values():
            assert (line["order_id"], line["company_id"]) == (order["order_id"], "7")
            assert float(line["price"]) * int(line["amount"]) == pytest.approx(line["subtotal"])
            assert {type(line[name]) for name in ("price", "amount", "product_id", "cart_id")} == {str}
            assert {type(line[name]) for name in ("deleted_product", "is_accessible")} == {bool}
    shipped = {type(line["shipped_amount"]) for order in orders for line in dict(order["products"]).values()}
    assert shipped == {int, str}


def test_documents_are_named_by_kind(orders: list[Any]) -> None:
    for order in orders:
        ids = {"I": order["invoice_id"], "C": order["credit_memo_id"]}
        assert dict(order["doc_ids"]) == {kind: number for kind, number in ids.items() if number}


def test_the_details_agree_with_the_row(macke_untouched: Macke, orders: list[Any]) -> None:
    rows = macke_untouched.get("/orders", {**EVERY, "get_orders_data": "0"})["orders"]
    for row, order in zip(rows, orders, strict=True):
        assert {name: order[name] for name in row if name in order} == {
            name: value for name, value in row.items() if name not in ("company", "issuer_name", "issuer_email")
        }
    first = macke_untouched.order(orders[0]["order_id"])
    assert first == orders[0] == macke_untouched.order(f"{orders[0]['order_id']}/")


@pytest.mark.parametrize("name", ["999999", "0", "0/", "abc", "12a", "-1", "1.0", "%31x", "1/2", "1//", "/1", "9" * 30, "٣"])
def test_what_is_no_order_is_not_found(macke_untouched: Macke, name: str) -> None:
    answer = macke_untouched.send("GET", f"/orders/{name}")
    assert (answer.status_code, answer.json()) == (404, {"message": "Not Found", "status": 404})


def test_an_order_of_another_vendor_is_not_found(macke_untouched: Macke) -> None:
    foreign = macke_untouched.ids(account=FOREIGN)[0]
    answer = macke_untouched.send("GET", f"/orders/{foreign}")
    assert (answer.status_code, answer.json()) == (404, error(404, "Not Found"))
    assert macke_untouched.order(foreign, account=FOREIGN)["order_id"] == str(foreign)


# Search


@pytest.mark.parametrize("path", ["/orders/search", "/orders/search/"])
def test_the_search_answers_an_array_of_detailed_orders(macke_untouched: Macke, orders: list[Any], path: str) -> None:
    found = macke_untouched.get(path, {"vendor_ref": "ABC1234"})
    assert found == [order for order in orders if order["vendor_ref"] == "ABC1234"]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("reference", "count"),
    [
        ("ABC12345", 1),
        ("abc1234", 1),
        ("Größe 9/5 & ☃ +1%", 1),
        ("ABC123", 0),
        ("ABC1234 ", 0),
        ("ABC%", 0),
        ("FOREIGN-1", 0),
    ],
)
def test_the_search_is_exact_and_of_own_orders(macke_untouched: Macke, reference: str, count: int) -> None:
    answer = macke_untouched.send("GET", "/orders/search/", params={"vendor_ref": reference})
    if count:
        assert [order["vendor_ref"] for order in answer.json()] == [reference] * count
    else:
        assert (answer.status_code, answer.json()) == (404, error(404, "Not Found", MISS))


def test_the_miss_is_answered_to_the_letter(macke_untouched: Macke) -> None:
    answer = macke_untouched.send("GET", "/orders/search/?vendor_ref=nothing")
    assert (answer.status_code, answer.reason, answer.headers["content-type"]) == (404, "Not Found", "application/json")
    assert answer.json() == {
        "message": "Not Found: Your search did not return any results",
        "status": 404,
        "messages": ["Your search did not return any results"],
    }


@pytest.mark.parametrize("query", ["", "?vendor_ref=", "?vendor_ref", "?ref=ABC1234"])
def test_a_search_for_nothing_is_refused(macke_untouched: Macke, query: str) -> None:
    answer = macke_untouched.send("GET", f"/orders/search{query}")
    assert (answer.status_code, answer.json()) == (400, error(400, "Bad Request", "vendor_ref is missing"))


class Enveloped(Rules):
    def has_ref(self, text: str) -> ColumnElement[bool]:
        return Order.vendor_ref.icontains(text, autoescape=True)

    def search_document(self, results: Any) -> Any:
        return {"orders": [*results], "params": {}}


def test_another_search_is_two_methods_away() -> None:
    with running(vendors=[VENDOR], clock=lambda: NOW, overrides=[Enveloped]) as url:
        found = Macke(url).get("/orders/search", {"vendor_ref": "bc1234"})
    assert len(found["orders"]) == 4
