"""Faults of the date range: which orders it encloses, how its ends are read, what stands for a missing one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import KnowsTheCall, Sometimes
from conformance.sandbox.imaterialise.models import Order
from conformance.sandbox.imaterialise.rules import RefusedError, Rules

DAY = timedelta(days=1)


def _between(first: date, last: date, end: time = time.max) -> Any:
    return Order.requested.between(datetime.combine(first, time.min), datetime.combine(last, end))


# One end, both ends


@breaks("OS-050", "OS-106")
class IgnoresALonelyFrom(Rules):
    """Ignores dateFrom without dateTo."""

    def window(self, query: Any, today: date) -> tuple[date, date]:
        first, last = super().window(query, today)
        return (first, last) if query.get("dateTo") else (self.default_date_from(today), last)


@breaks("OS-050")
class AnswersOneMonthFromADay(Rules):
    """Answers no more than thirty days from dateFrom on, where it stands alone."""

    def window(self, query: Any, today: date) -> tuple[date, date]:
        first, last = super().window(query, today)
        return (first, last) if query.get("dateTo") else (first, min(last, first + 30 * DAY))


@breaks("OS-050")
class BeginsADayEarly(Rules):
    """Answers orders of the day before dateFrom too, where it stands alone."""

    def window(self, query: Any, today: date) -> tuple[date, date]:
        first, last = super().window(query, today)
        return (first, last) if query.get("dateTo") else (first - DAY, last)


@breaks("OS-051")
class IgnoresALonelyTo(Rules):
    """Ignores dateTo without dateFrom."""

    def window(self, query: Any, today: date) -> tuple[date, date]:
        first, last = super().window(query, today)
        return (first, last) if query.get("dateFrom") else (first, today)


@breaks("OS-051")
class AnswersOneMonthUpToADay(Rules):
    """Answers no more than thirty days up to dateTo, where it stands alone."""

    def window(self, query: Any, today: date) -> tuple[date, date]:
        first, last = super().window(query, today)
        return (first, last) if query.get("dateFrom") else (max(first, last - 30 * DAY), last)


@breaks("OS-051", "OS-054")
class CountsSixMonthsFromTo(Rules):
    """Counts the six months back from dateTo instead of from today."""

    def window(self, query: Any, today: date) -> tuple[date, date]:
        first, last = super().window(query, today)
        return (first, last) if query.get("dateFrom") else (self.default_date_from(last), last)


@breaks("OS-052")
class FiltersByShipment(Rules):
    """Compares the range with the planned date of shipment."""

    def in_window(self, first: date, last: date) -> Any:
        return Order.estimated_shipment.between(datetime.combine(first, time.min), datetime.combine(last, time.max))


@breaks("OS-052")
class ForgetsWhatIsOld(Rules):
    """Finds nothing that is older than a year when both dates are given."""

    def window(self, query: Any, today: date) -> tuple[date, date]:
        first, last = super().window(query, today)
        return (max(first, today - 365 * DAY), last) if query.get("dateTo") else (first, last)


@breaks("OS-052", "OS-056")
class LivesTwoHoursAhead(Rules):
    """Counts the days of a range in a zone two hours ahead of the times that it shows."""

    def in_window(self, first: date, last: date) -> Any:
        shift = timedelta(hours=2)
        return Order.requested.between(datetime.combine(first, time.min) - shift, datetime.combine(last, time.max) - shift)


@breaks("OS-052")
class ShowsTheLatestFifty(Rules):
    """Answers no more than the fifty latest orders."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders[:50]


@breaks("OS-052")
class SkipsTheThirdOfEveryTenOrders(KnowsTheCall):
    """Loses orders from lists by both dates."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [order for place, order in enumerate(orders) if place % 10 != 3] if self.asked("dateTo") else orders


@breaks("OS-052", "OS-040")
class ListsOrdersTwice(KnowsTheCall):
    """Lists the newest order of a range twice."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [*orders[:1], *orders] if self.asked("dateTo") else orders


