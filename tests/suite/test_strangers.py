"""What the suite is for: it notices a rule turned wrong, under the right requirement, and blames no legal oddity."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.sandbox.faults import faults, personalities
from tests.suite import held_dandomain, held_imaterialise, held_macke, unseeded
from tests.suite.judged import deviations, judged

VENDORS = {"imaterialise": held_imaterialise, "dandomain": held_dandomain, "macke": held_macke}


def fault(vendor: str, one: str | type) -> type:
    return faults()[f"{vendor}/{one}"].rules if isinstance(one, str) else one


def oddity(vendor: str, one: str | type) -> type:
    return personalities()[f"{vendor}/{one}"].rules if isinstance(one, str) else one


NOTICED = [
    pytest.param(rules, *held, id=f"{vendor}-{rules.__name__}")
    for vendor, module in VENDORS.items() for one, held in module.NOTICED.items() for rules in (fault(vendor, one),)
]  # fmt: skip
STRANGERS = [
    pytest.param([oddity(vendor, one) for one in company], id=f"{vendor}-{name}")
    for vendor, module in VENDORS.items() for name, company in module.STRANGERS.items()
]  # fmt: skip


@pytest.mark.parametrize(("rules", "requirement", "verdict"), NOTICED)
def test_a_rule_turned_wrong_is_noticed_under_its_requirement(
    rules: type, requirement: str, verdict: str, tmp_path: Path
) -> None:
    status, summary, printed = judged(tmp_path, rules, "--requirement", requirement)
    assert (status, deviations(summary).get(requirement)) == (1, verdict), printed


@pytest.mark.parametrize("rules", STRANGERS)
def test_a_legal_oddity_is_blamed_for_nothing(rules: list[type], tmp_path: Path) -> None:
    status, summary, printed = judged(tmp_path, rules)
    assert (status, deviations(summary)) == (0, {}), printed


def test_a_deviation_that_shows_only_sometimes_is_inconclusive_and_counted(tmp_path: Path) -> None:
    status, summary, printed = judged(tmp_path, unseeded.ForgetsTheMessageSometimes, "--requirement", "OS-106")
    assert (status, deviations(summary).get("OS-106")) == (1, "inconclusive"), printed
    assert "of 3 attempts" in printed
