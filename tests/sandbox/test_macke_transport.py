"""Who may ask, how, and where; and the orders that a suite may ask for."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from conformance.sandbox.macke.accounts import FOREIGN, OWN, Account
from conformance.sandbox.spawn import target_fields

from .macke_client import LETTERS, NOW_SECONDS, Macke, error

UNAUTHORIZED = {"message": "Unauthorized", "status": 401}


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


def test_the_target_file_names_example_credentials() -> None:
    assert target_fields("macke") == {
        "name": "reference sandbox",
        "vendor": "macke",
        "environment": "sandbox",
        "credentials": {"email": "api@own-vendor.example", "api_key": "Example0Key0Of0The0Own0Vendor001"},
        "states": {"url": "/_states/macke"},
    }


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Basic",
        "Basic !!!",
        "Basic w6k",
        "Basic " + base64.b64encode(b"\xff:\xfe").decode(),
        basic(""),
        basic(":"),
        basic(OWN.email),
        basic(f"{OWN.email}:"),
        basic(f"{OWN.email}:{FOREIGN.api_key}"),
        basic(f"{OWN.email}:{OWN.api_key.lower()}"),
        basic(f"{OWN.email}:{OWN.api_key} "),
        basic(f"x{OWN.email}:{OWN.api_key}"),
        basic(f"{OWN.email}:{OWN.api_key}").replace("Basic", "Bearer"),
        f"{OWN.email}:{OWN.api_key}",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/orders"),
        ("GET", "/orders/1001"),
        ("PUT", "/orders/1001"),
        ("GET", "/orders/search"),
        ("PATCH", "/orders/a/b"),
    ],
)
def test_missing_and_wrong_credentials_are_401_before_anything_else(
    macke_untouched: Macke, method: str, path: str, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = macke_untouched.send(method, path, account=None, headers=headers, data=b"broken {")
    assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)
    assert answer.headers["www-authenticate"] == 'Basic realm="User email/API key"'


@pytest.mark.parametrize("account", [OWN, FOREIGN])
def test_each_account_signs_in(macke_untouched: Macke, account: Account) -> None:
    rows = macke_untouched.get("/orders", account=account)["orders"]
    assert {row["company_id"] for row in rows} == {str(account.company_id)}


def test_the_scheme_comes_in_any_letter_case(macke_untouched: Macke) -> None:
    header = basic(f"{OWN.email}:{OWN.api_key}").replace("Basic", "bASIC")
    assert macke_untouched.send("GET", "/orders", account=None, headers={"Authorization": header}).status_code == 200


def test_the_credentials_are_never_echoed(macke_untouched: Macke) -> None:
    for path in ("/orders?items_per_page=0", "/orders/1001", "/orders/search?vendor_ref=ABC1234", "/orders/none"):
        text = macke_untouched.send("GET", path).text
        assert OWN.email not in text
        assert OWN.api_key not in text


@pytest.mark.parametrize(
    ("path", "methods", "allowed"),
    [
        ("/orders", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"], "GET"),
        ("/orders/", ["POST", "PUT", "DELETE"], "GET"),
        ("/orders/1001", ["POST", "DELETE", "PATCH", "OPTIONS", "PROPFIND"], "GET, PUT"),
        ("/orders/999999/", ["POST", "DELETE"], "GET, PUT"),
        ("/orders/search", ["POST", "PUT", "DELETE", "PATCH"], "GET"),
    ],
)
def test_verbs_that_are_not_described_are_405(macke_untouched: Macke, path: str, methods: list[str], allowed: str) -> None:
    for method in methods:
        answer = macke_untouched.send(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
        assert answer.json() == error(405, "Method Not Allowed")
    assert macke_untouched.send("HEAD", path).status_code == 405


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        (None, 200),
        ("*/*", 200),
        ("application/json", 200),
        ("application/json, text/plain, */*", 200),
        ("text/html, application/*;q=0.1", 200),
        ("text/xml", 406),
        ("application/json;q=0", 406),
    ],
)
def test_json_is_the_only_format(macke_untouched: Macke, accept: str | None, status: int) -> None:
    answer = macke_untouched.send("GET", "/orders", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json")
    if status == 406:
        assert answer.json() == error(406, "Not Acceptable")


@pytest.mark.parametrize(
    "path", ["/orders//", "/orders//1001", "/orders/1001//", "/orders/search/x", "/orders/1001/products"]
)
def test_other_paths_are_not_found(macke_untouched: Macke, path: str) -> None:
    answer = macke_untouched.send("GET", path, allow_redirects=False)
    assert (answer.status_code, answer.json()) == (404, error(404, "Not Found"))


# Provider states


@pytest.mark.parametrize("letter", LETTERS)
def test_an_order_is_made_now_and_removed(macke: Macke, letter: str) -> None:
    made = macke.state(status=letter)
    order = macke.order(made["orderId"])
    assert (order["status"], order["user_id"], order["email"]) == (letter, made["userId"], made["email"])
    assert order["timestamp"] == order["updated_at"] == str(NOW_SECONDS)
    assert order["vendor_ref"] is order["invoice_id"] is None
    assert macke.state("teardown", status=letter, **made) == {}
    assert macke.send("GET", f"/orders/{made['orderId']}").status_code == 404
    assert macke.state("teardown", status=letter, **made) == {}
    assert int(macke.new_order()) > int(made["orderId"])


def test_the_default_order_is_open_registered_own_and_without_invoice(macke: Macke) -> None:
    made = macke.state()
    assert set(made) == {"orderId", "userId", "email"}
    assert made["userId"] != "0"
    assert macke.order(made["orderId"])["status"] == "O"


def test_an_invoiced_order_is_found_by_its_invoice(macke: Macke) -> None:
    made = macke.state(status="C", invoice=True)
    assert macke.ids({"invoice_id": made["invoiceId"]}) == [int(made["orderId"])]


def test_a_guest_is_nobody_else(macke: Macke) -> None:
    made = macke.state(customer="guest")
    assert made["userId"] == "0"
    assert macke.ids({"email": made["email"]}) == [int(made["orderId"])]


def test_a_foreign_order_belongs_to_the_other_vendor(macke: Macke) -> None:
    order_id = macke.new_order(account="foreign")
    assert macke.send("GET", f"/orders/{order_id}").status_code == 404
    assert macke.order(order_id, account=FOREIGN)["order_id"] == order_id


@pytest.mark.parametrize(
    ("params", "action"),
    [
        ({"status": "X"}, "setup"),
        ({"status": "o"}, "setup"),
        ({"customer": "vip"}, "setup"),
        ({"invoice": "yes"}, "setup"),
        ({"colour": "red"}, "setup"),
        ({}, "teardown"),
        ({"orderId": 1001}, "teardown"),
    ],
)
def test_what_cannot_be_made_is_400_with_what_can(macke: Macke, params: Any, action: str) -> None:
    body = {"state": "an order", "params": params, "action": action}
    answer = macke.session.post(f"{macke.url}/_states/macke", json=body, timeout=10)
    assert answer.status_code == 400
    assert answer.json()["states"]["macke"]["an order"]["status"] == list(LETTERS)


@pytest.mark.parametrize("order_id", ["none", "", "9" * 40, "٣", "²"])
def test_removing_what_there_is_not_is_done_already(macke: Macke, order_id: str) -> None:
    assert macke.state("teardown", orderId=order_id) == {}
