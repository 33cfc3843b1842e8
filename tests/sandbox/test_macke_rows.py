"""The seed, what a list shows of an order, and how both are written."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from conformance.sandbox.macke import VENDOR, Rules
from conformance.sandbox.macke.accounts import OWN
from conformance.sandbox.macke.models import Order
from conformance.sandbox.server import running

from .macke_client import LETTERS, NOW, Macke

ALL = {"items_per_page": 0, "status[]": list(LETTERS)}


def test_the_seed_has_every_case_several_times(macke_book: list[Order]) -> None:
    mine = [order for order in macke_book if order.company_id == OWN.company_id]
    assert (len(mine), len(macke_book)) == (70, 85)
    assert min(Counter(order.status for order in mine)[letter] for letter in LETTERS) >= 6
    users = Counter(order.user_id for order in mine)
    assert sorted(users) == [0, 3, 14, 27, 31, 52, 68]
    assert min(users.values()) >= 8
    assert sum(order.invoice_id is not None for order in mine) >= 12
    assert {order.content.notes is None for order in mine} == {True, False}
    assert {order.content.shipping.address == "" for order in mine} == {True, False}
    assert Counter(order.timestamp for order in mine).most_common(2)[1][1] >= 3
    assert Counter(order.total for order in mine).most_common(1)[0][1] >= 2
    assert Counter(order.vendor_ref for order in mine)["ABC1234"] == 2
    assert any("Ł" in order.lastname for order in mine)
    assert any(not order.content.lines for order in mine)
    span = datetime.fromtimestamp(mine[0].timestamp, UTC) - datetime.fromtimestamp(mine[-1].timestamp, UTC)
    assert span.days > 410
    assert all(order.timestamp <= order.updated_at <= NOW.replace(tzinfo=UTC).timestamp() for order in mine)
    assert [order.order_id for order in mine] != sorted((order.order_id for order in mine), reverse=True)


def test_the_seed_is_the_same_for_the_same_day(macke_untouched: Macke) -> None:
    with running(vendors=[VENDOR], clock=lambda: NOW.replace(hour=23)) as url:
        assert Macke(url).get("/orders", ALL) == macke_untouched.get("/orders", ALL)
    with running(vendors=[VENDOR], clock=lambda: datetime(2024, 2, 29, 0, 0, 1)) as url:
        assert len(Macke(url).ids(ALL)) == 70


# The answer


def test_a_row_is_short_and_of_strings_and_nulls(macke_untouched: Macke, macke_book: list[Order]) -> None:
    order = next(one for one in macke_book if one.credit_memo_id and one.company_id == OWN.company_id)
    (row,) = macke_untouched.get("/orders", {"invoice_id": order.invoice_id})["orders"]
    assert row == {
        "order_id": str(order.order_id),
        "issuer_id": order.issuer_id and str(order.issuer_id),
        "user_id": str(order.user_id),
        "is_parent_order": "N",
        "parent_order_id": "0",
        "company_id": "7",
        "timestamp": str(order.timestamp),
        "firstname": order.firstname,
        "lastname": order.lastname,
        "email": order.email,
        "phone": order.phone,
        "status": "H",
        "total": f"{order.total / 100:.2f}",
        "company": "Tassen & Teller GmbH",
        "issuer_name": None,
        "issuer_email": None,
        "invoice_id": str(order.invoice_id),
        "credit_memo_id": str(order.credit_memo_id),
    }
    for row in macke_untouched.get("/orders", ALL)["orders"]:
        assert {type(value) for value in row.values()} <= {str, type(None)}


def test_every_parameter_is_echoed(macke_untouched: Macke) -> None:
    params = macke_untouched.get("/orders", {"colour": "red", "status[]": ["N", "P"], "page": "2"})["params"]
    assert (params["colour"], params["status"], params["page"]) == ("red", ["N", "P"], 2)
    assert params["include_incompleted"] is True


def test_json_is_written_as_php_writes_it(macke_untouched: Macke) -> None:
    answer = macke_untouched.send("GET", "/orders", params={"email": "zoe", "a/b": "é"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.content.isascii()
    assert r'"firstname":"Zo\u00eb"' in answer.text
    assert r'"phone":"089\/1234"' in answer.text
    assert r'"a\/b":"\u00e9"' in answer.text


def test_rows_are_full_orders_when_asked_for(macke_untouched: Macke) -> None:
    rows = macke_untouched.get("/orders", {"get_orders_data": "1"})["orders"]
    assert rows[0] == macke_untouched.order(rows[0]["order_id"])


class Literal(Rules):
    literal_types = True


class Generous(Rules):
    def page_size(self, query: Any) -> int:
        return 25

    def hidden_statuses(self) -> tuple[str, ...]:
        return ()

    def list_document(self, orders: Any, params: Any) -> Any:
        return [*orders]


def test_one_switch_turns_all_types_to_those_of_the_table() -> None:
    with running(vendors=[VENDOR], clock=lambda: NOW, overrides=[Literal]) as url:
        document = Macke(url).get("/orders", {"status": "H"})
        row = document["orders"][0]
        order = Macke(url).order(row["order_id"])
    assert type(document["params"]["total_items"]) is int
    assert [type(row[name]) for name in ("order_id", "timestamp", "user_id")] == [int, int, int]
    assert row["total"] == order["total"]
    assert type(order["total"]) in (int, float)
    assert type(order["payment_info"]) is list
    assert type(order["promotions"]) is list
    assert type(order["taxes"]) is dict
    assert type(order["shipment_ids"]) is str
    assert order["repaid"] in (0, 1)


def test_rules_are_overridden_one_by_one() -> None:
    with running(vendors=[VENDOR], clock=lambda: NOW, overrides=[Generous]) as url:
        rows = Macke(url).get("/orders")
    assert len(rows) == 25
    assert "N" in {row["status"] for row in rows}
