"""The provider state of the marketplace: "an order" in any status, placed now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conformance.sandbox.macke.accounts import ACCOUNTS
from conformance.sandbox.macke.factory import GUESTS, REGISTERED, Customer, make_order
from conformance.sandbox.macke.models import Order, Status, unix_seconds
from conformance.sandbox.store import Store
from conformance.sandbox.vendor import Choice, Ids, Params, State

_PARAMS = {
    "status": Choice(tuple(status.value for status in Status), Status.OPEN.value),
    "customer": Choice(("registered", "guest"), "registered"),
    "invoice": Choice((True, False), False),
    "account": Choice(tuple(ACCOUNTS), "own"),
}


def states(store: Store) -> Sequence[State]:
    """The one state. Its orders number on from those in the store; no id is used twice."""
    with store.session() as session:
        last = session.scalars(select(func.max(Order.order_id))).one()
    return (State("an order", _PARAMS, ("orderId",), _Making(count(last + 1)).order, _remove_order),)


class _Making:
    def __init__(self, ids: count[int]) -> None:
        self._ids = ids

    def order(self, session: Session, params: Params, now: datetime) -> Ids:
        order_id = next(self._ids)
        order = make_order(
            Random(order_id),  # noqa: S311 - data, no secret
            order_id,
            ACCOUNTS[params["account"]].company_id,
            Status(params["status"]),
            _customer(params["customer"], order_id),
            unix_seconds(now),
            invoice=params["invoice"],
        )
        session.add(order)
        ids = {"orderId": str(order_id), "userId": str(order.user_id), "email": order.email}
        return ids | ({"invoiceId": str(order.invoice_id)} if order.invoice_id else {})


def _customer(kind: str, order_id: int) -> Customer:
    """A registered customer, each in turn, or a guest nobody has seen before."""
    if kind == "registered":
        return REGISTERED[order_id % len(REGISTERED)]
    return replace(GUESTS[0], email=f"gast-{order_id}@example.com")


def _remove_order(session: Session, ids: Ids) -> None:
    """Delete the order that an id names, if it is still there."""
    text = ids["orderId"]
    order = session.get(Order, int(text)) if text.isdecimal() and len(text) < 19 else None
    if order:
        session.delete(order)
