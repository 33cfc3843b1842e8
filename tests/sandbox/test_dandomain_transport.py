from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from conformance.sandbox.dandomain import VENDOR, Rules
from conformance.sandbox.dandomain.danish import instant, local
from conformance.sandbox.dandomain.keys import KEY, NO_PERMISSION_KEY, PERMISSION_KEYS, Permission
from conformance.sandbox.dandomain.shop import Method
from conformance.sandbox.server import running
from conformance.sandbox.spawn import target_fields

from .dandomain_client import BASE, EVER, NAMESPACE, NOW, Shop, order_body

OPERATIONS = [
    ("POST", "", Permission.CREATE),
    ("GET", f"/GetByDateInterval?{EVER}", Permission.READ),
    ("GET", f"/GetByModifiedInterval?{EVER}", Permission.READ),
    ("GET", f"/CountByModifiedInterval?{EVER}", Permission.READ),
    ("GET", "/GetByCustomerNumber/17", Permission.READ),
    ("GET", "/OrderStates", Permission.READ),
    ("GET", "/{}", Permission.READ),
    ("PUT", "/CompleteOrder/{}", Permission.UPDATE),
    ("PUT", "/SetOrderComment/{}?comment=x", Permission.UPDATE),
    ("PUT", "/SetOrderState/{}/1", Permission.UPDATE),
    ("PUT", "/SetTrackNumber/{}?tracknumber=x", Permission.UPDATE),
    ("DELETE", "/{}", Permission.DELETE),
]


@pytest.mark.parametrize(("method", "path", "_permission"), OPERATIONS)
def test_a_wrong_key_is_401(shop: Shop, method: str, path: str, _permission: Permission) -> None:
    body = order_body() if method == "POST" else None
    for key in ("", "no-key", "99999999-1111-4111-8111-111111111111", KEY[:-1], f"{KEY}0", "%00", "ø"):
        answer = shop.send(method, path.format(101), key=key, json=body)
        assert (answer.status_code, answer.json()) == (401, "KeyNotValid"), key


@pytest.mark.parametrize(("method", "path", "permission"), OPERATIONS)
def test_each_operation_takes_its_one_permission(shop: Shop, method: str, path: str, permission: Permission) -> None:
    number = shop.create()["id"]
    before = shop.order(number)
    body = order_body() if method == "POST" else None
    others = [key for owned, key in PERMISSION_KEYS.items() if owned is not permission]
    for key in (NO_PERMISSION_KEY, *others):
        answer = shop.send(method, path.format(number), key=key, json=body)
        assert (answer.status_code, answer.json()) == (403, "PermissionMissing")
    assert shop.order(number) == before
    for key in (PERMISSION_KEYS[permission], KEY.upper()):
        assert shop.send(method, path.format(number), key=key, json=body).status_code == 200


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("", "POST"),
        ("/", "POST"),
        ("/GetByDateInterval", "GET"),
        ("/GetByModifiedInterval", "GET"),
        ("/CountByModifiedInterval", "GET"),
        ("/GetByCustomerNumber/17", "GET"),
        ("/OrderStates", "GET"),
        ("/101", "DELETE, GET"),
        ("/CompleteOrder/101", "PUT"),
        ("/SetOrderComment/101", "PUT"),
        ("/SetOrderState/101/1", "PUT"),
        ("/SetTrackNumber/101", "PUT"),
    ],
)
def test_other_methods_are_405(shop: Shop, path: str, allowed: str) -> None:
    for method in {"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"} - set(allowed.split(", ")):
        answer = shop.send(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed), method


@pytest.mark.parametrize(
    "path", ["/101/lines", "/OrderStates/1", "/CompleteOrder/101/x", "/SetOrderState/101/1/2", "/a/b/c"]
)
def test_a_path_that_names_nothing_is_404(shop: Shop, path: str) -> None:
    answer = shop.send("GET", path)
    assert (answer.status_code, answer.json()) == (404, "EndpointNotFound")


@pytest.mark.parametrize("base", [BASE, BASE.upper(), BASE.lower(), "/admin/WEBAPI/Endpoints/v1_0/OrderService"])
@pytest.mark.parametrize("path", ["OrderStates", "orderstates", "ORDERSTATES"])
def test_the_letter_case_of_the_fixed_path_does_not_count(shop: Shop, base: str, path: str) -> None:
    assert shop.session.get(f"{shop.url}{base}/{KEY}/{path}", timeout=10).status_code == 200


