"""Macke: the suite notices a rule turned wrong, under the right requirement, and blames no legal oddity."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.sandbox.macke import Rules
from tests.suite import odd_macke, wrong_macke
from tests.suite.judged import deviations, judged

NOTICED = {
    wrong_macke.ShowsTwentyByDefault: ("MK-042", "fail"),
    wrong_macke.SkipsOneOrderBetweenPages: ("MK-041", "fail"),
    wrong_macke.CountsPagesFromZero: ("MK-041", "fail"),
    wrong_macke.ForgetsTheLastPage: ("MK-045", "fail"),
    wrong_macke.OldestFirst: ("MK-056", "fail"),
    wrong_macke.IgnoresAscending: ("MK-058", "fail"),
    wrong_macke.SortsByNumber: ("MK-055", "fail"),
    wrong_macke.BackorderedIsOpen: ("MK-075", "fail"),
    wrong_macke.ShowsTheHiddenStatus: ("MK-082", "warn"),
    wrong_macke.IgnoresTheCustomer: ("MK-090", "fail"),
    wrong_macke.ForgetsTheCustomerBesideAStatus: ("MK-107", "fail"),
    wrong_macke.ComparesTheDomainOfAddresses: ("MK-094", "fail"),
    wrong_macke.InvoiceIsTheOrder: ("MK-097", "fail"),
    wrong_macke.ModifiedIsPlaced: ("MK-099", "fail"),
    wrong_macke.EndsADayLate: ("MK-100", "fail"),
    wrong_macke.CountsTheHidden: ("MK-034", "warn"),
    wrong_macke.RowsRoundTheTotal: ("MK-037", "warn"),
    wrong_macke.ShowsForeignDetails: ("MK-023", "warn"),
    wrong_macke.CountsMilliseconds: ("MK-266", "fail"),
    wrong_macke.WritesACommaInSums: ("MK-211", "warn"),
    wrong_macke.UnknownIsEmpty: ("MK-122", "fail"),
    wrong_macke.OnlySaysItSetsTheStatus: ("MK-303", "fail"),
    wrong_macke.StatusTakesTheReference: ("MK-306", "warn"),
    wrong_macke.ChangesEveryOrder: ("MK-307", "warn"),
    wrong_macke.NotifiesByTextOnly: ("MK-310", "warn"),
    wrong_macke.TakesBrokenBodies: ("MK-321", "fail"),
    wrong_macke.AnswersAnotherId: ("MK-302", "fail"),
    wrong_macke.StoresStructures: ("MK-345", "fail"),
    wrong_macke.LowersReferences: ("MK-342", "fail"),
    wrong_macke.CutsReferencesAtAnAmpersand: ("MK-352", "fail"),
    wrong_macke.LosesUmlauts: ("MK-353", "warn"),
    wrong_macke.FindsEverything: ("MK-375", "fail"),
    wrong_macke.MissIsAnEmptyList: ("MK-378", "fail"),
    wrong_macke.MissSaysNothing: ("MK-379", "fail"),
    wrong_macke.FindsShortRows: ("MK-374", "warn"),
    wrong_macke.TakesAnyKey: ("MK-014", "warn"),
    wrong_macke.CrashesOnOddPages: ("MK-002", "fail"),
    wrong_macke.ChangesPagesUnderway: ("MK-044", "fail"),
}
STRANGERS = {
    # Each is legal, and so is their company: a stranger is odd in more than one way.
    "literal": (
        odd_macke.LiteralTypes, odd_macke.BareLists, odd_macke.ExactAddresses, odd_macke.HidesWhatIsNotInTheTable,
        odd_macke.IgnoresStructures,
    ),
    "sparing": (odd_macke.ThreeMembersInRows, odd_macke.FortyToAPage, odd_macke.OneOrderForAReference),
    "lax": (
        odd_macke.FullRows, odd_macke.IgnoresUnknownOrders, odd_macke.SetsAnyLetter, odd_macke.PartialSearch,
        odd_macke.TiesByLowerNumber,
    ),
    "strict": (
        odd_macke.RefusesOddPages, odd_macke.ExclusiveBounds, odd_macke.FinalStatuses, odd_macke.ShortReferences,
        odd_macke.OtherErrors,
    ),
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
