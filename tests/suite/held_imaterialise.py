"""What must notice each rule of i.materialise that is turned wrong, and which oddities keep company."""

from __future__ import annotations

from tests.suite import odd_imaterialise as odd
from tests.suite import wrong_imaterialise as wrong

NOTICED = {
    wrong.SwapsDayAndMonth: ("OS-053", "fail"),
    wrong.ExcludesTheLastDay: ("OS-056", "warn"),
    wrong.LooksBackFiveMonths: ("OS-054", "fail"),
    wrong.LooksBackForever: ("OS-054", "fail"),
    wrong.StopsYesterday: ("OS-055", "fail"),
    wrong.IgnoresTheStatus: ("OS-036", "fail"),
    wrong.HonoursOneStatus: ("OS-038", "fail"),
    wrong.AcceptsReversedRanges: ("OS-106", "fail"),
    wrong.ShowsForeignOrders: ("OS-019", "fail"),
    wrong.IgnoresAllButTheFirstNumber: ("OS-022", "warn"),
    wrong.MessageOf108IsOff: ("OS-108", "fail"),
    wrong.NamesTheStatusWithSpaces: ("OS-115", "fail"),
    wrong.ShipsTooEarly: ("OS-203", "fail"),
    wrong.UnitPriceIsTheWholePrice: ("OS-207", "fail"),
    wrong.WritesXmlInAnotherOrder: ("OS-010", "fail"),
    wrong.AnswersXmlAsText: ("OS-009", "fail"),
    wrong.TakesAnyApiCode: ("OS-013", "fail"),
    wrong.AllowsElevenCarts: ("CS-102", "fail"),
    wrong.LowersMalformedCartIds: ("CS-050", "fail"),
    wrong.ShowsOrdersOfPendingCarts: ("CS-044", "fail"),
    wrong.SortsCarts: ("CS-034", "warn"),
    wrong.RefusesProcessingOrders: ("OC-041", "fail"),
    wrong.RefusesWith507Instead: ("OC-508", "fail"),
    wrong.OnlySaysItCancels: ("OC-046", "fail"),
    wrong.CancelsTwice: ("OC-048", "fail"),
    wrong.HidesTheIdentifiers: ("OC-052", "warn"),
    wrong.ForgetsThe503: ("OC-503", "fail"),
    wrong.CrashesOnOddDates: ("OS-017", "fail"),
    wrong.ForgetsTheCurrency: ("OS-129", "fail"),
    wrong.XmlSaysAnotherTotal: ("OS-008", "fail"),
}
STRANGERS = {
    # Each is legal, and so is their company: a stranger is odd in more than one way.
    "by-get": (
        odd.OnlyGet, odd.JsonByDefault, odd.OtherXml, odd.OddHeaders, odd.RefusesTenCarts,
    ),
    "by-post": (
        odd.OnlyPost, odd.ErrorsByHttp, odd.OtherJson, odd.MergesRepeatedCarts,
        odd.LeavesOptionalsOut,
    ),
    "literal": (
        odd.ShowsOptionalsEmpty, odd.CanonicalMediaTypes, odd.RefusesOneDay, odd.SaysNoTo501,
    ),
    "strict": (odd.WarnsInRequestError, odd.WritesLongFractions, odd.HoldsOrdersBack),
}  # fmt: skip
