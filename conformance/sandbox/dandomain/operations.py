"""The operations at their paths. Each asks the rules step by step and decides nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import TypeAlias

from sqlalchemy import func, select
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from conformance.sandbox.calls import Call, route
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.queries import Condition, Page
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.writing import Value
from conformance.sandbox.store import Store
from conformance.sandbox.vendor import Clock

BASE = "/admin/webapi/endpoints/v1_0/OrderService"

Operate: TypeAlias = Callable[[Store, Rules, Call, list[str]], Value]


def routes(store: Store, rules: Rules, clock: Clock) -> Sequence[Route]:
    """The routes of the OrderService over a store, decided by these rules; its help page needs no key."""
    answer = _answering(store, rules)
    return [
        route(path, respond, clock, any_case=True)
        for path, respond in (
            (f"{BASE}/help", _help),
            (f"{BASE}/help/operations/{{operation}}", _help),
            (f"{BASE}/{{rest:path}}", answer),
            (BASE, answer),
        )
    ]


def _answering(store: Store, rules: Rules) -> Callable[[Call], Response]:
    def answer(call: Call) -> Response:
        media_type = rules.media_type(call)
        try:
            resource = rules.resource(call.path_params.get("rest", ""))
            operation = rules.operation(resource, call.method)
            rules.permit(operation, rules.permissions(resource.key))
            value = _OPERATIONS[operation](store, rules, call, resource.arguments)
        except RefusedError as refused:
            return rules.refusal(refused, media_type)
        return rules.respond(operation, value, media_type)

    return answer


def _help(call: Call) -> Response:
    if call.method != "GET":
        return Response("Method Not Allowed", 405, {"Allow": "GET"})
    asked = call.path_params.get("operation")
    named = [operation for operation in Operation if asked is None or operation.lower() == asked.lower()]
    rows = "".join(f"<li>{escape(operation)}</li>" for operation in named)
    page = f"<!DOCTYPE html><title>Operations</title><h1>Operations at {BASE}</h1><ul>{rows}</ul>"
    return HTMLResponse(page, 200 if named else 404)


# Reading


def get_orders(store: Store, rules: Rules, call: Call, _arguments: list[str]) -> Value:
    """GetOrders: the orders created in an interval."""
    return _listed(store, rules, rules.created_in(rules.window(call.query, call.now)))


def get_orders_modified(store: Store, rules: Rules, call: Call, _arguments: list[str]) -> Value:
    """GetOrdersInModifiedInterval: the orders modified in an interval, in pages if asked for."""
    return _listed(store, rules, _modified(rules, call), rules.page(call.query))


def count_modified(store: Store, rules: Rules, call: Call, _arguments: list[str]) -> Value:
    """CountByModifiedInterval: how many orders the same query lists."""
    wanted = select(func.count()).select_from(Order).where(*_modified(rules, call))
    with store.session() as session:
        return session.scalars(wanted).one()


def get_orders_of_customer(store: Store, rules: Rules, _call: Call, arguments: list[str]) -> Value:
    """GetOrdersByCustomerNumber: a customer's orders."""
    return _listed(store, rules, rules.bought_by(rules.customer_number(arguments[0])))


def get_order(store: Store, rules: Rules, _call: Call, arguments: list[str]) -> Value:
    """GetOrder: one order by its number."""
    order_id = rules.order_id(arguments[0])
    with store.session() as session:
        order = session.get(Order, order_id)
    return rules.order_document(rules.found(order))


def get_order_states(_store: Store, rules: Rules, _call: Call, _arguments: list[str]) -> Value:
    """GetOrderStates: all order states."""
    return rules.states_document()


def _modified(rules: Rules, call: Call) -> list[Condition]:
    return rules.modified_in(rules.window(call.query, call.now), rules.wanted_state(call.query))


def _listed(store: Store, rules: Rules, conditions: list[Condition], page: Page | None = None) -> Value:
    wanted = select(Order).where(*conditions).order_by(*rules.sequence())
    if page:
        wanted = wanted.limit(page.size).offset(page.offset)
    with store.session() as session:
        found = session.scalars(wanted).all()
    return rules.orders_document(rules.listed(found))


# Changing


def create_order(store: Store, rules: Rules, call: Call, _arguments: list[str]) -> Value:
    """CreateOrder: a new order, or the first validation that fails."""
    order = rules.new_order(rules.body(call), call.now)
    with store.session() as session:
        session.add(order)
    return rules.created_document(order)


def delete_order(store: Store, rules: Rules, _call: Call, arguments: list[str]) -> Value:
    """DeleteOrder: whether there was such an order."""
    order_id = rules.order_id(arguments[0])
    with store.session() as session:
        found = rules.remove(session, order_id)
    return rules.deleted(found)


def complete_order(store: Store, rules: Rules, call: Call, arguments: list[str]) -> Value:
    """CompleteOrder: whether there was such an order; false too if none is named."""
    if not arguments[0]:
        return rules.completed(False)
    order_id = rules.order_id(arguments[0])
    return rules.completed(_changed(store, rules, order_id, rules.effect_of_completion(call.now)))


def set_comment(store: Store, rules: Rules, call: Call, arguments: list[str]) -> Value:
    """SetOrderComment: the comment of the query."""
    order_id = rules.order_id(arguments[0])
    effect = rules.effect_of_comment(rules.text(call.query, "comment"), call.now)
    return rules.updated(_changed(store, rules, order_id, effect))


def set_state(store: Store, rules: Rules, call: Call, arguments: list[str]) -> Value:
    """SetOrderState: one of the order states."""
    order_id = rules.order_id(arguments[0])
    effect = rules.effect_of_state(rules.known_state(arguments[1]), call.now)
    return rules.updated(_changed(store, rules, order_id, effect))


def set_track_number(store: Store, rules: Rules, call: Call, arguments: list[str]) -> Value:
    """SetTrackNumber: the track number of the query."""
    order_id = rules.order_id(arguments[0])
    effect = rules.effect_of_track_number(rules.text(call.query, "tracknumber"), call.now)
    return rules.updated(_changed(store, rules, order_id, effect))


def _changed(store: Store, rules: Rules, order_id: int, effect: Effect) -> bool:
    with store.session() as session:
        return rules.change(session, order_id, effect)


_OPERATIONS: Mapping[Operation, Operate] = {
    Operation.CREATE: create_order,
    Operation.LIST: get_orders,
    Operation.GET: get_order,
    Operation.DELETE: delete_order,
    Operation.COMPLETE: complete_order,
    Operation.LIST_BY_CUSTOMER: get_orders_of_customer,
    Operation.LIST_MODIFIED: get_orders_modified,
    Operation.COUNT_MODIFIED: count_modified,
    Operation.STATES: get_order_states,
    Operation.SET_COMMENT: set_comment,
    Operation.SET_STATE: set_state,
    Operation.SET_TRACK_NUMBER: set_track_number,
}
