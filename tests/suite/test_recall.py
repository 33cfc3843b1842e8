"""What was said of a thing is said again, and nobody is blamed for data that change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from types import SimpleNamespace
from typing import Any, cast

import pytest

from conformance.checks import Answer, Broken
from conformance.contract import load
from conformance.suite.context import Context
from conformance.suite.dandomain.every import recall as shop_recall
from conformance.suite.imaterialise.clients import CANCELLATION, ORDER_STATUS, api, recalled
from conformance.suite.macke.every import recall
from conformance.suite.recall import MOST_LOOKS, Recall
from tests.checks.answers import answer_of

NUMBERS = count(1)
ROW = {"order_id": 7, "status": "O", "timestamp": 5, "firstname": "Ann"}


@pytest.fixture
def memory() -> Recall:
    return recall({"9": "states"}, [])


def numbered(body: object) -> Answer:
    made = answer_of("macke/orders getOrder", body)
    return replace(made, exchange=replace(made.exchange, id=f"x{next(NUMBERS)}"))


def shown(**changes: Any) -> Answer:
    return numbered({**ROW, **changes})


def looks(*answers: Answer) -> tuple[list[Answer], Any]:
    asked: list[Answer] = []
    rest: Iterator[Answer] = iter(answers)

    def again() -> Answer:
        asked.append(next(rest))
        return asked[-1]

    return asked, again


def judged(memory: Recall, now: Answer, *again: Answer) -> tuple[list[Broken], list[Answer]]:
    asked, ask = looks(*again)
    return memory.judged(now, ask, lambda look: None), asked


def test_the_same_again_asks_nothing_and_blames_nothing(memory: Recall) -> None:
    assert judged(memory, shown()) == ([], [])
    assert judged(memory, shown()) == ([], [])


def test_who_says_the_old_again_is_blamed_for_the_new(memory: Recall) -> None:
    first, odd, third = shown(), shown(firstname="Bob"), shown()
    judged(memory, first)
    broken, asked = judged(memory, odd, third)
    assert [(one.requirement, one.where, one.exchanges) for one in broken] == [
        ("MK-037", "$.firstname", (first.id, odd.id, third.id))
    ]
    assert len(asked) == 1


def test_who_says_the_new_again_has_changed_data(memory: Recall) -> None:
    judged(memory, shown())
    assert judged(memory, shown(firstname="Bob"), shown(firstname="Bob"))[0] == []
    assert judged(memory, shown(firstname="Bob")) == ([], [])


def test_a_member_that_is_left_out_is_asked_for_again(memory: Recall) -> None:
    judged(memory, shown())
    without = numbered({name: value for name, value in ROW.items() if name != "firstname"})
    assert len(judged(memory, without, shown())[0]) == 1


def test_an_own_order_is_shown_the_same_way_without_a_second_look(memory: Recall) -> None:
    judged(memory, shown(order_id=9))
    broken, asked = judged(memory, shown(order_id=9, firstname="Bob"))
    assert (len(broken), asked) == (1, [])


def test_what_the_run_changes_may_change_and_the_rest_may_not(memory: Recall) -> None:
    judged(memory, shown(order_id=9))
    memory.forget("order 9", {"status"})
    assert judged(memory, shown(order_id=9, status="C"))[0] == []
    memory.forget("order 9", {"status"})
    assert len(judged(memory, shown(order_id=9, status="P", firstname="Bob"))[0]) == 1
    memory.forget("order 9")
    assert judged(memory, shown(order_id=9, firstname="Cy"))[0] == []


def test_a_target_of_which_no_answer_agrees_is_not_asked_for_ever(memory: Recall) -> None:
    judged(memory, shown())
    asked = 0
    for place in range(MOST_LOOKS):
        asked += len(judged(memory, shown(firstname=f"a{place}"), *(shown(firstname=f"{place}.{n}") for n in range(3)))[1])
    assert asked == MOST_LOOKS


def shop_order(operation: str, **changes: Any) -> Answer:
    made = answer_of(f"dandomain/orders {operation}", {"id": 9, "comment": "", "currencyCode": "DKK", **changes})
    return replace(made, exchange=replace(made.exchange, id=f"x{next(NUMBERS)}"))


def test_what_only_the_creation_showed_was_wrong_there() -> None:
    memory = shop_recall({"9"}, [])
    assert memory.judged(shop_order("CreateOrder"), None, lambda look: None) == []
    (found,) = judged(memory, shop_order("GetOrder", currencyCode="EUR"))[0]
    assert (found.requirement, found.where) == ("DD-171", "$.currencyCode")
    (found,) = judged(memory, shop_order("GetOrder", currencyCode="SEK"))[0]
    assert found.requirement == "DD-258"


def test_a_list_that_alone_shows_something_else_is_wrong_itself() -> None:
    memory = shop_recall({"9"}, [])
    for one in (shop_order("CreateOrder"), shop_order("GetOrder")):
        assert judged(memory, one)[0] == []
    row = {"id": 9, "comment": "", "currencyCode": "EUR"}
    (found,) = judged(memory, answer_of("dandomain/orders GetOrders", [row]))[0]
    assert (found.requirement, found.where) == ("DD-221", "$[0].currencyCode")


def test_the_answer_to_an_update_shows_nothing_of_the_order(memory: Recall) -> None:
    memory.judged(answer_of("macke/orders updateOrder", {"order_id": "9"}), None, lambda look: None)
    assert memory.last == {}


@pytest.mark.parametrize("number", ["IMC000007", "AB1234567"])
def test_an_order_that_the_run_cancels_may_change_whatever_its_number_looks_like(number: str) -> None:
    made = [("order.consumable_ordered", {"orderNumber": number}), ("order.ordered", {"orderNumber": "IMC000008"})]
    names = {"target": SimpleNamespace(credentials={"api_code": "x"}), "data": SimpleNamespace(made=made), "shared": {},
             "contracts": {api: load(api) for api in (ORDER_STATUS, CANCELLATION)}}  # fmt: skip
    context = cast(Context, SimpleNamespace(**names))
    memory = recalled(context)

    def listed(status: int) -> Answer:
        return answer_of(f"{ORDER_STATUS} getOrders", {"orders": [
            {"orderNumber": one, "statusCode": status} for one in (number, "IMC000008")]})  # fmt: skip

    judged(memory, listed(2))
    cancelled = answer_of(f"{CANCELLATION} cancelOrderByNumber", {"isCanceled": True})
    body = b'{"orderNumber": "%s"}' % number.lower().encode()
    request = replace(cancelled.exchange.request, method="POST", body=body)
    api(context, CANCELLATION).seen(replace(cancelled, exchange=replace(cancelled.exchange, request=request)))
    assert [found.where for found in judged(memory, listed(0))[0]] == ["$.orders[1].statusCode"]
