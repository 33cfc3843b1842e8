"""The first contact with each API: a well-formed, harmless question in every way in which it may be put."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta

from conformance.checks import Answer
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.imaterialise.clients import (
    CANCELLATION,
    CART_STATUS,
    METHOD,
    OrderQuery,
    Posting,
    cancellation,
    cart_status,
    order_status,
)
from conformance.suite.imaterialise.orderdata import OrderData
from conformance.suite.probe import Contact, Ready, contact

REFUSED_METHOD = (404, 405, 501)


def prepare(context: Context) -> None:
    """Forbids to cancel any order but those that the run made or that the target file hands over."""
    context.recorder.allow(OrderData(context).why_not)


def clean_up(context: Context) -> Iterator[str]:
    """Nothing to remove: the run makes orders only through provider states, which are taken down with the test data."""
    return iter(())


def contact_with(context: Context, api: str) -> Contact:
    """What the first questions to an API show; finds out what works on the way (method, XML root)."""
    if api == CART_STATUS:
        found = contact(_posted(context, cart_status(context), {"Carts": [{"CartID": unknown_id(context)}]}))
        _learn_root(context, cart_status(context), {"Carts": [{"CartID": unknown_id(context)}]}, found)
        return found
    if api == CANCELLATION:
        client = cancellation(context)
        if context.recorder.read_only:
            return Ready()  # nothing may be sent, so nothing is known; every scenario will say so itself
        found = contact(_posted(context, client, {}))
        _learn_root(context, client, {"orderNumber": OrderData(context).unknown()}, found)
        return found
    return contact(_asked(context))


def unknown_id(context: Context, purpose: str = "probe") -> str:
    """A GUID that no cart and no order has."""
    return str(uuid.UUID(int=context.random(purpose).getrandbits(128), version=4))


def _asked(context: Context) -> Iterator[Answer]:
    """Order status by GET, then by POST, in each format that the target offers."""
    client, last_month = order_status(context), context.clock.date() - timedelta(days=31)
    for operation in ("getOrders", "postOrders"):
        context.shared[METHOD] = operation
        for form in context.target.formats:
            answer = client.ask(OrderQuery(date_from=last_month), form)
            yield answer
            if answer.status in REFUSED_METHOD:
                break
    context.shared[METHOD] = "getOrders"


def _posted(context: Context, client: Posting, members: dict[str, object]) -> Iterator[Answer]:
    for form in context.target.formats:
        yield client.ask(members, form)


def _learn_root(context: Context, client: Posting, members: dict[str, object], found: Contact) -> None:
    """Which XML root the target takes: the first whose request is not refused as malformed."""
    if not isinstance(found, Ready) or not context.target.offers(Format.XML):
        return
    for root in client.candidates():
        body = client.body(members, Format.XML, root)
        answer = client.raw(body, client.content_type(Format.XML), Format.XML)
        if answer.readable and not refused_as_malformed(answer):
            context.shared[client.reading] = root
            return


def refused_as_malformed(answer: Answer) -> bool:
    """Whether an answer says that the body as such was not understood (501)."""
    error = answer.document.get("requestError")
    return isinstance(error, dict) and error.get("code") == 501
