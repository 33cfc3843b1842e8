from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from conformance.sandbox.server import running

from .client import CANCELLATION, NOW, XML, Client

MESSAGES = {
    501: "Wrong request body. Check if all parameters set correctly.",
    503: "Please, send OrderNumber of order you want to cancel.",
    505: "Wrong OrderNumber has been applied.",
    506: "Order was not placed correctly. Contact us for more details.",
    507: "Order has already been cancelled before.",
    508: "Impossible to cancel order. Production has already been started. Contact us for more details.",
    509: "Impossible to cancel order. Order processing has already been started. "
    "Contact us for more details.",
}


def refusal(code: int) -> dict[str, object]:
    return {"isCanceled": False, "requestError": {"message": MESSAGES[code], "code": code}}


@pytest.mark.parametrize(
    ("status", "flags"),
    [("Ordered", {}), ("Processing", {}), ("Ordered", {"on_hold": True}), ("Processing", {"on_hold": True})],
)
def test_an_order_is_cancelled_once(client: Client, status: str, flags: dict[str, bool]) -> None:
    made = client.new_order(status, **flags)
    number = made["orderNumber"]
    named = {"orderId": made["orderId"], "orderNumber": number}
    answer = client.cancel(number)
    assert answer == {**named, "isCanceled": True}
    assert list(answer) == ["orderId", "orderNumber", "isCanceled"]
    order = client.order(number)
    assert (order["statusCode"], order["creditNoteNumber"]) == (0, f"ICN{number[3:]}")
    assert client.cancel(number) == {**named, **refusal(507)}


@pytest.mark.parametrize(
    ("status", "flags", "code"),
    [
        ("Invalid", {}, 506),
        ("Cancelled", {}, 507),
        ("InProduction", {}, 508),
        ("ReadyToShip", {}, 508),
        ("Shipped", {}, 508),
        ("Delivered", {}, 508),
        ("Processing", {"engineer": True}, 509),
    ],
)
def test_a_refusal_names_the_order_and_changes_nothing(
    client: Client, status: str, flags: dict[str, bool], code: int
) -> None:
    made = client.new_order(status, **flags)
    before = client.order(made["orderNumber"])
    assert client.cancel(made["orderNumber"]) == {**made, **refusal(code)}
    assert client.order(made["orderNumber"]) == before


@pytest.mark.parametrize("number", ["IMC999999", "imc031648", " IMC031648", "é", "\x00", "x" * 5000])
def test_an_unknown_number_is_505(client: Client, number: str) -> None:
    assert client.cancel(number) == refusal(505)


def test_a_foreign_order_is_505(client: Client) -> None:
    made = client.new_order("Ordered", account="foreign")
    assert client.cancel(made["orderNumber"]) == refusal(505)


@pytest.mark.parametrize("number", [None, "", " \t"])
def test_an_empty_number_is_503(client: Client, number: str | None) -> None:
    assert client.cancel(number) == refusal(503)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{}", 503),
        ("<R/>", 503),
        ("<R><OrderNumber/></R>", 503),
        ("", 501),
        ("{", 501),
        ("[]", 501),
        ('"IMC031648"', 501),
        ('{"orderNumber": 1}', 501),
        ('{"orderNumber": ["IMC031648"]}', 501),
        ("<R><OrderNumber>", 501),
        ("<R><OrderNumber><x/></OrderNumber></R>", 501),
        ('{"ORDERNUMBER": "x"}', 505),
        ("<R><ordernumber>x</ordernumber></R>", 505),
        ('{"orderNumber": "\\ud800"}', 505),
    ],
)
def test_a_body_is_judged_before_its_order(client: Client, body: str, code: int) -> None:
    answer = client.send("POST", CANCELLATION, data=body)
    assert (answer.status_code, answer.json()) == (200, refusal(code))


def test_xml_both_ways(client: Client) -> None:
    made = client.new_order("Shipped")
    body = f"<Cancel><OrderNumber>{made['orderNumber']}</OrderNumber></Cancel>"
    root = etree.fromstring(client.send("POST", CANCELLATION, XML, data=body).content)
    assert [element.tag for element in root.iter()] == [
        "OrderCancellationResponse",
        "OrderId",
        "OrderNumber",
        "IsCanceled",
        "RequestError",
        "Message",
        "Code",
    ]


@pytest.mark.parametrize("on_disk", [False, True])
def test_of_many_at_once_exactly_one_cancels(tmp_path: Path, on_disk: bool) -> None:
    database = f"sqlite:///{tmp_path / 'sandbox.db'}" if on_disk else "sqlite://"
    with running(clock=lambda: NOW, database_url=database) as url, ThreadPoolExecutor(8) as threads:
        clients = [Client(url) for _ in range(8)]
        for _ in range(5):
            number = clients[0].new_order("Ordered")["orderNumber"]
            answers: list[Any] = list(threads.map(lambda each, asked=number: each.cancel(asked), clients))
            assert sorted(answer["isCanceled"] for answer in answers) == [False] * 7 + [True]
            assert {answer["requestError"]["code"] for answer in answers if not answer["isCanceled"]} == {507}
