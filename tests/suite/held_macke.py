"""What must notice each rule of Ich hab ne Macke that is turned wrong, and which oddities keep company."""

from __future__ import annotations

from tests.suite import odd_macke as odd
from tests.suite import wrong_macke as wrong

NOTICED = {
    wrong.ShowsTwentyByDefault: ("MK-042", "fail"),
    wrong.SkipsOneOrderBetweenPages: ("MK-041", "fail"),
    wrong.CountsPagesFromZero: ("MK-041", "fail"),
    wrong.ForgetsTheLastPage: ("MK-045", "fail"),
    wrong.OldestFirst: ("MK-056", "fail"),
    wrong.IgnoresAscending: ("MK-058", "fail"),
    wrong.SortsByNumber: ("MK-055", "fail"),
    wrong.BackorderedIsOpen: ("MK-075", "fail"),
    wrong.ShowsTheHiddenStatus: ("MK-082", "warn"),
    wrong.IgnoresTheCustomer: ("MK-090", "fail"),
    wrong.ForgetsTheCustomerBesideAStatus: ("MK-107", "fail"),
    wrong.ComparesTheDomainOfAddresses: ("MK-094", "fail"),
    wrong.InvoiceIsTheOrder: ("MK-097", "fail"),
    wrong.ModifiedIsPlaced: ("MK-099", "fail"),
    wrong.EndsADayLate: ("MK-100", "fail"),
    wrong.CountsTheHidden: ("MK-034", "warn"),
    wrong.RowsRoundTheTotal: ("MK-037", "warn"),
    wrong.ShowsForeignDetails: ("MK-023", "warn"),
    wrong.CountsMilliseconds: ("MK-266", "fail"),
    wrong.WritesACommaInSums: ("MK-211", "warn"),
    wrong.UnknownIsEmpty: ("MK-122", "fail"),
    wrong.OnlySaysItSetsTheStatus: ("MK-303", "fail"),
    wrong.StatusTakesTheReference: ("MK-306", "warn"),
    wrong.ChangesEveryOrder: ("MK-307", "warn"),
    wrong.NotifiesByTextOnly: ("MK-310", "warn"),
    wrong.TakesBrokenBodies: ("MK-321", "fail"),
    wrong.AnswersAnotherId: ("MK-302", "fail"),
    wrong.StoresStructures: ("MK-345", "fail"),
    wrong.LowersReferences: ("MK-342", "fail"),
    wrong.CutsReferencesAtAnAmpersand: ("MK-352", "fail"),
    wrong.LosesUmlauts: ("MK-353", "warn"),
    wrong.FindsEverything: ("MK-375", "fail"),
    wrong.MissIsAnEmptyList: ("MK-378", "fail"),
    wrong.MissSaysNothing: ("MK-379", "fail"),
    wrong.FindsShortRows: ("MK-374", "warn"),
    wrong.TakesAnyKey: ("MK-014", "warn"),
    wrong.CrashesOnOddPages: ("MK-002", "fail"),
    wrong.ChangesPagesUnderway: ("MK-044", "fail"),
}
STRANGERS = {
    # Each is legal, and so is their company: a stranger is odd in more than one way.
    "literal": (
        odd.LiteralTypes, odd.BareLists, odd.ExactAddresses, odd.HidesWhatIsNotInTheTable,
        odd.IgnoresStructures,
    ),
    "sparing": (odd.ThreeMembersInRows, odd.FortyToAPage, odd.OneOrderForAReference),
    "lax": (
        odd.FullRows, odd.IgnoresUnknownOrders, odd.SetsAnyLetter, odd.PartialSearch,
        odd.TiesByLowerNumber,
    ),
    "strict": (
        odd.RefusesOddPages, odd.ExclusiveBounds, odd.FinalStatuses, odd.ShortReferences,
        odd.OtherErrors,
    ),
}  # fmt: skip
