"""The shortest conversation that shows a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.contract import load
from conformance.report.conversation import converse, values

from .conversations import CANCEL, STATUS, about, cancelled, listed, provided, run_with


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
