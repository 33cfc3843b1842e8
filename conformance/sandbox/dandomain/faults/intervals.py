"""Faults in which orders GetOrders takes an interval to hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from starlette.datastructures import QueryParams

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.queries import Condition, Window
from conformance.sandbox.dandomain.rules.transport import Operation, Resource
from conformance.sandbox.faults import breaks

DAY = timedelta(days=1)


@breaks("DD-200", "DD-001")
class ServesOrdersUnderAnotherName(Rules):
    """GetOrders answers at GetOrdersByDateInterval only."""

    def resource(self, path: str) -> Resource:
        if "/getbydateinterval" in path.lower():
            raise RefusedError(404, "EndpointNotFound")
        return super().resource(path.replace("/GetOrdersByDateInterval", "/GetByDateInterval"))


@breaks("DD-200", "DD-001")
class WantsFromAndTo(AskedRules):
    """GetOrders reads the parameters from and to, and neither start nor end."""

    def window(self, query: QueryParams, now: datetime) -> Window:
        if self.asks(Operation.LIST):
            query = QueryParams({"start": query.get("from", ""), "end": query.get("to", "")})
        return super().window(query, now)


@breaks("DD-203")
class NeedsNoStart(AskedRules):
    """GetOrders takes a missing start for the beginning of all time."""

    def start(self, text: str | None) -> datetime:
        return super().start("2000-1-1" if text is None and self.asks(Operation.LIST) else text)


@breaks("DD-203")
class NeedsOneEndOnly(AskedRules):
    """GetOrders looks back a month where start is missing and end is there."""

    def window(self, query: QueryParams, now: datetime) -> Window:
        if self.asks(Operation.LIST) and "start" not in query and query.get("end"):
            return Window(now - 31 * DAY, self.end(query["end"], now))
        return super().window(query, now)


@breaks("DD-204")
class TakesAnEmptyStart(AskedRules):
    """GetOrders takes an empty start for the beginning of all time."""

    def start(self, text: str | None) -> datetime:
        return super().start("2000-1-1" if text == "" and self.asks(Operation.LIST) else text)


@breaks("DD-207")
class StartsADayLate(AskedRules):
    """GetOrders leaves out the orders of the first day."""

    def created_in(self, window: Window) -> list[Condition]:
        return super().created_in(Window(window.start + DAY, window.end))


@breaks("DD-207")
class EndsADayEarly(AskedRules):
    """GetOrders leaves out the orders of the last two days."""

    def created_in(self, window: Window) -> list[Condition]:
        return super().created_in(Window(window.start, window.end - 2 * DAY))


@breaks("DD-207")
class LooksBackAMonthOnly(Rules):
    """GetOrders lists the last 31 days of an interval that is longer."""

    def created_in(self, window: Window) -> list[Condition]:
        return super().created_in(Window(max(window.start, window.end - 31 * DAY), window.end))


@breaks("DD-207")
class CutsMonthsAtTheTwentyEighth(Rules):
    """GetOrders takes every day after the 28th of a month for the 28th."""

    def date(self, text: str) -> tuple[datetime, bool]:
        wall, has_time = super().date(text)
        return wall.replace(day=min(wall.day, 28)), has_time


@breaks("DD-207", "DD-212")
class SwapsDayAndMonth(Rules):
    """GetOrders reads the month where the day stands, wherever both can be one."""

    def date(self, text: str) -> tuple[datetime, bool]:
        wall, has_time = super().date(text)
        return (wall.replace(month=wall.day, day=wall.month) if wall.day <= 12 else wall), has_time


@breaks("DD-207")
class ListsByModification(Rules):
    """GetOrders compares the date of modification where the date of creation is asked for."""

    def created_in(self, window: Window) -> list[Condition]:
        return self.modified_in(window, None)


@breaks("DD-207")
class LosesTheLastRow(Rules):
    """GetOrders leaves out the last of several orders of an interval."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders[:-1] if len(orders) > 1 else orders


@breaks("DD-207", "DD-208")
class ListsAtMostTwentyFive(AskedRules):
    """GetOrders lists the newest 25 orders of an interval and says nothing of the rest."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders[-25:] if self.asks(Operation.LIST) else orders


@breaks("DD-207")
class SometimesLosesOrders(AskedRules):
    """GetOrders leaves out the first order of every fourth list."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders[1:] if self.asks(Operation.LIST) and self.is_turn() else orders


@breaks("DD-208")
class HidesIncompleteOrders(AskedRules):
    """GetOrders lists complete orders only."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [order for order in orders if not order.incomplete]


@breaks("DD-208")
class HidesOrdersWithoutState(AskedRules):
    """GetOrders lists orders in a state only."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [order for order in orders if order.state_id is not None or not order.incomplete]


@breaks("DD-209")
class HidesCompleteOrders(AskedRules):
    """GetOrders lists orders that wait for their completion only."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [order for order in orders if order.incomplete] if self.asks(Operation.LIST) else orders


@breaks("DD-209", "DD-208")
class HidesCancelledOrders(AskedRules):
    """GetOrders leaves out the orders in one state, the last of the shop."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [order for order in orders if order.state_id != 7] if self.asks(Operation.LIST) else orders


@breaks("DD-210", "DD-212")
class ForgetsTheEnd(Rules):
    """GetOrders lists everything since the start."""

    def created_in(self, window: Window) -> list[Condition]:
        return [Order.created >= window.start]


@breaks("DD-211", "DD-212")
class ForgetsTheStart(Rules):
    """GetOrders lists everything until the end."""

    def created_in(self, window: Window) -> list[Condition]:
        return [Order.created <= window.end]


@breaks("DD-211", "DD-219")
class ListsTheNewestForTheFuture(Rules):
    """GetOrders goes back to the last days where an interval begins in the future."""

    def window(self, query: QueryParams, now: datetime) -> Window:
        window = super().window(query, now)
        return Window(now - 2 * DAY, window.end) if window.start > now else window


@breaks("DD-210", "DD-212")
class EndsTwoDaysLate(Rules):
    """GetOrders lists the orders of the two days after the last as well."""

    def end_of_day(self, day: datetime) -> datetime:
        return datetime.combine(day + 2 * DAY if day.year < 9999 else day, time.max)


@breaks("DD-212")
class StartsTwoDaysEarly(Rules):
    """GetOrders lists the orders of the two days before the first as well."""

    def created_in(self, window: Window) -> list[Condition]:
        return super().created_in(Window(window.start - 2 * DAY, window.end))


@breaks("DD-212")
class ComparesDaysWithoutTheYear(Rules):
    """GetOrders lists the orders of the same days one year before as well."""

    def created_in(self, window: Window) -> list[Condition]:
        year = 365 * DAY
        return [Order.created.between(*window) | Order.created.between(window.start - year, window.end - year)]


@breaks("DD-216")
class WantsPaddedDates(Rules):
    """GetOrders refuses dates without leading zeros."""

    def date(self, text: str) -> tuple[datetime, bool]:
        if len(text.partition("T")[0]) < 10:
            raise RefusedError(400, "DateNotValid")
        return super().date(text)


@breaks("DD-216", "DD-210", "DD-207")
class ReadsOneDigitOfUnpaddedDates(Rules):
    """GetOrders takes a month or day of one digit for its tens."""

    def date(self, text: str) -> tuple[datetime, bool]:
        wall, has_time = super().date(text)
        if has_time or len(text) == 10:
            return wall, has_time
        return wall.replace(month=10 if wall.month == 1 else wall.month, day=10 if wall.day < 10 else wall.day), has_time
