"""The three operations at their paths. Each asks the rules step by step and decides nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from starlette.responses import Response
from starlette.routing import Route

from conformance.sandbox.calls import Call, route
from conformance.sandbox.documents import Document
from conformance.sandbox.imaterialise.models import Cart, Order
from conformance.sandbox.imaterialise.rules import RefusedError, Rules
from conformance.sandbox.imaterialise.rules.messages import Operation
from conformance.sandbox.store import Store
from conformance.sandbox.vendor import Clock

# A finished document, and its request-level error code if it has one.
Answer: TypeAlias = tuple[Document, int | None]
Operate: TypeAlias = Callable[[Store, Rules, Call, str], Answer]


def routes(store: Store, rules: Rules, clock: Clock) -> Sequence[Route]:
    """The routes of i.materialise over a store, decided by these rules."""
    return [
        route(path, _answering(operation, operate, store, rules), clock)
        for path, operation, operate in (
            ("/web-api/order", Operation.ORDER_STATUS, order_status),
            ("/web-api/cartstatus/statuses", Operation.CART_STATUS, cart_status),
            ("/web-api/order/CancelOrderByNumber", Operation.CANCELLATION, cancellation),
        )
    ]


def _answering(
    operation: Operation, operate: Operate, store: Store, rules: Rules
) -> Callable[[Call], Response]:
    def answer(call: Call) -> Response:
        media_type = rules.media_type(call)
        if call.method not in rules.methods(operation):
            return rules.refusal(405, operation, media_type)
        account = rules.account(rules.api_code(call))
        if account is None:
            return rules.refusal(401, operation, media_type)
        document, code = operate(store, rules, call, account)
        return rules.respond(operation, document, code, media_type)

    return answer


def order_status(store: Store, rules: Rules, call: Call, account: str) -> Answer:
    """Order Status: the orders that a query selects."""
    language = rules.language(call.query)
    try:
        wanted = select(Order).where(
            rules.visible_to(account), *rules.conditions(call.query, call.now.date())
        )
        with store.session() as session:
            found = session.scalars(wanted.order_by(*rules.sequence())).all()
        orders = rules.required(rules.listed(found))
    except RefusedError as refused:
        return rules.order_status_document([], refused.code, language), refused.code
    return rules.order_status_document(orders, None, language), None


def cart_status(store: Store, rules: Rules, call: Call, account: str) -> Answer:
    """Cart Status: an entry for each cart asked about."""
    try:
        ids = rules.cart_ids(call)
    except RefusedError as refused:
        return rules.refused_carts_document(refused.code), refused.code
    guids = [guid for raw in ids if (guid := rules.guid(raw))]
    wanted = select(Cart).where(Cart.id.in_(guids), rules.owned_cart(account)).options(joinedload(Cart.order))
    with store.session() as session:
        carts = {cart.id: cart for cart in session.scalars(wanted)}
    return rules.cart_status_document([(raw, rules.cart_named(raw, carts)) for raw in ids]), None


def cancellation(store: Store, rules: Rules, call: Call, account: str) -> Answer:
    """Order Cancellation by Number: cancel, or say which code forbids it."""
    try:
        number = rules.order_number(call)
    except RefusedError as refused:
        return rules.cancellation_document(None, refused.code), refused.code
    while True:
        with store.session() as session:
            order = session.scalars(select(Order).where(rules.cancels(number, account))).one_or_none()
        code = rules.objection(order) if order else 505
        if code or order is None:
            return rules.cancellation_document(order, code), code
        with store.session() as session:
            if rules.cancel(session, order):
                return rules.cancellation_document(order, None), None
        # Another request changed the order since it was read: look again.
