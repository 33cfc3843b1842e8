"""The provider states of DanDomain: what the shop has, by the part it plays, and an old order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from sqlalchemy.orm import Session

from conformance.sandbox.dandomain.factory import make_order
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.shop import CURRENCIES, CUSTOMERS, MAIN_SITE
from conformance.sandbox.store import Store
from conformance.sandbox.vendor import Choice, Ids, Params, State, StateError

_CUSTOMER, _B2B_CUSTOMER = "17", "42"
_PRODUCTS = {"sold": ("304", "305", "4009249-0001-12", "310"), "hidden": ("306",), "other_site": ("307",)}
_PAYMENTS = {"valid": "56", "not_for_country": "61", "not_for_b2b_group": "62"}
_SHIPPINGS = {"valid": "48", "not_for_country": "49", "not_for_b2b_group": "50"}
_OLD = timedelta(days=40)


def states(store: Store) -> Sequence[State]:
    """The states. The shop is as it is: only an order is made, and removed again."""
    products = {kind: cycle(numbers) for kind, numbers in _PRODUCTS.items()}
    return (
        _given(
            "a customer",
            "customerId",
            lambda params: _B2B_CUSTOMER if params["b2b"] else _CUSTOMER,
            b2b=Choice((True, False), False),
        ),
        _given(
            "a product",
            "productId",
            lambda params: next(products[params["kind"]]),
            kind=Choice(tuple(_PRODUCTS), "sold"),
        ),
        _given(
            "a payment method",
            "paymentId",
            lambda params: _PAYMENTS[params["validity"]],
            validity=Choice(tuple(_PAYMENTS), "valid"),
        ),
        _given(
            "a shipping method",
            "shippingId",
            lambda params: _SHIPPINGS[params["validity"]],
            validity=Choice(tuple(_SHIPPINGS), "valid"),
        ),
        _given("a site", "siteId", lambda _params: str(MAIN_SITE)),
        _given("a currency", "currencyCode", lambda _params: CURRENCIES[0]),
        State("an order", {"age": Choice(("old",), "old")}, ("orderId",), _make_order, _remove_order),
    )


def _given(name: str, member: str, answer: Callable[[Params], str], **params: Choice) -> State:
    """A state that always holds: its setup names what there is, its teardown does nothing."""

    def setup(_session: Session, chosen: Params, _now: datetime) -> Ids:
        return {member: answer(chosen)}

    return State(name, params, (member,), setup, lambda _session, _ids: None)


def _make_order(session: Session, _params: Params, now: datetime) -> Ids:
    """An order of 40 days ago, complete and never changed."""
    created = now.replace(microsecond=0) - _OLD
    order = make_order(Random(), CUSTOMERS[_CUSTOMER], created)  # noqa: S311
    session.add(order)
    session.flush()
    return {"orderId": str(order.id)}


def _remove_order(session: Session, ids: Ids) -> None:
    if not ids["orderId"].isdecimal():
        raise StateError("orderId must be an order number")
    if order := session.get(Order, int(ids["orderId"])):
        session.delete(order)
