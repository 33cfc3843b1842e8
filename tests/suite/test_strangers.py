"""What the suite is for: it notices a rule turned wrong, under the right requirement, and blames no legal oddity."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.sandbox.imaterialise import Rules
from tests.suite import odd_rules, wrong_rules
from tests.suite.judged import deviations, judged

NOTICED = {
    wrong_rules.SwapsDayAndMonth: ("OS-053", "fail"),
    wrong_rules.ExcludesTheLastDay: ("OS-056", "warn"),
    wrong_rules.LooksBackFiveMonths: ("OS-054", "fail"),
    wrong_rules.LooksBackForever: ("OS-054", "fail"),
    wrong_rules.StopsYesterday: ("OS-055", "fail"),
    wrong_rules.IgnoresTheStatus: ("OS-036", "fail"),
    wrong_rules.HonoursOneStatus: ("OS-038", "fail"),
    wrong_rules.AcceptsReversedRanges: ("OS-106", "fail"),
    wrong_rules.ShowsForeignOrders: ("OS-019", "fail"),
    wrong_rules.IgnoresAllButTheFirstNumber: ("OS-022", "warn"),
    wrong_rules.MessageOf108IsOff: ("OS-108", "fail"),
    wrong_rules.NamesTheStatusWithSpaces: ("OS-115", "fail"),
    wrong_rules.ShipsTooEarly: ("OS-203", "fail"),
    wrong_rules.UnitPriceIsTheWholePrice: ("OS-207", "fail"),
    wrong_rules.WritesXmlInAnotherOrder: ("OS-010", "fail"),
    wrong_rules.AnswersXmlAsText: ("OS-009", "fail"),
    wrong_rules.TakesAnyApiCode: ("OS-013", "fail"),
    wrong_rules.AllowsElevenCarts: ("CS-102", "fail"),
    wrong_rules.LowersMalformedCartIds: ("CS-050", "fail"),
    wrong_rules.ShowsOrdersOfPendingCarts: ("CS-044", "fail"),
    wrong_rules.SortsCarts: ("CS-034", "warn"),
    wrong_rules.RefusesProcessingOrders: ("OC-041", "fail"),
    wrong_rules.RefusesWith507Instead: ("OC-508", "fail"),
    wrong_rules.OnlySaysItCancels: ("OC-046", "fail"),
    wrong_rules.CancelsTwice: ("OC-048", "fail"),
    wrong_rules.HidesTheIdentifiers: ("OC-052", "warn"),
    wrong_rules.ForgetsThe503: ("OC-503", "fail"),
    wrong_rules.CrashesOnOddDates: ("OS-017", "fail"),
    wrong_rules.ForgetsTheCurrency: ("OS-129", "fail"),
    wrong_rules.XmlSaysAnotherTotal: ("OS-008", "fail"),
}
STRANGERS = {
    # Each is legal, and so is their company: a stranger is odd in more than one way.
    "by-get": (
        odd_rules.OnlyGet, odd_rules.JsonByDefault, odd_rules.OtherXml, odd_rules.OddHeaders, odd_rules.RefusesTenCarts,
    ),
    "by-post": (
        odd_rules.OnlyPost, odd_rules.ErrorsByHttp, odd_rules.OtherJson, odd_rules.MergesRepeatedCarts,
        odd_rules.LeavesOptionalsOut,
    ),
    "literal": (
        odd_rules.ShowsOptionalsEmpty, odd_rules.CanonicalMediaTypes, odd_rules.RefusesOneDay, odd_rules.SaysNoTo501,
    ),
    "strict": (odd_rules.WarnsInRequestError, odd_rules.WritesLongFractions, odd_rules.HoldsOrdersBack),
}  # fmt: skip


@pytest.mark.parametrize("rules", NOTICED, ids=lambda rules: rules.__name__)
def test_a_rule_turned_wrong_is_noticed_under_its_requirement(rules: type[Rules], tmp_path: Path) -> None:
    requirement, verdict = NOTICED[rules]
    status, summary, printed = judged(tmp_path, rules, "--requirement", requirement)
    assert (status, deviations(summary).get(requirement)) == (1, verdict), printed


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_legal_oddity_is_blamed_for_nothing(stranger: str, tmp_path: Path) -> None:
    status, summary, printed = judged(tmp_path, STRANGERS[stranger])
    assert (status, deviations(summary)) == (0, {}), printed


def test_a_deviation_that_shows_only_sometimes_is_inconclusive_and_counted(tmp_path: Path) -> None:
    status, summary, printed = judged(tmp_path, wrong_rules.ForgetsTheMessageSometimes, "--requirement", "OS-106")
    assert (status, deviations(summary).get("OS-106")) == (1, "inconclusive"), printed
    assert "of 3 attempts" in printed
