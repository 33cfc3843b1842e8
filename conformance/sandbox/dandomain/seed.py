"""The seed: orders over fourteen months up to today, the same for the same day.

Every way that an order can be is found in every part of the time: with and without a state, complete or not, never
changed or changed later. Some moments are chosen to tell right from wrong: the ends of a day, and the hour that
comes twice when summer time ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import NamedTuple

from sqlalchemy.orm import Session

from conformance.sandbox.dandomain.danish import instant, local
from conformance.sandbox.dandomain.factory import make_order
from conformance.sandbox.dandomain.shop import CUSTOMERS

ORDERS = 60
FIRST_NUMBER = 101
"""So that the orders of the vendor's samples, 126 to 130, are there."""
LAST_NUMBER = FIRST_NUMBER + ORDERS - 1
"""Orders that are made later have higher ones."""

_DAYS = 425


class _Life(NamedTuple):
    complete: bool = True
    state_id: int | None = None
    changed_after: timedelta | None = None
    discount: bool = False
    guest: bool = False


_LIVES = (
    _Life(state_id=1),
    _Life(complete=False),
    _Life(state_id=2, changed_after=timedelta(seconds=14)),
    _Life(state_id=4, changed_after=timedelta(days=3, hours=5)),
    _Life(complete=False, changed_after=timedelta(hours=1)),
    _Life(state_id=3, discount=True),
    _Life(),
    _Life(state_id=7, changed_after=timedelta(days=30)),
    _Life(complete=False, state_id=1, guest=True),
    _Life(changed_after=timedelta(days=90), discount=True),
    _Life(state_id=4, changed_after=timedelta(days=1)),
)


def seed(session: Session, now: datetime) -> None:
    """Fill an empty database."""
    chance = Random("dandomain")  # noqa: S311 - data, no secret
    today = local(now).date()
    # Of 6 customers and 11 lives no two cycles fall together.
    made = zip(_moments(chance, today), cycle(_LIVES), cycle(CUSTOMERS.values()), strict=False)
    for number, (created, life, customer) in enumerate(made, FIRST_NUMBER):
        order = make_order(
            chance,
            customer,
            created,
            complete=life.complete,
            state_id=life.state_id,
            modified=_changed(created, life.changed_after, today),
            discount=life.discount,
            guest=life.guest,
        )
        order.id = number
        session.add(order)


def _changed(created: datetime, after: timedelta | None, today: date) -> datetime | None:
    """When an order was changed: so long after its creation, but before today."""
    if after is None:
        return None
    changed = created + after
    return changed if local(changed).date() < today else created + timedelta(seconds=14)


def _moments(chance: Random, today: date) -> list[datetime]:
    """So many instants before today, in their order: the telling ones, the rest spread evenly."""
    telling = list(_telling_moments(today))
    rest = ORDERS - len(telling)
    spread = (today - timedelta(days=1 + step * _DAYS // rest) for step in range(rest))
    return sorted([*telling, *(_sometime(chance, day) for day in spread)])


def _sometime(chance: Random, day: date) -> datetime:
    return instant(datetime.combine(day, time(chance.randrange(24), chance.randrange(60), chance.randrange(60))))


def _telling_moments(today: date) -> Iterator[datetime]:
    whole_day = today - timedelta(days=20)
    yield instant(datetime.combine(whole_day, time()))
    yield instant(datetime.combine(whole_day, time(23, 59, 59)))
    change = end_of_summer_time(today)
    twice = datetime.combine(change, time(2, 30))
    yield instant(twice)
    yield instant(twice, later=True)
    yield instant(datetime.combine(change - timedelta(days=1), time(23, 59, 59)))
    yield instant(datetime.combine(change + timedelta(days=1), time()))


def end_of_summer_time(today: date) -> date:
    """The last day before today on which Danish clocks were put back: the last Sunday of an October."""
    for year in (today.year, today.year - 1):
        last = date(year, 10, 31)
        sunday = last - timedelta(days=(last.weekday() + 1) % 7)
        if sunday + timedelta(days=1) < today:
            break
    return sunday
