"""Faults of the filters by the time of the last change, of that time itself, and of filters that stand together."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_
from starlette.datastructures import QueryParams

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._requests import FILTERS, without
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import Rules
from conformance.sandbox.macke.rules.listing import Condition

_DAY = 86_400
_FROM, _TO = "updated_at_from", "updated_at_to"


# One bound


@breaks("MK-099")
class IgnoresTheBeginning(Rules):
    """updated_at_from is ignored."""

    def updated_from(self, text: str) -> Condition | None:
        return None


@breaks("MK-099")
class BeginsWhenPlaced(Rules):
    """updated_at_from is compared with the time when an order was placed."""

    def updated_from(self, text: str) -> Condition | None:
        return Order.timestamp >= self.moment(text) if text else None


@breaks("MK-099")
class BeginsWithTheNextDay(Rules):
    """updated_at_from is moved to the midnight that follows, and loses the changes of the rest of the day."""

    def updated_from(self, text: str) -> Condition | None:
        return Order.updated_at >= -(-self.moment(text) // _DAY) * _DAY if text else None


@breaks("MK-099")
class BeginsTwoHoursLate(Rules):
    """updated_at_from is taken for a time in another zone, two hours off."""

    def updated_from(self, text: str) -> Condition | None:
        return Order.updated_at >= self.moment(text) + 7200 if text else None


@breaks("MK-099")
class BeginsOnlyBesideAnEnd(Rules):
    """updated_at_from is ignored where updated_at_to is not there."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return super().conditions(query if _TO in query else without(query, _FROM))


@breaks("MK-099")
class BeginsWithinThreeMonths(Rules):
    """updated_at_from alone lists no more than the 92 days that follow it."""

    def updated_from(self, text: str) -> Condition | None:
        found = super().updated_from(text)
        return None if found is None else and_(found, Order.updated_at <= self.moment(text) + 92 * _DAY)


@breaks("MK-100")
class IgnoresTheEnd(Rules):
    """updated_at_to is ignored."""

    def updated_to(self, text: str) -> Condition | None:
        return None


@breaks("MK-100")
class EndsWhenPlaced(Rules):
    """updated_at_to is compared with the time when an order was placed."""

    def updated_to(self, text: str) -> Condition | None:
        return Order.timestamp <= self.moment(text) if text else None


@breaks("MK-100")
class EndsFortyDaysLate(Rules):
    """updated_at_to runs on for forty days."""

    def updated_to(self, text: str) -> Condition | None:
        return Order.updated_at <= self.moment(text) + 40 * _DAY if text else None


@breaks("MK-100")
class EndsAtMidnightBefore(Rules):
    """updated_at_to is moved back to midnight, and loses the changes of the last day."""

    def updated_to(self, text: str) -> Condition | None:
        return Order.updated_at <= self.moment(text) // _DAY * _DAY if text else None


@breaks("MK-100")
class EndsTwoHoursLate(Rules):
    """updated_at_to is taken for a time in another zone, two hours off."""

    def updated_to(self, text: str) -> Condition | None:
        return Order.updated_at <= self.moment(text) + 7200 if text else None


@breaks("MK-100")
class EndsOnlyBesideABeginning(Rules):
    """updated_at_to is ignored where updated_at_from is not there."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return super().conditions(query if _FROM in query else without(query, _TO))


@breaks("MK-100")
class EndsWithinHalfAYear(Rules):
    """updated_at_to alone lists changes of the 180 days before it, and no earlier ones."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        end = self.moment(query.get(_TO, ""))
        alone = end and _FROM not in query
        return [*super().conditions(query), *([Order.updated_at > end - 180 * _DAY] if alone else [])]


# Both bounds


@breaks("MK-101")
class ForgetsTheEndBesideABeginning(Rules):
    """updated_at_to is ignored beside updated_at_from."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return super().conditions(without(query, _TO) if _FROM in query else query)


@breaks("MK-101")
class ForgetsTheBeginningBesideAnEnd(Rules):
    """updated_at_from is ignored beside updated_at_to."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return super().conditions(without(query, _FROM) if _TO in query else query)


@breaks("MK-101")
class SwapsTheBounds(Rules):
    """updated_at_from and updated_at_to are taken for each other where both are there."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        if not (query.get(_FROM) and query.get(_TO)):
            return super().conditions(query)
        begin, end = query[_FROM], query[_TO]
        return super().conditions(QueryParams([*without(query, _FROM, _TO).multi_items(), (_FROM, end), (_TO, begin)]))


@breaks("MK-101")
class ComparesThePeriodWithTwoTimes(Rules):
    """A period lists orders that were placed after its beginning and modified before its end."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        both = query.get(_FROM) and query.get(_TO)
        return [*super().conditions(query), *([Order.timestamp >= self.moment(query[_FROM])] if both else [])]


# What counts as a modification


@breaks("MK-104")
class KeepsTheTimeOfTheLastChange(Rules):
    """A change of the status is no modification."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        return {"status": letter}


@breaks("MK-104")
class ModifiesWhenPlaced(Rules):
    """A change of the status sets updated_at to the time when the order was placed."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        return {"status": letter, "updated_at": Order.timestamp}


@breaks("MK-104")
class ModifiesAnHourAgo(Rules):
    """A change of the status counts as made one hour earlier, by a clock of another zone."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        return super().status_change(letter, now - timedelta(hours=1))


@breaks("MK-104")
class ModifiesTwoHoursAhead(Rules):
    """A change of the status counts as made two hours later, by a clock of another zone."""

    def status_change(self, letter: str, now: datetime) -> dict[str, Any]:
        return super().status_change(letter, now + timedelta(hours=2))


# Several filters, and filters beside pages


@breaks("MK-107")
class ForgetsTheCustomerBesideAStatus(Rules):
    """user_id is ignored beside status."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return super().conditions(without(query, "user_id") if "status" in query else query)


@breaks("MK-107")
class ForgetsTheStatusBesideAnAddress(Rules):
    """status is ignored beside email."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return super().conditions(without(query, "status") if "email" in query else query)


@breaks("MK-107")
class ForgetsEverythingBesideAnInvoice(Rules):
    """Every other filter is ignored beside invoice_id."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        others = [name for name in FILTERS if name != "invoice_id"]
        return super().conditions(without(query, *others) if "invoice_id" in query else query)


@breaks("MK-107")
class ForgetsThePeriodBesideAStatus(Rules):
    """updated_at_from and updated_at_to are ignored beside status."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return super().conditions(without(query, _FROM, _TO) if "status" in query else query)


@breaks("MK-107")
class FindsWhatFitsAnyFilter(Rules):
    """Of status and user_id one is enough."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        of_users = self.of_users(self.values(query, "user_id"))
        with_status = self.with_status(self.values(query, "status"))
        if of_users is None or with_status is None or "status" not in query:
            return super().conditions(query)
        return [*super().conditions(without(query, "status", "user_id")), or_(of_users, with_status)]
