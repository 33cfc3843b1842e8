from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from conformance.sandbox.dandomain import VENDOR
from conformance.sandbox.server import running

from .dandomain_client import TODAY, Shop

UNKNOWN = 999999
WRONG_NUMBERS = ["abc", "1.5", "0", "-1", "-99999999999", "%31x", "\u0661", "1e3", "%00", "true"]


@pytest.fixture
def number(shop: Shop) -> Iterator[int]:
    made = shop.create()["id"]
    yield made
    shop.send("DELETE", f"/{made}")


def test_an_order_is_completed_once_and_for_all(shop: Shop, number: int) -> None:
    before = shop.order(number)
    assert shop.done("PUT", f"/CompleteOrder/{number}") is True
    assert shop.done("PUT", f"/CompleteOrder/{number}") is True
    assert shop.order(number) == before | {"incomplete": False, "modifiedDate": "/Date(1774958400000+0200)/"}


@pytest.mark.parametrize(
    "path", ["/CompleteOrder/", "/CompleteOrder", f"/CompleteOrder/{UNKNOWN}", f"/CompleteOrder/{10**20}"]
)
def test_completing_none_or_an_unknown_order_is_false(shop: Shop, path: str) -> None:
    assert shop.done("PUT", path) is False


def test_each_state_that_is_listed_can_be_set_and_is_shown(shop: Shop, number: int) -> None:
    states = shop.done("GET", "/OrderStates")
    assert [state["isDefault"] for state in states].count(True) == 1
    for state in states:
        assert shop.done("PUT", f"/SetOrderState/{number}/{state['id']}") is True
        order = shop.order(number)
        assert (order["orderState"], order["incomplete"]) == (state, True)
    assert number in shop.modified(TODAY)


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("/SetOrderState/{}/99", (400, "OrderStateNotValid")),
        ("/SetOrderState/{}/-1", (400, "OrderStateNotValid")),
        ("/SetOrderState/{}/new", (400, "OrderStateNotValid")),
        ("/SetOrderState/{}", (400, "OrderStateIdMissing")),
        ("/SetOrderState/{}/", (400, "OrderStateIdMissing")),
        ("/SetOrderState/", (400, "OrderIdMissing")),
        (f"/SetOrderState/{UNKNOWN}/1", (404, "OrderNotFound")),
        (f"/SetOrderComment/{UNKNOWN}?comment=x", (404, "OrderNotFound")),
        (f"/SetTrackNumber/{UNKNOWN}?tracknumber=x", (404, "OrderNotFound")),
        ("/SetOrderComment/?comment=x", (400, "OrderIdMissing")),
        ("/SetTrackNumber?tracknumber=x", (400, "OrderIdMissing")),
    ],
)
def test_what_cannot_be_set_is_refused_and_changes_nothing(
    shop: Shop, number: int, path: str, refusal: tuple[int, str]
) -> None:
    before = shop.order(number)
    answer = shop.send("PUT", path.format(number))
    assert (answer.status_code, answer.json()) == refusal
    assert shop.order(number) == before


@pytest.mark.parametrize("text", ["short", "Æblegrød & fløde + 100 % <b>", "🎁☃", 'a "quoted"\r\nline\t', "x" * 1000, ""])
@pytest.mark.parametrize(
    ("path", "name", "member"),
    [("SetOrderComment", "comment", "comment"), ("SetTrackNumber", "tracknumber", "trackingNumber")],
)
def test_a_text_is_kept_as_it_was_sent(shop: Shop, number: int, path: str, name: str, member: str, text: str) -> None:
    before = shop.order(number)
    assert shop.done("PUT", f"/{path}/{number}?{name}=first") is True
    assert shop.done("PUT", f"/{path}/{number}?{name}={quote(text, safe='')}") is True
    after = shop.order(number)
    assert after == before | {member: text, "modifiedDate": after["modifiedDate"]}
    assert after["modifiedDate"]


def test_a_text_that_is_missing_clears_as_an_empty_one_does(shop: Shop, number: int) -> None:
    shop.done("PUT", f"/SetOrderComment/{number}?comment=c")
    shop.done("PUT", f"/SetTrackNumber/{number}?tracknumber=t")
    assert shop.done("PUT", f"/SetOrderComment/{number}") is True
    assert shop.done("PUT", f"/SetTrackNumber/{number}") is True
    assert (shop.order(number)["comment"], shop.order(number)["trackingNumber"]) == ("", "")


def test_a_deleted_order_is_gone_from_everywhere(shop: Shop, number: int) -> None:
    shop.done("PUT", f"/CompleteOrder/{number}")
    assert shop.done("DELETE", f"/{number}") is True
    assert shop.done("DELETE", f"/{number}") is False
    answer = shop.send("GET", f"/{number}")
    assert (answer.status_code, answer.json()) == (404, "OrderNotFound")
    assert number not in shop.listed(TODAY)
    assert number not in shop.modified(TODAY)
    assert number not in [order["id"] for order in shop.done("GET", "/GetByCustomerNumber/17")]
    assert shop.done("PUT", f"/CompleteOrder/{number}") is False
    assert shop.send("PUT", f"/SetOrderState/{number}/1").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/{}"),
        ("DELETE", "/{}"),
        ("PUT", "/CompleteOrder/{}"),
        ("PUT", "/SetOrderState/{}/1"),
        ("PUT", "/SetOrderComment/{}?comment=x"),
        ("PUT", "/SetTrackNumber/{}?tracknumber=x"),
    ],
)
def test_an_order_number_that_is_no_integer_is_refused(shop: Shop, method: str, path: str) -> None:
    for wrong in WRONG_NUMBERS:
        answer = shop.send(method, path.format(wrong))
        assert (answer.status_code, answer.json()) == (400, "OrderIdNotValid"), wrong


@pytest.mark.parametrize("number", [2147483647, 2147483648, 10**30, "9" * 5000])
def test_a_number_too_large_for_any_order_is_an_unknown_one(shop: Shop, number: object) -> None:
    assert shop.done("DELETE", f"/{number}") is False
    assert shop.done("PUT", f"/CompleteOrder/{number}") is False
    for method, path in (("GET", ""), ("PUT", "SetOrderState/"), ("PUT", "SetOrderComment/"), ("PUT", "SetTrackNumber/")):
        answer = shop.send(method, f"/{path}{number}{'/1' if 'State' in path else ''}")
        assert (answer.status_code, answer.json()) == (404, "OrderNotFound")


@pytest.mark.parametrize("database", ["sqlite://", "sqlite:///{}/shop.db"])
def test_of_many_deletions_at_once_one_succeeds_and_no_change_is_lost(tmp_path: Path, database: str) -> None:
    with running(vendors=[VENDOR], database_url=database.format(tmp_path)) as url, ThreadPoolExecutor(8) as pool:
        shop = Shop(url)
        number = shop.create()["id"]
        paths = [f"/CompleteOrder/{number}", f"/SetOrderState/{number}/2", f"/SetOrderComment/{number}?comment=c"]

        def change(path: str) -> Any:
            return Shop(url).done("PUT", path)

        assert set(pool.map(change, paths * 6)) == {True}
        order = shop.order(number)
        assert (order["incomplete"], order["orderState"]["id"], order["comment"]) == (False, 2, "c")
        answers = list(pool.map(lambda _: Shop(url).done("DELETE", f"/{number}"), range(16)))
        assert answers.count(True) == 1
