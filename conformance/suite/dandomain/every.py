"""What every answer of a shop keeps beside its question, and what it says of orders and order states again and again."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from conformance.checks import Answer, Broken, Outcome, passive, verifies
from conformance.contract import Format
from conformance.contract.tree import Step, is_of_type
from conformance.suite.contradiction import refused_and_given
from conformance.suite.dandomain.interval import interval_of
from conformance.suite.dandomain.orders import IS_A_LIST, equal, settled, shown, text_of
from conformance.suite.recall import QUESTION, Recall, Thing, listing

STATES = "GetOrderStates"
CREATE, GET, DELETE = "CreateOrder", "GetOrder", "DeleteOrder"
_SINGLE = {CREATE, GET}
_AGAIN = {
    CREATE: "DD-171", GET: "DD-258", "GetOrders": "DD-221", "GetOrdersByCustomerNumber": "DD-510",
    "GetOrdersInModifiedInterval": "DD-567", STATES: "DD-608",
}  # fmt: skip
"""What is broken where an operation shows something in another way than it was shown before."""


@verifies("DD-003", "DD-257")
def given_checks(answer: Answer) -> Iterator[Outcome]:
    """Who refuses gives nothing; and who is asked for an order shows no other."""
    asked = urlsplit(answer.exchange.request.url).path.rstrip("/").rpartition("/")[2]
    if answer.operation.id == GET and _is_plain_number(asked) and answer.says_success:
        numbers = [order.id for order in shown(answer) if order.id]
        if numbers and numbers != [asked]:
            yield Broken("DD-257", answer.where("id"), asked, ", ".join(numbers[:2]), (answer.id,))
    yield from refused_and_given(answer, "DD-003", "what was asked for" if _gives(answer.value) else "")


@verifies("DD-212")
def interval_checks(answer: Answer) -> Iterator[Outcome]:
    """Who is asked for the orders of an interval lists none that was certainly created before or after it."""
    if answer.operation.id != "GetOrders" or not answer.says_success:
        return
    asked = dict(parse_qsl(urlsplit(answer.exchange.request.url).query))
    interval = interval_of(asked.get("start", ""), asked.get("end", ""))
    if interval is None:
        return
    for place, order in enumerate(shown(answer)):
        if order.created is not None and interval.certainly_excludes(order.created):
            expected = f"a date from {asked['start']} to {asked['end']}"
            yield Broken("DD-212", answer.where(place, "createdDate"), expected, order.created.isoformat(), (answer.id,))
            return


def _is_plain_number(name: str) -> bool:
    return re.fullmatch("[1-9][0-9]{0,8}", name) is not None


def label_checks(answer: Answer) -> Iterator[Outcome]:
    """What was asked for, under a label that names neither format: the body is not what its label says."""
    requirement = answer.contract.roles.get(passive.WELL_FORMED)
    if answer.format is not None or not 200 <= answer.status < 300 or requirement is None:
        return
    try:
        value = json.loads(answer.response.body)
    except ValueError:
        return
    if is_of_type(value, answer.operation.answer.schema) and _gives(value):
        shown = answer.response.header("Content-Type") or "no Content-Type"
        yield Broken(requirement, "header Content-Type", "application/json beside what was asked for", shown, (answer.id,))


def _gives(value: object) -> bool:
    rows = value if isinstance(value, list) else [value]
    return value is True or any(isinstance(row, Mapping) and text_of(row.get("id")) for row in rows)


def recall(live: Collection[str], made: Collection[Any]) -> Recall:
    """What the shop said of orders and states, and in answer to which question it showed which. JSON alone: of XML the
    document says nothing.

    Args:
        live: the numbers of the orders that the run made and has not removed.
        made: grows with each thing that the target makes for the run.
    """

    def things(answer: Answer) -> Iterator[Thing]:
        operation, schema = answer.operation.id, answer.operation.answer.schema
        if operation not in _AGAIN or answer.format is not Format.JSON:
            return
        if operation == STATES:
            yield from _states(answer, schema)
            return
        orders = shown(answer)
        for place, order in enumerate(orders):
            path, of_one = ((), schema) if operation in _SINGLE else ((place,), schema["items"])
            if order.id:
                yield Thing(f"order {order.id}", settled(order), of_one, path, order.id in live)
        if operation in IS_A_LIST:
            address = urlsplit(answer.exchange.request.url)
            key = f"{QUESTION}{len(made)} {operation} {address.path.rpartition('/')[2]}?{address.query}"
            yield listing(key, orders=sorted(order.id for order in orders))

    return Recall(things, _requirement, equal)


def _states(answer: Answer, schema: Mapping[str, Any]) -> Iterator[Thing]:
    rows = answer.documented if isinstance(answer.documented, list) else []
    for place, row in enumerate(rows):
        if isinstance(row, Mapping) and text_of(row.get("id")):
            yield Thing(f"state {text_of(row['id'])}", row, schema["items"], (place,))
    yield listing("states", orders=sorted(text_of(row.get("id")) for row in rows if isinstance(row, Mapping)))


def _requirement(answer: Answer, path: tuple[Step, ...], before: Answer) -> str:
    """That of the operation; but what a creation showed and nobody shows any more was wrong from the beginning."""
    if path and path[0] == "orders":
        return IS_A_LIST.get(answer.operation.id, _AGAIN[answer.operation.id])
    return _AGAIN[CREATE if before.operation.id == CREATE else answer.operation.id]
