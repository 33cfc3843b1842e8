"""What counts as noticed: a finding that cites the very answer; and the page that says so."""

from __future__ import annotations

import pickle
from collections import Counter
from typing import Any

import pytest
from click.testing import CliRunner

from conformance.cli.entry import commands
from conformance.proof.perturb import Perturbed
from conformance.proof.strangeness import Away, Noticed, _counted
from conformance.proof.strangers import page, why

KIND = "alter a value"
TEST = "suite/macke/test_a.py::test_b"


def altered(number: int, *, means: bool = True) -> Perturbed:
    return Perturbed(number, KIND, "getOrder", "status", means)


def exchange(number: int, test: str = TEST, url: str = "") -> dict[str, Any]:
    asked = {"method": "GET", "url": url or f"/orders/{number}"}
    answered = {"headers": [["X-Perturbed", str(number)]]}
    return {"kind": "exchange", "id": f"x{number}", "test": test, "request": asked, "response": answered}


def counted(done: list[Perturbed], *cited: tuple[str, ...], test: str = TEST) -> Noticed:
    return _counted(done, [exchange(one.number, test) for one in done], list(cited), 5)


def test_only_an_answer_that_is_cited_is_noticed() -> None:
    noticed = counted([altered(1), altered(2)], ("x1", "x77"))
    assert (noticed.altered, noticed.caught) == (Counter({KIND: 2}), Counter({KIND: 1}))
    assert noticed.away == [Away(KIND, "getOrder", "status", "test_a.py::test_b", 5)]


def test_a_deviation_that_cites_several_counts_for_the_latest() -> None:
    assert counted([altered(1), altered(2)], ("x2", "x1")).caught.total() == 1


def test_a_harmless_alteration_takes_no_credit_from_another() -> None:
    noticed = counted([altered(1), altered(2, means=False)], ("x1", "x2"))
    assert (noticed.caught.total(), noticed.harmless.total(), noticed.blamed_harmless.total()) == (1, 1, 0)


@pytest.mark.parametrize("test", ["", "teardown"])
def test_what_no_test_received_is_counted_apart(test: str) -> None:
    noticed = counted([altered(1)], test=test)
    assert (noticed.altered.total(), noticed.outside, noticed.away) == (0, 1, [])


def test_figures_survive_their_way_between_processes() -> None:
    noticed = counted([altered(1), altered(2)], ("x1",))
    assert pickle.loads(pickle.dumps(noticed)) == noticed
    noticed.add(counted([altered(3)]))
    assert (noticed.altered.total(), noticed.runs, noticed.share) == (3, 2, 1 / 3)


def test_the_page_gives_shares_and_what_got_away() -> None:
    told = page({"macke": counted([altered(1), altered(2)], ("x1",))}, 12)
    assert "| macke | alter a value | 2 | 1 | 50.0% | 0 |" in told
    assert "| **macke** | **all** | 2 | 1 | 50.0% | 0 |" in told
    assert "  - alter a value of getOrder (status): 1" in told


def test_nothing_of_an_answer_becomes_markdown() -> None:
    away = Noticed(Counter({KIND: 1}), away=[Away(KIND, "getOrder", "*a*|[b](c)`d`<e>", "t", 1)])
    assert "(abcde)" in page({"macke": away}, 12)


def test_whether_the_same_was_asked_again_is_told() -> None:
    lines = [exchange(1), exchange(2, url="/orders"), exchange(3, url="/orders")]
    away = _counted([altered(1), altered(2)], lines, [], 5).away
    assert [why(one).partition(", in an answer that was ")[2] for one in away] == [
        "the only one to its question", "one of several to its question, and the data may have changed",
    ]  # fmt: skip


def test_a_test_that_ended_early_is_the_reason_it_gives() -> None:
    assert why(Away(KIND, "getOrder", "status", "t", 1, "blocked: follows from MK-200")).startswith("its test ended early")


def test_a_vendor_that_there_is_not_is_refused() -> None:
    result = CliRunner().invoke(commands, ["perturb", "--vendor", "nobody"])
    assert result.exit_code == 2
    assert "no vendor 'nobody'; there are dandomain, imaterialise, macke" in result.output
