"""The operations at their paths. Each asks the rules step by step and decides nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from starlette.responses import Response
from starlette.routing import Route

from conformance.sandbox.calls import Call, route
from conformance.sandbox.macke.accounts import Account
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.transport import Resource
from conformance.sandbox.store import Store
from conformance.sandbox.vendor import Clock


def routes(store: Store, rules: Rules, clock: Clock) -> Sequence[Route]:
    """The routes of the API over a store, decided by these rules."""

    def answer(call: Call) -> Response:
        try:
            return rules.respond(_granted(store, rules, call))
        except RefusedError as refused:
            return rules.refusal(refused)

    return [route("/orders", answer, clock), route("/orders/{rest:path}", answer, clock)]


def _granted(store: Store, rules: Rules, call: Call) -> Any:
    account = rules.signed_in(call)
    resource, name = rules.resource(call.path_params.get("rest", ""))
    rules.check_method(call.method, resource)
    rules.check_accept(call)
    if resource is Resource.ORDERS:
        return list_orders(store, rules, call, account)
    if resource is Resource.SEARCH:
        return search_orders(store, rules, call, account)
    operate = update_order if call.method == "PUT" else get_order
    return operate(store, rules, call, account, name)


def list_orders(store: Store, rules: Rules, call: Call, account: Account) -> Any:
    """List all orders: a page of those that the query selects."""
    asked = rules.asked(call.query)
    conditions = [rules.visible_to(account), *rules.conditions(call.query)]
    wanted = select(Order).where(*conditions).order_by(*rules.sequence(asked))
    with store.session() as session:
        found: Sequence[Order] = session.scalars(rules.page_of(wanted, asked)).all()
        total = session.scalar(select(func.count()).select_from(Order).where(*conditions)) or 0
    shown = rules.details if rules.is_detailed(call.query) else rules.row
    return rules.list_document([shown(order) for order in rules.listed(found)], rules.params(call.query, asked, total))


def get_order(store: Store, rules: Rules, call: Call, account: Account, name: str) -> Any:
    """Get a specific order: its details, or 404."""
    order = _find(store, rules, account, name)
    if order is None:
        raise RefusedError(404)
    return rules.details(order)


def update_order(store: Store, rules: Rules, call: Call, account: Account, name: str) -> Any:
    """Update order-status, add a reference, or both: all that the body says or nothing."""
    rules.check_content_type(call)
    body = rules.body(call)
    order = _find(store, rules, account, name)
    if order is None:
        return rules.unknown_order(name, body)
    changes = rules.changes(body, call.now)
    with store.session() as session:
        if not rules.apply(session, order, changes):
            return rules.unknown_order(name, body)
    return rules.updated_document(name)


def search_orders(store: Store, rules: Rules, call: Call, account: Account) -> Any:
    """Get list of detailed orders matching "vendor_ref"."""
    reference = rules.has_ref(rules.searched_ref(call.query))
    wanted = select(Order).where(rules.visible_to(account), reference).order_by(*rules.search_sequence())
    with store.session() as session:
        found = session.scalars(wanted).all()
    return rules.results(found)


def _find(store: Store, rules: Rules, account: Account, name: str) -> Order | None:
    wanted = select(Order).where(Order.order_id == rules.order_id(name), rules.visible_to(account))
    with store.session() as session:
        return session.scalars(wanted).one_or_none()
