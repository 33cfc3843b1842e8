"""Rules of the lists: what a path and a query ask for, and which orders that selects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from starlette.datastructures import QueryParams

from conformance.sandbox.dandomain.danish import instant
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules.refused import RefusedError
from conformance.sandbox.dandomain.rules.transport import TransportRules

Condition = ColumnElement[bool]

_DATE = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[T ]([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:\.[0-9]+)?)?)?"
)
_INTEGER = re.compile("[+-]?[0-9]{1,10}")
_POSITIVE = re.compile("0*[1-9][0-9]*")
_LARGEST = 2**31 - 1
_NO_ORDER = 0


class Window(NamedTuple):
    """The first and the last instant asked for."""

    start: datetime
    end: datetime


class Page(NamedTuple):
    """A part of a list: how many orders, after how many others."""

    size: int
    offset: int


class QueryRules(TransportRules):
    """From query parameters to conditions on orders."""

    # What a path and a query ask for

    def integer(self, text: str) -> int | None:
        """An integer of 32 bits, or None for any other text."""
        number = int(text) if _INTEGER.fullmatch(text) else _LARGEST + 1
        return number if -_LARGEST <= number <= _LARGEST else None

    def order_id(self, text: str) -> int:
        """The order number of a path; 400 for a missing one and for what is no positive integer.

        One that is too large for any order is the number of none.
        """
        if not text:
            raise RefusedError(400, "OrderIdMissing")
        if not _POSITIVE.fullmatch(text):
            raise RefusedError(400, "OrderIdNotValid")
        return self.integer(text) or _NO_ORDER

    def customer_number(self, text: str) -> str:
        """The customer number of a path; 400 for a missing one."""
        if not text:
            raise RefusedError(400, "CustomerNumberMissing")
        return text

    def parameter(self, query: QueryParams, name: str) -> str | None:
        """A query parameter by its name in any letter case, None if it is missing."""
        return next((value for sent, value in query.multi_items() if sent.lower() == name.lower()), None)

    def window(self, query: QueryParams, now: datetime) -> Window:
        """The interval asked for, both ends included. One that runs backwards contains nothing."""
        return Window(self.start(self.parameter(query, "start")), self.end(self.parameter(query, "end"), now))

    def start(self, text: str | None) -> datetime:
        """The first instant; 400 if it is missing: the start date cannot be null."""
        if not text:
            raise RefusedError(400, "StartDateMissing")
        wall, _ = self.date(text)
        return instant(wall)

    def end(self, text: str | None, now: datetime) -> datetime:
        """The last instant: as asked, a day without time as a whole; now if none is asked for."""
        if not text:
            return self.default_end(now)
        wall, has_time = self.date(text)
        return instant(wall if has_time else self.end_of_day(wall), later=True)

    def default_end(self, now: datetime) -> datetime:
        """The end of an interval without one."""
        return now

    def end_of_day(self, day: datetime) -> datetime:
        """The last moment of a day that ends an interval."""
        return datetime.combine(day, time.max)

    def date(self, text: str) -> tuple[datetime, bool]:
        """A Danish date, padded or not, and whether it has a time of day; 400 for any other text."""
        if match := _DATE.fullmatch(text.strip()):
            year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
            try:
                return datetime(year, month, day, hour, minute, second), match[4] is not None
            except ValueError:
                pass
        raise RefusedError(400, "DateNotValid")

    def page(self, query: QueryParams) -> Page | None:
        """The page that `pageIndex` (from 1) and `pageSize` ask for, None for the whole list."""
        index = self.positive(self.parameter(query, "pageIndex"), "PageIndexNotValid")
        size = self.positive(self.parameter(query, "pageSize"), "PageSizeNotValid")
        if index is None and size is None:
            return None
        size = size or self.default_page_size()
        return Page(size, ((index or 1) - 1) * size)

    def default_page_size(self) -> int:
        """The size of a page where only its index is given; the size that a public client asks for by default."""
        return 100

    def positive(self, text: str | None, word: str) -> int | None:
        """A positive number, None for a missing or empty one; refuses anything else with the word."""
        if not text:
            return None
        number = self.integer(text)
        if number is None or number < 1:
            raise RefusedError(400, word)
        return number

    def wanted_state(self, query: QueryParams) -> int | None:
        """The order state that `orderstateid` asks for, if any."""
        return self.positive(self.parameter(query, "orderstateid"), "OrderStateNotValid")

    # Which orders that selects

    def created_in(self, window: Window) -> list[Condition]:
        """GetOrders: the orders created within the interval, regardless of status."""
        return [Order.created.between(*window)]

    def modified_in(self, window: Window, state_id: int | None) -> list[Condition]:
        """GetOrdersInModifiedInterval: the orders modified within the interval, if asked for in one state."""
        state = [Order.state_id == state_id] if state_id is not None else []
        return [Order.modified.between(*window), *state]

    def bought_by(self, customer_number: str) -> list[Condition]:
        """GetOrdersByCustomerNumber: the orders of the customer with exactly this number."""
        return [Order.customer_id == customer_number]

    def sequence(self) -> Sequence[ColumnElement[Any]]:
        """How lists are sorted, which the document leaves open: as the orders were created."""
        return Order.created.asc(), Order.id.asc()

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        """The selected orders that are really listed."""
        return orders
