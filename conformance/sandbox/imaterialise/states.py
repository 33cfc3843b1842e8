"""The provider states of i.materialise: "an order" and "a cart" in any status, made now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conformance.sandbox.imaterialise.accounts import FOREIGN, OWN
from conformance.sandbox.imaterialise.factory import make_cart, make_order
from conformance.sandbox.imaterialise.models import Cart, CartStatus, Order, Status
from conformance.sandbox.store import Store
from conformance.sandbox.vendor import Choice, Ids, Params, State

_ORDER_STATUSES: dict[str, Status] = {
    status.value: status for status in Status if status not in (Status.DRAFT, Status.PAYMENT_NOK)
}
_ORDER_STATUSES["Invalid"] = Status.DRAFT
_ACCOUNT = Choice((OWN, FOREIGN), OWN)
_FLAG = Choice((True, False), False)


def states(store: Store) -> Sequence[State]:
    """The two states. Their orders number on from those in the store; no number is used twice."""
    with store.session() as session:
        last = session.scalars(select(func.max(Order.number))).one()
    made = _Making(count(int(last[3:]) + 1))
    order_params = {
        "status": Choice(tuple(_ORDER_STATUSES)),
        "engineer": _FLAG,
        "on_hold": _FLAG,
        "account": _ACCOUNT,
    }
    cart_params = {"status": Choice(tuple(status.value for status in CartStatus)), "account": _ACCOUNT}
    return (
        State("an order", order_params, ("orderNumber", "orderId"), made.order, _remove_order),
        State("a cart", cart_params, ("cartId", "orderId"), made.cart, _remove_cart),
    )


class _Making:
    def __init__(self, numbers: count[int]) -> None:
        self._numbers = numbers

    def order(self, session: Session, params: Params, now: datetime) -> Ids:
        order = self._order(params["account"], now, _ORDER_STATUSES[params["status"]], params)
        session.add(order)
        return {"orderNumber": order.number, "orderId": order.id}

    def cart(self, session: Session, params: Params, now: datetime) -> Ids:
        status, account = CartStatus(params["status"]), params["account"]
        order = self._order(account, now, Status.ORDERED, {}) if status is CartStatus.ORDERED else None
        cart = make_cart(Random(), account, now - timedelta(minutes=5), status, order)  # noqa: S311
        session.add(cart)
        return {"cartId": cart.id, "orderId": order.id} if order else {"cartId": cart.id}

    def _order(self, account: str, now: datetime, status: Status, flags: Params) -> Order:
        number = f"IMC{next(self._numbers):06}"
        engineer, on_hold = flags.get("engineer", False), flags.get("on_hold", False)
        return make_order(Random(), number, account, now, status, engineer=engineer, on_hold=on_hold)  # noqa: S311


def _remove_order(session: Session, ids: Ids) -> None:
    """Delete the order that an id or number names, if it is still there."""
    named = (Order.id == ids.get("orderId")) | (Order.number == ids.get("orderNumber"))
    for order in session.scalars(select(Order).where(named)):
        session.delete(order)


def _remove_cart(session: Session, ids: Ids) -> None:
    """Delete the cart and the order made with it."""
    if cart := session.get(Cart, ids.get("cartId")):
        session.delete(cart)
        session.flush()
    _remove_order(session, ids)
