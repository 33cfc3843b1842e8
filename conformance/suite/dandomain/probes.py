"""The first contact with a shop, what the run may change there, and how it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from conformance.checks import Answer
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.dandomain.clients import JSON_TYPE, shop
from conformance.suite.dandomain.orders import Order, shown
from conformance.suite.dandomain.own import OwnOrders, own_orders
from conformance.suite.probe import Contact, contact


def prepare(context: Context) -> None:
    """Forbids to change any order but those that the run made or that the target file lends."""
    context.recorder.allow(own_orders(context).why_not)


def contact_with(context: Context, api: str) -> Contact:
    """What the first questions show: the states of orders, then the orders of the last days."""
    return contact(_asked(context))


def _asked(context: Context) -> Iterator[Answer]:
    asked, today = shop(context), context.clock.date()
    yield asked.states()
    yield asked.created(today - timedelta(days=2), today + timedelta(days=1))


def clean_up(context: Context) -> Iterator[str]:
    """Deletes every order that the run made; yields a line for each that is left over.

    Orders that were made although their creation was refused, or whose answer was lost, are found by the run's mark.
    """
    own = own_orders(context)
    if context.recorder.read_only:
        return
    for order in filter(None, own.lent.values()):
        yield from _restored(context, order)
    for order_id in [*own.live]:
        yield from _removed(context, own, order_id)
    for order_id in _marked(context, own):
        own.adopt(order_id)
        yield from _removed(context, own, order_id)


def _restored(context: Context, order: Order) -> Iterator[str]:
    """Puts the texts of a lent order back as they were."""
    client = shop(context).api
    for operation, name, member in (("SetOrderComment", "comment", "comment"),
                                    ("SetTrackNumber", "tracknumber", "trackingNumber")):  # fmt: skip
        path, query = {"orderId": order.id}, [(name, order.says(member))]
        answer = client.send(operation, path=path, query=query, body=b"", content_type=JSON_TYPE)
        if not (answer.says_success and answer.value is True):
            yield f"order {order.id}: its {name} could not be put back (HTTP {answer.status})"


def _removed(context: Context, own: OwnOrders, order_id: str) -> Iterator[str]:
    client = shop(context).api
    answer = client.send("DeleteOrder", path={"orderId": order_id})
    if answer.says_success and answer.value is True:
        return
    own.removed(order_id)
    looked = client.send("GetOrder", path={"orderId": order_id})
    if looked.exchange.response is None or shown(looked):
        yield f"order {order_id} could not be deleted (HTTP {answer.status}): delete it by hand"


def _marked(context: Context, own: OwnOrders) -> list[str]:
    """Orders that carry the run's mark and that it does not know to be gone."""
    if not own.asked:
        return []
    today = context.clock.date()
    span = [("start", str(today - timedelta(days=1))), ("end", str(today + timedelta(days=2)))]
    answer = shop(context).api.send("GetOrders", query=span, accept=Format.JSON)
    return [
        order.id
        for order in shown(answer)
        if order.id and str(order.part("deliveryInfo").get("attention") or "").startswith(own.mark)
    ]