def test_the_help_page_needs_no_key(shop: Shop) -> None:
    for path in ("/help", "/Help", "/help/operations/CompleteOrder"):
        answer = shop.session.get(f"{shop.url}{BASE}{path}", timeout=10)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "CompleteOrder" in answer.text
    assert shop.session.get(f"{shop.url}{BASE}/help/operations/Nothing", timeout=10).status_code == 404
    assert shop.session.post(f"{shop.url}{BASE}/help", timeout=10).status_code == 405
    assert shop.session.get(f"{shop.url}{BASE}", timeout=10).status_code == 405


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/json", "text/json"),
        ("text/*", "text/json"),
        ("application/xml", "application/xml"),
        ("text/xml", "text/xml"),
        ("application/json;q=0.5, text/xml", "text/xml"),
        ("text/html", "application/json"),
    ],
)
@pytest.mark.parametrize(
    ("path", "status"), [("/OrderStates", 200), ("/101", 200), ("/SetOrderState/101/1", 405), ("/abc", 400)]
)
def test_the_format_is_as_asked_else_json(shop: Shop, accept: str | None, expected: str, path: str, status: int) -> None:
    answer = shop.send("GET", path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (status, f"{expected}; charset=utf-8")
    assert answer.json() if "json" in expected else etree.fromstring(answer.content) is not None


def names(found: Any) -> list[list[str]]:
    """The member names of every object in a document."""
    if isinstance(found, list):
        return [each for entry in found for each in names(entry)]
    if isinstance(found, dict):
        return [list(found), *(each for entry in found.values() for each in names(entry))]
    return []


def test_members_stand_in_the_order_of_their_code_points_and_nulls_are_there(shop: Shop) -> None:
    orders = shop.done("GET", f"/GetByDateInterval?{EVER}")
    assert all(members == sorted(members) for members in names(orders))
    assert {tuple(order) for order in orders} == {tuple(orders[0])}
    assert len(orders[0]) == 35
    assert {order["modifiedDate"] is None for order in orders} == {True, False}
    assert [order["xmlParams"] for order in orders] == [None] * len(orders)


def test_json_escapes_its_slashes(shop: Shop) -> None:
    answer = shop.send("GET", f"/GetByDateInterval?{EVER}")
    assert "/" not in answer.text.replace("\\/", "")
    assert json.loads(answer.text) == answer.json()
    assert any(order["referrer"].startswith("https://") for order in answer.json())


XML_ROOTS = [
    ("GET", "/{}", f"{{{NAMESPACE}}}order"),
    ("GET", f"/GetByDateInterval?{EVER}", f"{{{NAMESPACE}}}ArrayOforder"),
    ("GET", "/GetByCustomerNumber/nobody", f"{{{NAMESPACE}}}ArrayOforder"),
    ("GET", "/OrderStates", f"{{{NAMESPACE}}}ArrayOforderState"),
    ("PUT", "/CompleteOrder/{}", "{http://schemas.microsoft.com/2003/10/Serialization/}boolean"),
    ("GET", f"/CountByModifiedInterval?{EVER}", "{http://schemas.microsoft.com/2003/10/Serialization/}int"),
    ("GET", "/999999", "{http://schemas.microsoft.com/2003/10/Serialization/}string"),
]


@pytest.mark.parametrize(("method", "path", "root"), XML_ROOTS)
def test_the_xml_root_is_that_of_a_data_contract(shop: Shop, method: str, path: str, root: str) -> None:
    answer = shop.send(method, path.format(101), headers={"Accept": "application/xml"})
    assert etree.fromstring(answer.content).tag == root


def test_an_order_says_the_same_in_xml_as_in_json(shop: Shop) -> None:
    number = shop.create(orderLines=[{"productId": 310, "quantity": 2}, {"productId": "305", "quantity": 1}])["id"]
    text = "A & <b>\r🎁\u0001"
    shop.send("PUT", f"/SetOrderComment/{number}", params={"comment": text})
    root = etree.fromstring(shop.send("GET", f"/{number}", headers={"Accept": "text/xml"}).content)
    order = shop.order(number)
    assert [etree.QName(child).localname for child in root] == list(order)
    nil = "{http://www.w3.org/2001/XMLSchema-instance}nil"
    for child in root:
        value = order[etree.QName(child).localname]
        assert (child.get(nil) == "true") is (value is None)
    assert root.findtext("{*}createdDate") == "2026-03-31T14:00:00"
    assert root.findtext("{*}modifiedDate") == "2026-03-31T14:00:00"
    assert root.findtext("{*}comment") == text.replace("\u0001", "\ufffd")
    assert root.findtext("{*}incomplete") == "true"
    lines = root.findall("{*}orderLines/{*}orderLine")
    assert [entry.findtext("{*}unitPrice") for entry in lines] == ["199.80", "79.96"]
    assert root.findtext("{*}totalPrice") == "642.45"
    assert order["totalPrice"] == 642.45


def test_danish_time_and_back() -> None:
    assert local(NOW).isoformat() == "2026-03-31T14:00:00.500000+02:00"
    assert instant(local(NOW).replace(tzinfo=None)) == NOW


# Rules and target


class AnyCountry(Rules):
    def payment_fits_country(self, method: Method, countries: Any) -> bool:
        return True


class Wrapped(Rules):
    def orders_document(self, orders: Any) -> Any:
        return {"orders": super().orders_document(orders)}


def test_a_fault_is_one_method() -> None:
    with running(vendors=[VENDOR], overrides=[AnyCountry, Wrapped], clock=lambda: NOW) as url:
        shop = Shop(url)
        assert shop.create(paymentId=61)["paymentInfo"]["name"] == "Bancontact"
        assert shop.refused(order_body(shippingId=49)) == (400, "ShippingMethodNotValid")
        assert list(shop.done("GET", f"/GetByDateInterval?{EVER}")) == ["orders"]


def test_a_database_file_keeps_what_happened(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'shop.db'}"
    with running(vendors=[VENDOR], clock=lambda: NOW, database_url=database) as url:
        made = Shop(url).create()["id"]
        Shop(url).done("PUT", f"/SetOrderState/{made}/3")
        before = Shop(url).done("GET", f"/GetByDateInterval?{EVER}")
        last = Shop(url).create()["id"]
        Shop(url).done("DELETE", f"/{last}")
    with running(vendors=[VENDOR], clock=lambda: NOW, database_url=database) as url:
        assert Shop(url).done("GET", f"/GetByDateInterval?{EVER}") == before
        assert Shop(url).create()["id"] > last


def test_the_target_file_names_the_keys() -> None:
    assert target_fields("dandomain") == {
        "name": "reference sandbox",
        "vendor": "dandomain",
        "environment": "sandbox",
        "credentials": {
            "key": KEY,
            "no_permission_key": NO_PERMISSION_KEY,
            **{f"{permission}_key": key for permission, key in PERMISSION_KEYS.items()},
        },
        "states": {"url": "/_states/dandomain"},
    }
