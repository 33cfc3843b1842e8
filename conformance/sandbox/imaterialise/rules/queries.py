"""Rules of the Order Status API, first half: what a query asks for, and which orders that selects."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement
from starlette.datastructures import QueryParams

from conformance.sandbox.imaterialise.models import Order, Status
from conformance.sandbox.imaterialise.rules.messages import LANGUAGES
from conformance.sandbox.imaterialise.rules.refused import RefusedError
from conformance.sandbox.imaterialise.rules.transport import TransportRules

Condition = ColumnElement[bool]

_CODES = {
    Status.CANCELLED: 0,
    Status.DRAFT: 1,
    Status.PAYMENT_NOK: 1,
    Status.ORDERED: 2,
    Status.PROCESSING: 3,
    Status.IN_PRODUCTION: 4,
    Status.READY_TO_SHIP: 5,
    Status.SHIPPED: 6,
    Status.DELIVERED: 7,
}


class QueryRules(TransportRules):
    """From query parameters to conditions on orders."""

    # What a query asks for

    def conditions(self, query: QueryParams, today: date) -> list[Condition]:
        """What an order must satisfy. An id or number names orders; status and dates then do not count."""
        ids, numbers = self.values(query, "id"), self.values(query, "number")
        named = [self.has_id(ids)] if ids else []
        named += [self.has_number(numbers)] if numbers else []
        return named or [self.has_status(self.statuses(query)), self.in_window(*self.window(query, today))]

    def values(self, query: QueryParams, name: str) -> list[str]:
        """Every value of a repeatable parameter; an empty one says nothing."""
        return [value for value in query.getlist(name) if value]

    def statuses(self, query: QueryParams) -> list[int]:
        """The status codes asked for, all when none is; one unknown code refuses the request with 103."""
        codes = [self.status(text) for text in self.values(query, "status")]
        return codes or sorted(set(_CODES.values()))

    def status(self, text: str) -> int:
        """A status code, 0 to 7; anything else is 103."""
        if re.fullmatch("[0-7]", text):
            return int(text)
        raise RefusedError(103)

    def window(self, query: QueryParams, today: date) -> tuple[date, date]:
        """The first and the last day asked for; one day is a range, one that runs backwards is 106."""
        first = self.date_from(query.get("dateFrom"), today)
        last = self.date_to(query.get("dateTo"), today)
        if self.is_backwards(first, last):
            raise RefusedError(106)
        return first, last

    def is_backwards(self, first: date, last: date) -> bool:
        """Whether a range of days is wrong."""
        return first > last

    def date_from(self, text: str | None, today: date) -> date:
        """The first day: as asked, else six months ago."""
        return self.day(text) if text else self.default_date_from(today)

    def date_to(self, text: str | None, today: date) -> date:
        """The last day: as asked, else today."""
        return self.day(text) if text else self.default_date_to(today)

    def default_date_from(self, today: date) -> date:
        """[today] - [6 months]: the same day of the month, or the month's last."""
        year, month = divmod(today.year * 12 + today.month - 1 - 6, 12)
        return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))

    def default_date_to(self, today: date) -> date:
        """[today]."""
        return today

    def day(self, text: str) -> date:
        """A DD-MM-YYYY; what is none makes the date range wrong (the document names no other code)."""
        if match := re.fullmatch(r"([0-9]{2})-([0-9]{2})-([0-9]{4})", text):
            day, month, year = map(int, match.groups())
            try:
                return date(year, month, day)
            except ValueError:
                pass
        raise RefusedError(106)

    def language(self, query: QueryParams) -> str | None:
        """The language asked for, upper case, EN when none is; None when it is not supported."""
        asked = (query.get("languageCode") or "EN").upper()
        return asked if asked in LANGUAGES else None

    # Which orders that selects

    def visible_to(self, account: str) -> Condition:
        """Orders are selected upon the provided API code."""
        return Order.account == account

    def has_id(self, ids: Sequence[str]) -> Condition:
        """Orders with one of these ids, in any letter case."""
        return Order.id.in_([guid for text in ids if (guid := self.guid(text))])

    def has_number(self, numbers: Sequence[str]) -> Condition:
        """Orders with one of these numbers."""
        return Order.number.in_([number for number in numbers if self.is_order_number(number)])

    def has_status(self, codes: Collection[int]) -> Condition:
        """Orders that show one of these codes."""
        return Order.status.in_([status for status in Status if self.status_code(status) in codes])

    def in_window(self, first: date, last: date) -> Condition:
        """Orders requested on these days, both ends included."""
        return Order.requested.between(datetime.combine(first, time.min), datetime.combine(last, time.max))

    def sequence(self) -> Sequence[ColumnElement[Any]]:
        """How orders are sorted, which the document leaves open: the newest first."""
        return Order.requested.desc(), Order.number.asc()

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        """The selected orders that are really listed."""
        return orders

    def required(self, orders: Sequence[Order]) -> Sequence[Order]:
        """The orders, when there are any; none refuses with 108."""
        if orders:
            return orders
        raise RefusedError(108)

    def status_code(self, status: Status) -> int:
        """The code of an order's state: Draft and PaymentNOK are both 1."""
        return _CODES[status]
