"""The seed: orders of two vendors over fourteen months up to today, the same for the same day.

Every status comes several times. Several orders were placed at one moment, also across the end of the first page;
some ids are out of the sequence of dates, so that sorting by the one is told from sorting by the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import NamedTuple

from sqlalchemy.orm import Session

from conformance.sandbox.macke.accounts import FOREIGN, OWN
from conformance.sandbox.macke.factory import GUESTS, REGISTERED, Customer, make_order
from conformance.sandbox.macke.models import Status, unix_seconds

OWN_ORDERS, FOREIGN_ORDERS = 70, 15
FIRST_ID = 1001
FIRST_MADE = FIRST_ID + OWN_ORDERS + FOREIGN_ORDERS
"""The id of the first order that is made later."""

_DAYS = 425
_SAME_MOMENT = {9: 8, 10: 8, 11: 8, 30: 29, 31: 29, 50: 49}
_INVOICED = {Status.PROCESSED, Status.COMPLETE, Status.RETURNED, Status.RETURNING}
_REFERENCES = {4: "ABC1234", 21: "ABC1234", 33: "ABC12345", 40: "abc1234", 47: "Größe 9/5 & ☃ +1%"}
_FOREIGN_REFERENCES = {2: "ABC1234", 5: "FOREIGN-1"}
_EMPTY = 60


class _Plan(NamedTuple):
    company_id: int
    place: int
    timestamp: int
    status: Status
    customer: Customer
    vendor_ref: str | None


def seed(session: Session, now: datetime) -> None:
    """Fill an empty database."""
    chance = Random("macke")  # noqa: S311 - data, no secret
    today = datetime.combine(now.date(), time())
    plans = [
        *_plans(chance, OWN.company_id, today, OWN_ORDERS, _REFERENCES),
        *_plans(chance, FOREIGN.company_id, today, FOREIGN_ORDERS, _FOREIGN_REFERENCES),
    ]
    plans.sort(key=lambda plan: (plan.timestamp, plan.company_id, plan.place))
    for order_id, plan in zip(_ids(len(plans)), plans, strict=True):
        updated_at = chance.choice((plan.timestamp, chance.randint(plan.timestamp, unix_seconds(today))))
        order = make_order(
            chance, order_id, plan.company_id, plan.status, plan.customer, plan.timestamp,
            updated_at=updated_at,
            invoice=plan.status in _INVOICED and plan.place % 3 > 0,
            vendor_ref=plan.vendor_ref,
            empty=plan.place == _EMPTY,
        )  # fmt: skip
        session.add(order)


def _plans(chance: Random, company_id: int, today: datetime, count: int, references: dict[int, str]) -> Iterator[_Plan]:
    """That many orders, the newest first: statuses and customers in turn, which meet in every combination."""
    moments: list[int] = []
    for place, status, customer in zip(range(count), cycle(Status), cycle((*REGISTERED, *GUESTS)), strict=False):
        moment = today - timedelta(days=place * _DAYS // count, seconds=chance.randrange(86400))
        same = _SAME_MOMENT.get(place)
        moments.append(unix_seconds(moment) if same is None else moments[same])
        yield _Plan(company_id, place, moments[place], status, customer, references.get(place))


def _ids(count: int) -> list[int]:
    """Consecutive ids, every ninth changed with its neighbour."""
    ids = list(range(FIRST_ID, FIRST_ID + count))
    for place in range(0, count - 1, 9):
        ids[place], ids[place + 1] = ids[place + 1], ids[place]
    return ids
