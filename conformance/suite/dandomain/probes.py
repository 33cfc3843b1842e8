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

    What is still listed afterwards is deleted once more: an order whose creation was refused or whose answer was lost is
    found by the run's mark, one that was only said to be deleted by its number.
    """
    own = own_orders(context)
    if context.recorder.read_only or not (own.asked or own.lent):
        return
    for order in filter(None, own.lent.values()):
        yield from _restored(context, order)
    for order_id in [*own.live]:
        _delete(context, order_id)
    found = _listed(context, own)
    for order_id in own.live if found is None else found:
        own.adopt(order_id)
        _delete(context, order_id)
    left = _listed(context, own) if found else found
    for order_id in own.live if left is None else left:
        yield f"order {order_id} could not be deleted: delete it by hand"


def _restored(context: Context, order: Order) -> Iterator[str]:
    """Puts the texts of a lent order back as they were."""
    client = shop(context).api
    for operation, name, member in (("SetOrderComment", "comment", "comment"),
                                    ("SetTrackNumber", "tracknumber", "trackingNumber")):  # fmt: skip
        path, query = {"orderId": order.id}, [(name, order.says(member))]
        answer = client.send(operation, path=path, query=query, body=b"", content_type=JSON_TYPE)
        if not (answer.says_success and answer.value is True):
            yield f"order {order.id}: its {name} could not be put back (HTTP {answer.status})"


def _delete(context: Context, order_id: str) -> None:
    """Deletes an order; its book is told by the answer."""
    shop(context).api.send("DeleteOrder", path={"orderId": order_id})


def _listed(context: Context, own: OwnOrders) -> list[str] | None:
    """The run's own orders among those of today; None where they are not listed."""
    today = context.clock.date()
    span = [("start", str(today - timedelta(days=1))), ("end", str(today + timedelta(days=2)))]
    answer = shop(context).api.send("GetOrders", query=span, accept=Format.JSON)
    if not answer.says_success:
        return None
    return [order.id for order in shown(answer) if order.id and own.made(order)]