@breaks("OS-052", "OS-040")
class SometimesLosesTheNewestOrder(Sometimes):
    """Leaves out the newest order in one list in four."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders[1:] if len(orders) > 3 and self.is_turn() else orders


# How a day is read


def _month_first(text: str) -> str:
    return f"{text[3:5]}-{text[:2]}-{text[6:]}"


@breaks("OS-053")
class ReadsTheMonthFirst(Rules):
    """Reads MM-DD-YYYY."""

    def day(self, text: str) -> date:
        return super().day(_month_first(text))


@breaks("OS-053")
class GuessesWhatIsTheMonth(Rules):
    """Reads MM-DD-YYYY where that is a day, and DD-MM-YYYY elsewhere."""

    def day(self, text: str) -> date:
        try:
            return super().day(_month_first(text))
        except RefusedError:
            return super().day(text)


@breaks("OS-053")
class ReadsTheMonthOfFromFirst(Rules):
    """Reads dateFrom as MM-DD-YYYY where that is a day, and dateTo rightly."""

    def date_from(self, text: str | None, today: date) -> date:
        try:
            return super().date_from(text and _month_first(text), today)
        except RefusedError:
            return super().date_from(text, today)


@breaks("OS-061")
class RefusesThe31st(Rules):
    """Takes the 31st of a month for no date."""

    def day(self, text: str) -> date:
        if text.startswith("31"):
            raise RefusedError(106)
        return super().day(text)


@breaks("OS-061", "OS-056")
class GivesEveryMonthThirtyDays(Rules):
    """Takes the 31st of a month for the 30th."""

    def day(self, text: str) -> date:
        return super().day(text).replace(day=30) if text.startswith("31") else super().day(text)


@breaks("OS-061")
class DoesNotKnowLeapDays(Rules):
    """Takes 29 February for no date."""

    def day(self, text: str) -> date:
        if text.startswith("29-02"):
            raise RefusedError(106)
        return super().day(text)


# What stands for a missing end


@breaks("OS-054")
class LooksBackFiveMonths(Rules):
    """Begins five months ago by default."""

    def default_date_from(self, today: date) -> date:
        return super().default_date_from(today) + 31 * DAY


@breaks("OS-054")
class LooksBackSevenMonths(Rules):
    """Begins seven months ago by default."""

    def default_date_from(self, today: date) -> date:
        return super().default_date_from(today) - 31 * DAY


@breaks("OS-054")
class LooksBack180Days(Rules):
    """Takes six months for 180 days."""

    def default_date_from(self, today: date) -> date:
        return today - 180 * DAY


@breaks("OS-054")
class LooksBackForever(Rules):
    """Has no beginning by default."""

    def default_date_from(self, today: date) -> date:
        return date(1, 1, 1)


@breaks("OS-054")
class LooksBackToTheFirstOfTheMonth(Rules):
    """Begins on the first day of the month six months ago by default."""

    def default_date_from(self, today: date) -> date:
        return super().default_date_from(today).replace(day=1)


@breaks("OS-055")
class StopsYesterday(Rules):
    """Leaves out today by default."""

    def default_date_to(self, today: date) -> date:
        return today - DAY


@breaks("OS-055")
class StopsAtTheEndOfLastMonth(Rules):
    """Leaves out the current month by default."""

    def default_date_to(self, today: date) -> date:
        return today.replace(day=1) - DAY


# Whole days


@breaks("OS-056")
class ExcludesTheLastDay(Rules):
    """Takes dateTo for its first moment."""

    def in_window(self, first: date, last: date) -> Any:
        return _between(first, last, time.min)


@breaks("OS-056")
class ExcludesTheFirstDay(Rules):
    """Begins on the day after dateFrom."""

    def in_window(self, first: date, last: date) -> Any:
        return _between(first + DAY, last)


@breaks("OS-056")
class EndsTheDayAtNoon(Rules):
    """Ends a range at noon of its last day."""

    def in_window(self, first: date, last: date) -> Any:
        return _between(first, last, time(12))


@breaks("OS-056")
class LosesTheLastSecond(Rules):
    """Ends a range a second before its last day does."""

    def in_window(self, first: date, last: date) -> Any:
        return _between(first, last, time(23, 59, 59))
