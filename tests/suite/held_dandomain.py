"""What must notice each rule of DanDomain that is turned wrong, and which oddities keep company."""

from __future__ import annotations

from tests.suite import odd_dandomain as odd
from tests.suite import wrong_dandomain as wrong

NOTICED = {
    wrong.SellsHiddenProducts: ("DD-142", "fail"),
    wrong.SellsProductsOfOtherSites: ("DD-143", "fail"),
    wrong.AcceptsQuantityZero: ("DD-146", "fail"),
    wrong.TakesAMissingQuantityForOne: ("DD-144", "fail"),
    wrong.AcceptsOrdersWithoutLines: ("DD-136", "fail"),
    wrong.AcceptsAnyShippingCountry: ("DD-132", "fail"),
    wrong.IgnoresTheGroupOfPayment: ("DD-131", "fail"),
    wrong.TakesTheFirstCurrency: ("DD-123", "fail"),
    wrong.ValidatesTheFirstLineOnly: ("DD-149", "fail"),
    wrong.DoublesQuantities: ("DD-163", "fail"),
    wrong.StartsWithADefaultState: ("DD-173", "fail"),
    wrong.StartsComplete: ("DD-174", "fail"),
    wrong.KeepsWhatItRefuses: ("DD-151", "fail"),
    wrong.HidesIncompleteOrders: ("DD-208", "fail"),
    wrong.ListsByModification: ("DD-207", "fail"),
    wrong.ForgetsTheEnd: ("DD-210", "fail"),
    wrong.NeedsNoStart: ("DD-203", "fail"),
    wrong.FindsCustomersByPrefix: ("DD-506", "fail"),
    wrong.SaysTrueForUnknownDeletions: ("DD-404", "fail"),
    wrong.OnlySaysItDeletes: ("DD-405", "fail"),
    wrong.RefusesUnknownCompletions: ("DD-453", "fail"),
    wrong.OnlySaysItCompletes: ("DD-455", "fail"),
    wrong.CompletesWithAComment: ("DD-458", "warn"),
    wrong.FreezesCompleteOrders: ("DD-707", "fail"),
    wrong.SaysTrueForUnknownComments: ("DD-654", "fail"),
    wrong.AcceptsAnyState: ("DD-710", "warn"),
    wrong.RefusesTheLastState: ("DD-708", "fail"),
    wrong.NamesStatesDifferently: ("DD-709", "warn"),
    wrong.ListsStatesTwice: ("DD-606", "warn"),
    wrong.DecodesTwice: ("DD-658", "fail"),
    wrong.TakesAnyKey: ("DD-401", "fail"),
    wrong.TakesNoKey: ("DD-021", "fail"),
    wrong.DeletesWithUpdate: ("DD-402", "fail"),
    wrong.ReadsWithoutPermission: ("DD-602", "fail"),
    wrong.CreatesThreeDaysAgo: ("DD-175", "warn"),
    wrong.FailsOnOddNumbers: ("DD-002", "fail"),
    wrong.AnswersTrueAsText: ("DD-450", "fail"),
}
STRANGERS = {
    # Each is legal, and so is their company: a stranger is odd in more than one way.
    "curt": (
        odd.AnswersTheNumberOnly, odd.RefusesInHtml, odd.SpeaksJsonOnly,
        odd.RefusesEmptyTexts, odd.RefusesEndlessIntervals,
    ),
    "sparing": (
        odd.LeavesNullsOut, odd.SaysFalseForUnknownOrders, odd.ListsInAnyOrder,
        odd.CountsCreationAndModification,
    ),
    "soft": (
        odd.RefusesWithSuccess, odd.ShowsAnEmptyState, odd.CompletesWithTheDefaultState,
        odd.AddsMembers,
    ),
    "eager": (odd.CompletesWithAState,),
}  # fmt: skip
