"""What the suite is for, at DanDomain: a rule turned wrong is noticed under its requirement, a legal oddity is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.sandbox.dandomain import Rules
from tests.suite import odd_dandomain, wrong_dandomain
from tests.suite.judged import deviations, judged

NOTICED = {
    wrong_dandomain.SellsHiddenProducts: ("DD-142", "fail"),
    wrong_dandomain.SellsProductsOfOtherSites: ("DD-143", "fail"),
    wrong_dandomain.AcceptsQuantityZero: ("DD-146", "fail"),
    wrong_dandomain.TakesAMissingQuantityForOne: ("DD-144", "fail"),
    wrong_dandomain.AcceptsOrdersWithoutLines: ("DD-136", "fail"),
    wrong_dandomain.AcceptsAnyShippingCountry: ("DD-132", "fail"),
    wrong_dandomain.IgnoresTheGroupOfPayment: ("DD-131", "fail"),
    wrong_dandomain.TakesTheFirstCurrency: ("DD-123", "fail"),
    wrong_dandomain.ValidatesTheFirstLineOnly: ("DD-149", "fail"),
    wrong_dandomain.DoublesQuantities: ("DD-163", "fail"),
    wrong_dandomain.StartsWithADefaultState: ("DD-173", "fail"),
    wrong_dandomain.StartsComplete: ("DD-174", "fail"),
    wrong_dandomain.KeepsWhatItRefuses: ("DD-151", "fail"),
    wrong_dandomain.HidesIncompleteOrders: ("DD-208", "fail"),
    wrong_dandomain.ListsByModification: ("DD-207", "fail"),
    wrong_dandomain.ForgetsTheEnd: ("DD-210", "fail"),
    wrong_dandomain.NeedsNoStart: ("DD-203", "fail"),
    wrong_dandomain.FindsCustomersByPrefix: ("DD-506", "fail"),
    wrong_dandomain.SaysTrueForUnknownDeletions: ("DD-404", "fail"),
    wrong_dandomain.OnlySaysItDeletes: ("DD-405", "fail"),
    wrong_dandomain.RefusesUnknownCompletions: ("DD-453", "fail"),
    wrong_dandomain.OnlySaysItCompletes: ("DD-455", "fail"),
    wrong_dandomain.CompletesWithAComment: ("DD-458", "warn"),
    wrong_dandomain.FreezesCompleteOrders: ("DD-707", "fail"),
    wrong_dandomain.SaysTrueForUnknownComments: ("DD-654", "fail"),
    wrong_dandomain.AcceptsAnyState: ("DD-710", "warn"),
    wrong_dandomain.RefusesTheLastState: ("DD-708", "fail"),
    wrong_dandomain.NamesStatesDifferently: ("DD-709", "warn"),
    wrong_dandomain.ListsStatesTwice: ("DD-606", "warn"),
    wrong_dandomain.DecodesTwice: ("DD-658", "fail"),
    wrong_dandomain.TakesAnyKey: ("DD-401", "fail"),
    wrong_dandomain.TakesNoKey: ("DD-021", "fail"),
    wrong_dandomain.DeletesWithUpdate: ("DD-402", "fail"),
    wrong_dandomain.ReadsWithoutPermission: ("DD-602", "fail"),
    wrong_dandomain.CreatesThreeDaysAgo: ("DD-175", "warn"),
    wrong_dandomain.FailsOnOddNumbers: ("DD-002", "fail"),
    wrong_dandomain.AnswersTrueAsText: ("DD-450", "fail"),
}
STRANGERS = {
    # Each is legal, and so is their company: a stranger is odd in more than one way.
    "curt": (
        odd_dandomain.AnswersTheNumberOnly, odd_dandomain.RefusesInHtml, odd_dandomain.SpeaksJsonOnly,
        odd_dandomain.RefusesEmptyTexts, odd_dandomain.RefusesEndlessIntervals,
    ),
    "sparing": (
        odd_dandomain.LeavesNullsOut, odd_dandomain.SaysFalseForUnknownOrders, odd_dandomain.ListsInAnyOrder,
        odd_dandomain.CountsCreationAndModification,
    ),
    "soft": (
        odd_dandomain.RefusesWithSuccess, odd_dandomain.ShowsAnEmptyState, odd_dandomain.CompletesWithTheDefaultState,
        odd_dandomain.AddsMembers,
    ),
    "eager": (odd_dandomain.CompletesWithAState,),
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
