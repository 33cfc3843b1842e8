"""The first contact with the marketplace, what the run may change there, and how it leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from conformance.checks import Answer
from conformance.suite.context import Context
from conformance.suite.macke.clients import JSON_TYPE, Market, Question, market
from conformance.suite.macke.orders import Order
from conformance.suite.macke.own import own_orders
from conformance.suite.probe import Contact, contact


def prepare(context: Context) -> None:
    """Forbids to change any order but those that the run made or that the target file hands over."""
    context.recorder.allow(own_orders(context).why_not)


def contact_with(context: Context, api: str) -> Contact:
    """What the first questions show: the list without parameters, and its first page."""
    return contact(_asked(market(context)))


def _asked(client: Market) -> Iterator[Answer]:
    yield client.list()
    yield client.list(Question(page=1, size=1))


def clean_up(context: Context) -> Iterator[str]:
    """Puts the target file's orders back as they were; yields a line for each that is left otherwise.

    Orders that the target made for the run are removed by it with the test data.
    """
    if context.recorder.read_only:
        return
    client = market(context)
    for order_id, before in own_orders(context).to_restore():
        yield from _restored(client, order_id, before)


def _restored(client: Market, order_id: str, before: dict[str, Any]) -> Iterator[str]:
    """Status first; then the reference, where the details show what it was."""
    now = _now(client, order_id)
    if now.status != before["status"]:
        _send(client, order_id, {"status": before["status"]})
    if now.raw.get("vendor_ref") != before["vendor_ref"]:
        _send(client, order_id, {"vendor_ref": before["vendor_ref"]})
    now = _now(client, order_id)
    if now.status != before["status"]:
        yield f"order {order_id} is in status {now.status} and was in {before['status']}: put it back by hand"
    reference = own_orders(client.context).references.get(order_id, "")
    if "vendor_ref" in now.raw and now.reference != (before["vendor_ref"] or ""):
        yield f"order {order_id} keeps the vendor_ref {now.reference}: the document knows no way to take one away"
    elif "vendor_ref" not in now.raw and reference and client.search(reference).status < 400:
        yield f"order {order_id} now has the vendor_ref {reference}; which it had before is not shown"


def _send(client: Market, order_id: str, members: dict[str, Any]) -> None:
    path, data = {"order_id": order_id}, json.dumps(members).encode()
    client.api.send("updateOrder", path=path, body=data, content_type=JSON_TYPE)


def _now(client: Market, order_id: str) -> Order:
    answer = client.look(order_id)
    return Order(answer.document if answer.says_success else {})
