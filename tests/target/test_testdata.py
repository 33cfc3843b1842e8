"""Where test data comes from: provider states, then the target file; else the line that would give it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from conformance.target import Datum, Target, TestData, Unmet, from_fields

NUMBERS = {"orders": {"ordered": ["IMC1", "IMC2"], "shipped": "IMC3", "delivered": []}}
SETUP = {
    "state": "an order",
    "params": {"status": "Ordered", "engineer": False, "on_hold": False, "account": "own"},
    "action": "setup",
}


class States:
    """A provider-states endpoint that numbers the orders it makes."""

    def __init__(self, *, able: bool = True, removes: bool = True) -> None:
        self.able, self.removes = able, removes
        self.asked: list[Mapping[str, Any]] = []

    def __call__(self, request: Mapping[str, Any]) -> Mapping[str, Any] | None:
        self.asked.append(request)
        if request["action"] == "teardown":
            return {} if self.removes else None
        return {"orderNumber": f"MADE{len(self.asked)}", "orderId": "an id"} if self.able else None


def target(*, states: bool = True, environment: str = "sandbox", data: Mapping[str, Any] = NUMBERS) -> Target:
    fields = {
        "vendor": "imaterialise",
        "base_url": "http://127.0.0.1:1",
        "environment": environment,
        "credentials": {"api_code": "code"},
        "states": {"url": "/_states"} if states else {},
        "data": data,
    }
    return from_fields(fields, "mine.toml", {})


def test_provider_states_come_first() -> None:
    states = States()
    found = TestData(target(), states).one("order.ordered")
    assert found == Datum("order.ordered", {"orderNumber": "MADE1", "orderId": "an id"}, "states")
    assert found["orderNumber"] == "MADE1"
    assert states.asked == [SETUP]


def test_what_states_cannot_make_comes_from_the_target_file() -> None:
    found = TestData(target(), States(able=False)).one("order.ordered")
    assert found == Datum("order.ordered", {"orderNumber": "IMC1"}, "target file")


def test_an_answer_of_states_without_the_id_that_is_needed_gives_nothing() -> None:
    data = TestData(target(), lambda _: {"orderId": "an id"})
    assert data.make("order.ordered") is None
    assert list(data.remove()) == []


@pytest.mark.parametrize("without", [{"states": False}, {"environment": "production"}])
def test_without_states_that_may_be_changed_nothing_is_asked_of_them(without: dict[str, Any]) -> None:
    states = States()
    data = TestData(target(**without), states)
    assert data.make("order.ordered") is None
    assert data.one("order.ordered").source == "target file"
    assert states.asked == []


@pytest.mark.parametrize(
    ("need", "line"),
    [
        ("order.delivered", 'needs an order in status Delivered; add to the target file: [data.orders] delivered = ["…"]'),
        ("order.invalid", "needs an order that was not placed correctly (Draft or PaymentNOK, shown as status Invalid); "
                          'add to the target file: [data.orders] invalid = ["…"]'),
        ("cart.pending", 'needs a cart in status Pending; add to the target file: [data.carts] pending = ["…"]'),
    ],
)  # fmt: skip
def test_a_need_that_nothing_meets_names_the_line_to_add(need: str, line: str) -> None:
    for data in (TestData(target(states=False), States()), TestData(target(), States(able=False))):
        with pytest.raises(Unmet) as unmet:
            data.one(need)
        assert str(unmet.value) == line


def test_the_line_to_add_holds_what_was_discovered() -> None:
    unmet = TestData(target(states=False), States()).unmet("order.delivered", "IMC9")
    assert str(unmet).endswith('[data.orders] delivered = ["IMC9"]')


def test_where_states_only_wait_for_permission_the_line_gives_it() -> None:
    data = TestData(target(environment="production"), States())
    told = 'needs an order in status Delivered: set environment = "sandbox" in the target file'
    assert str(data.unmet("order.delivered")) == told


@pytest.mark.parametrize(
    ("need", "named"), [("order.ordered", ["IMC1", "IMC2"]), ("order.shipped", ["IMC3"]), ("cart.pending", [])]
)
def test_the_target_file_may_name_one_or_several_or_none(need: str, named: list[str]) -> None:
    assert TestData(target(), States()).named(need) == named


def test_data_for_reading_is_made_once_and_data_to_be_used_up_each_time() -> None:
    states = States()
    data = TestData(target(), states)
    assert data.one("order.ordered") is data.one("order.ordered")
    made = [data.make("order.consumable_ordered") for _ in range(2)]
    assert [datum and datum["orderNumber"] for datum in made] == ["MADE2", "MADE3"]


def test_what_was_made_is_removed_last_first_and_only_once() -> None:
    states = States()
    data = TestData(target(), states)
    data.one("order.ordered")
    data.make("order.shipped")
    states.asked.clear()
    assert list(data.remove()) == []
    assert [(asked["action"], asked["params"]["orderNumber"]) for asked in states.asked] == [
        ("teardown", "MADE2"), ("teardown", "MADE1"),
    ]  # fmt: skip
    assert states.asked[1]["params"] == {**SETUP["params"], "orderNumber": "MADE1", "orderId": "an id"}  # type: ignore[dict-item]
    assert list(data.remove()) == []
    assert len(states.asked) == 2


def test_what_cannot_be_removed_is_told() -> None:
    data = TestData(target(), States(removes=False))
    data.one("order.ordered")
    ids = {"orderNumber": "MADE1", "orderId": "an id"}
    assert list(data.remove()) == [f"an order in status Ordered: {ids} could not be removed"]
