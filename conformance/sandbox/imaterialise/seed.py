"""The seed: orders over fifteen months up to today and carts in every status, the same for the same day.

The days are chosen to tell right from wrong: the edges of the default window, the last moments of a day,
month ends, and pairs of days that swap when day and month do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from random import Random
from typing import NamedTuple

from sqlalchemy.orm import Session

from conformance.sandbox.imaterialise.accounts import FOREIGN, OWN
from conformance.sandbox.imaterialise.factory import make_cart, make_order
from conformance.sandbox.imaterialise.models import CartStatus, Order, Status
from conformance.sandbox.imaterialise.rules import Rules

OWN_ORDERS, FOREIGN_ORDERS = 60, 12
FIRST_NUMBER = 31648

_DAYS = 456
_LAST_MOMENT = time(23, 59, 59, 997000)
_FRACTIONS = (0, 610000, 527000)


class _Life(NamedTuple):
    status: Status
    engineer: bool = False
    on_hold: bool = False
    paid: bool = True


_LIVES = (
    _Life(Status.ORDERED),
    _Life(Status.PROCESSING),
    _Life(Status.PROCESSING, engineer=True),
    _Life(Status.IN_PRODUCTION),
    _Life(Status.READY_TO_SHIP),
    _Life(Status.SHIPPED),
    _Life(Status.DELIVERED),
    _Life(Status.CANCELLED),
    _Life(Status.CANCELLED, paid=False),
    _Life(Status.DRAFT, paid=False),
    _Life(Status.PAYMENT_NOK, paid=False),
    _Life(Status.ORDERED, on_hold=True, paid=False),
    _Life(Status.PROCESSING, on_hold=True),
    _Life(Status.IN_PRODUCTION, on_hold=True),
    _Life(Status.DELIVERED),
)


def seed(session: Session, now: datetime) -> None:
    """Fill an empty database."""
    chance = Random("imaterialise")  # noqa: S311 - data, no secret
    own = _orders(chance, OWN, _moments(chance, now.date(), OWN_ORDERS), FIRST_NUMBER)
    foreign = _orders(
        chance, FOREIGN, _moments(chance, now.date(), FOREIGN_ORDERS), FIRST_NUMBER + OWN_ORDERS
    )
    session.add_all([*own, *foreign])
    for account, orders, several in ((OWN, own, 3), (FOREIGN, foreign, 2)):
        for status in CartStatus:
            for order in orders[-several:]:
                ordered = order if status is CartStatus.ORDERED else None
                created = order.requested - timedelta(minutes=chance.randint(5, 500))
                session.add(make_cart(chance, account, created, status, ordered))


def _orders(chance: Random, account: str, moments: list[datetime], first_number: int) -> list[Order]:
    """One order for each moment, the lives in turn, so that every life is found in every part of the time."""
    numbered = enumerate(zip(moments, cycle(_LIVES), strict=False), first_number)
    return [
        make_order(
            chance, f"IMC{number:06}", account, moment, life.status,
            engineer=life.engineer, on_hold=life.on_hold, paid=life.paid,
        )
        for number, (moment, life) in numbered
    ]  # fmt: skip


def _moments(chance: Random, today: date, count: int) -> list[datetime]:
    """That many moments up to today in their order: the telling ones, the rest spread evenly."""
    telling = list(islice(_telling_moments(today), count // 2))
    rest = count - len(telling)
    spread = (today - timedelta(days=1 + step * _DAYS // rest) for step in range(rest))
    return sorted([*telling, *(_sometime(chance, day) for day in spread)])


def _sometime(chance: Random, day: date) -> datetime:
    return datetime.combine(
        day, time(chance.randrange(24), chance.randrange(60), chance.randrange(60))
    ) + timedelta(microseconds=chance.choice(_FRACTIONS))


def _telling_moments(today: date) -> Iterator[datetime]:
    edge = Rules().default_date_from(today)
    for day in (today, edge, edge - timedelta(days=1), edge + timedelta(days=1)):
        yield datetime.combine(day, time(0, 0, 4, 610000))
    yield datetime.combine(today, time())
    yield datetime.combine(edge, time())
    yield datetime.combine(edge - timedelta(days=1), _LAST_MOMENT)
    whole_day = today - timedelta(days=20)
    yield datetime.combine(whole_day, time())
    yield datetime.combine(whole_day, _LAST_MOMENT)
    for day in (*_swapping_days(today), *_month_ends(today)):
        yield datetime.combine(day, time(12, 30, 15, 527000))


def _swapping_days(today: date) -> Iterator[date]:
    """Two pairs of days in the past that turn into each other when day and month are confused."""
    for day, month in ((3, 5), (5, 3), (4, 11), (11, 4)):
        this_year = date(today.year, month, day)
        yield this_year if this_year < today else date(today.year - 1, month, day)


def _month_ends(today: date) -> Iterator[date]:
    """The last days of the past six months."""
    day = today
    for _ in range(6):
        day = day.replace(day=1) - timedelta(days=1)
        yield day
