"""The shortest conversation that shows a finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.contract import load
from conformance.report.conversation import conversations, converse
from conformance.report.trait import values

from .conversations import (
    CANCEL,
    SHOP,
    STATUS,
    about,
    cancelled,
    commented,
    created,
    listed,
    looked_up,
    provided,
    run_with,
)


def test_what_the_question_is_about_is_told_from_its_beginning(tmp_path: Path) -> None:
    lines = [
        provided("x1", "IMC1000"), listed("x2", "IMC1000"), cancelled("x3", "IMC1000", status=401),
        cancelled("x4", "IMC2000"), cancelled("x5", "IMC1000", isCanceled=True),
        cancelled("x6", "IMC1000", test="another", isCanceled=None),
        cancelled("x7", "IMC1000", requestError={"code": 508}),
        cancelled("x8", "IMC1000", isCanceled=False),
    ]  # fmt: skip
    finding = about("OC-507", "x7")
    told = converse(run_with(tmp_path, finding, *lines), finding, load(CANCEL))
    assert [step.exchange.id for step in told.steps] == ["x5", "x7"]
    assert told.provided == (("IMC1000", "an order (status: Ordered)"),)
    assert told.steps[-1].asked == ("{", '  "orderNumber": "IMC1000"', "}")
    assert '  "requestError": {   ← here' in told.steps[-1].came
    assert told.left_out == ()


def test_test_data_of_the_target_file_is_told_by_its_place_there(tmp_path: Path) -> None:
    finding = about("OC-507", "x1")
    target = {"name": "mine", "vendor": "imaterialise", "base_url": "http://mine.example", "environment": "sandbox",
              "data": {"orders": {"cancelled": ["IMC1000"], "ordered": ["IMC2000"]}}}  # fmt: skip
    told = converse(run_with(tmp_path, finding, cancelled("x1", "IMC1000"), targets=[target]), finding, load(CANCEL))
    assert told.provided == (("IMC1000", "data.orders.cancelled"),)


def test_of_the_exchanges_that_are_named_those_remain_that_show_where_the_expectation_comes_from(tmp_path: Path) -> None:
    everything = [f"IMC{number}" for number in range(1000, 1090)]
    lines = [listed("x1", *everything), listed("x2", *everything, query="?dateFrom=01-02-2000"),
             listed("x3", "IMC1001", query=""), listed("x4", query="?number=IMC1044")]  # fmt: skip
    finding = about("OS-021", "x1", "x2", "x3", "x4", api=STATUS, where="$.orders", expected="IMC1044", actual="no order")
    told = converse(run_with(tmp_path, finding, *lines), finding, load(STATUS))
    assert [step.exchange.id for step in told.steps] == ["x2", "x4"]
    assert told.left_out == ("x1", "x3")
    assert told.steps[0].came == (
        "{", '  "orders": [', "    … 44 more",
        '    { "orderNumber": "IMC1044" … 2 more },   ← here', "    … 45 more", "  ]", "}",
    )  # fmt: skip


def test_the_same_question_with_the_same_answer_is_told_once(tmp_path: Path) -> None:
    lines = [listed(f"x{number}", "IMC1000") for number in range(1, 6)]
    finding = about("OS-021", *(f"x{number}" for number in range(1, 6)), api=STATUS)
    told = converse(run_with(tmp_path, finding, *lines), finding, load(STATUS))
    assert [step.exchange.id for step in told.steps] == ["x5"]


def test_where_no_value_says_what_matters_two_others_are_told(tmp_path: Path) -> None:
    lines = [listed(f"x{number}", query=f"?n={number}") for number in range(1, 6)]
    finding = about("OS-021", *(f"x{number}" for number in range(1, 6)), api=STATUS, expected="the same", actual="another")
    told = converse(run_with(tmp_path, finding, *lines), finding, load(STATUS))
    assert len(told.steps) == 3
    assert told.steps[-1].exchange.id == "x5"


@pytest.mark.parametrize("named", [(), ("x9",), ("x1", "x9")])
def test_a_finding_whose_last_exchange_is_lost_has_no_conversation(tmp_path: Path, named: tuple[str, ...]) -> None:
    finding = about("OC-507", *named)
    told = converse(run_with(tmp_path, finding, cancelled("x1", "IMC1000")), finding, load(CANCEL))
    assert (told.steps, told.left_out, told.provided) == ((), (), ())


def test_values_are_what_an_answer_can_be_told_by() -> None:
    assert values("error 508 “Impossible …”; 14 orders: IMC031692, 9aadc790-556d-4ce3, 2026-05-22T10:00:00. and 12.50") == {
        "IMC031692", "9aadc790-556d-4ce3", "2026-05-22T10:00:00", "12.50",
    }  # fmt: skip


def test_what_made_the_order_is_told_though_another_test_did_it(tmp_path: Path) -> None:
    lines = [
        created("x1", 10233), created("x2", 10234), created("x3", 10235), commented("x4", 10234, "before", test="another"),
        commented("x5", 10235, "hello"), looked_up("x6", 10234, comment=""), commented("x7", 10234, "hello"),
        looked_up("x8", 10234, comment=""), commented("x9", 10234, "later"),
    ]  # fmt: skip
    finding = about("DD-656", "x8", api=SHOP, where="$.comment", expected="hello", actual="")
    told = converse(run_with(tmp_path, finding, *lines), finding, load(SHOP))
    assert [step.exchange.id for step in told.steps] == ["x2", "x7", "x8"]


def test_a_thing_that_only_the_finding_names_is_traced_too(tmp_path: Path) -> None:
    lines = [created("x1", 10233), created("x2", 10234), looked_up("x3", 10299)]
    finding = about("DD-504", "x3", api=SHOP, expected="order 10234 in the list", actual="no order")
    told = converse(run_with(tmp_path, finding, *lines), finding, load(SHOP))
    assert [step.exchange.id for step in told.steps] == ["x2", "x3"]


def test_a_state_is_told_in_the_words_of_the_need_that_it_meets(tmp_path: Path) -> None:
    given: dict[str, Any] = {"status": "Processing", "engineer": True, "on_hold": False, "account": "own"}
    lines = [provided("x1", "IMC1000", **given), provided("x2", "IMC2000", **{**given, "on_hold": True}),
             provided("x3", "IMC1000", action="teardown"), cancelled("x4", "IMC1000")]  # fmt: skip
    finding = about("OC-045", "x4", where="$.orderNumber", expected="IMC1000", actual="IMC2000")
    told = converse(run_with(tmp_path, finding, *lines), finding, load(CANCEL))
    assert told.provided == (
        ("IMC1000", "an order in status Processing that an engineer works on"),
        ("IMC2000", "an order (status: Processing, engineer: true, on_hold: true, account: own)"),
    )


def test_a_short_value_is_traced_where_the_question_names_it_as_what_was_provided(tmp_path: Path) -> None:
    lines = [
        provided("x1", "61", "a payment method", "paymentId", validity="not_for_country"),
        provided("x2", "26", "a payment method", "paymentId", validity="valid"),
        created("x3", 10234, paymentId="61", customerId=61),
    ]  # fmt: skip
    finding = about("DD-130", "x3", api=SHOP, where="status", expected="no order", actual="HTTP 200")
    target = {"name": "mine", "vendor": "dandomain", "base_url": "http://mine.example", "environment": "sandbox",
              "data": {"shop": {"site_id": 26, "payment_id": ["26"]}}}  # fmt: skip
    told = converse(run_with(tmp_path, finding, *lines, targets=[target]), finding, load(SHOP))
    assert told.provided == (
        ("26", "data.shop.site_id"),
        ("61", "a payment method that is not valid for the customer's country"),
    )


def test_many_conversations_are_those_that_each_finding_has_alone(tmp_path: Path) -> None:
    lines = [provided("x1", "IMC1000"), cancelled("x2", "IMC1000", isCanceled=True),
             cancelled("x3", "IMC1000", isCanceled=None), cancelled("x4", "IMC2000")]  # fmt: skip
    findings = [about("OC-507", "x3"), about("OC-508", "x4"), about("OC-509", "x2", "x3"), about("OC-506", "x9")]
    gathered = run_with(tmp_path, findings[0], *lines)
    together = conversations(gathered, [(finding, load(CANCEL)) for finding in findings])
    assert together == {finding.id: converse(gathered, finding, load(CANCEL)) for finding in findings}
    assert [len(together[finding.id].steps) for finding in findings] == [2, 1, 2, 0]


def test_a_short_number_in_the_path_is_an_identifier(tmp_path: Path) -> None:
    lines = [created("x1", 203), created("x2", 204), commented("x3", 203, "a"), commented("x4", 204, "b"),
             looked_up("x5", 204, comment="a")]  # fmt: skip
    finding = about("DD-656", "x5", api=SHOP, where="$.comment", expected="b", actual="a")
    told = converse(run_with(tmp_path, finding, *lines), finding, load(SHOP))
    assert [step.exchange.id for step in told.steps] == ["x2", "x4", "x5"]


def test_what_a_state_provided_needs_no_exchange_that_shows_it(tmp_path: Path) -> None:
    lines = [provided("x1", "10234", state="an order", gives="orderId"), created("x2", 10234), looked_up("x3", 10234)]
    finding = about("DD-656", "x3", api=SHOP, expected="b", actual="a")
    told = converse(run_with(tmp_path, finding, *lines), finding, load(SHOP))
    assert ([step.exchange.id for step in told.steps], told.provided) == (
        ["x3"],
        (("10234", "an order (status: Ordered)"),),
    )
