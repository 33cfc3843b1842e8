"""What every answer of the marketplace keeps beside its question, and what it says of orders again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from conformance.checks import Answer, Broken, Outcome, verifies
from conformance.contract.tree import Step, wire_text
from conformance.suite.contradiction import refused_and_given
from conformance.suite.macke.orders import ENVELOPE, HIDDEN, LETTERS, Order, equal, integer_of, named, orders_in, total_of
from conformance.suite.recall import QUESTION, Recall, Thing, listing

STATUS_ROWS = {
    "P": "MK-070", "C": "MK-071", "O": "MK-072", "F": "MK-073", "D": "MK-074", "B": "MK-075", "I": "MK-076",
    "H": "MK-077", "G": "MK-078", "N": "MK-079", "E": "MK-080",
}  # fmt: skip
"""The rows of the filter, by the letter that it asks for."""
LIST, DETAILS, UPDATE, SEARCH = "listOrders", "getOrder", "updateOrder", "searchOrders"
_SURE_SIZE = 25
"""A page that no known server cuts short."""
_ASKED_BY = {"status", "page", "items_per_page", "sort_order", "user_id", "email", "invoice_id"}
"""Parameters whose effect on number and sequence is documented."""
_GIVES = {LIST: "MK-001", DETAILS: "MK-120", SEARCH: "MK-370"}


def question(answer: Answer) -> dict[str, str] | None:
    """The parameters of a question, each once; None where one stands there twice."""
    given = parse_qs(urlsplit(answer.exchange.request.url).query, keep_blank_values=True)
    return {name: values[0] for name, values in given.items()} if all(len(v) == 1 for v in given.values()) else None


@verifies("MK-001", "MK-120", "MK-370", "MK-300", "MK-302")
def given_checks(answer: Answer) -> Iterator[Outcome]:
    """Who refuses gives nothing; and the answer to an update names the order that was updated."""
    operation = answer.operation.id
    if operation in _GIVES:
        yield from refused_and_given(answer, _GIVES[operation], _given(answer))
    elif operation == UPDATE and answer.exchange.request.method == answer.operation.method:
        asked = unquote(urlsplit(answer.exchange.request.url).path.rstrip("/").rpartition("/")[2])
        shown = integer_of(answer.document.get("order_id"))
        alone = answer.document.keys() == {"order_id"} and str(shown) == asked
        yield from refused_and_given(answer, "MK-300", "the order_id of the updated order alone" if alone else "")
        if answer.says_success and asked.isdecimal() and shown is not None and shown != int(asked):
            yield Broken("MK-302", "$.order_id", asked, wire_text(answer.document["order_id"]), (answer.id,))


def _given(answer: Answer) -> str:
    value = answer.value
    if answer.operation.id == DETAILS:
        return "the details of an order" if isinstance(value, Mapping) and "order_id" in value else ""
    return "orders" if any("order_id" in row for row in orders_in(value) or ()) else ""


@verifies("MK-055", "MK-056", "MK-042", "MK-043", "MK-079", "MK-082", *STATUS_ROWS.values())
def list_checks(answer: Answer) -> Iterator[Outcome]:
    """A page fits its question as far as the page itself shows: sequence, number, and the status that was asked for."""
    asked = question(answer)
    if answer.operation.id != LIST or not answer.says_success or asked is None:
        return
    rows = orders_in(answer.value)
    if not rows or not asked.keys() <= _ASKED_BY or asked.get("sort_order", "desc") not in ("asc", "desc"):
        return
    orders = [Order(row) for row in rows]
    yield from _sequence(answer, orders, asked.get("sort_order") == "asc")
    yield from _number(answer, orders, asked)
    yield from _status(answer, orders, asked.get("status"))


def _sequence(answer: Answer, orders: list[Order], ascending: bool) -> Iterator[Outcome]:
    moments = [order.timestamp for order in orders if order.timestamp is not None]
    if len(moments) < len(orders) or moments == sorted(moments, reverse=not ascending) or ascending:
        return  # what is asked for in so many words is the scenarios' matter
    requirement = "MK-056" if moments == sorted(moments) else "MK-055"
    yield Broken(requirement, "$.orders", "the newest order first", f"timestamps {named(map(str, moments))}", (answer.id,))


def _number(answer: Answer, orders: list[Order], asked: Mapping[str, str]) -> Iterator[Outcome]:
    """As many orders as the page has to have by the total that the answer itself shows."""
    total, size = total_of(answer), _counted(asked.get("items_per_page", "10"))
    page = _counted(asked.get("page", "1"))
    if total is None or not size or not page or size > _SURE_SIZE:
        return
    due = min(size, max(0, total - (page - 1) * size))
    everything = "items_per_page" not in asked and len(orders) == total  # a reading
    if len(orders) != due and not everything:
        requirement = "MK-043" if "items_per_page" in asked else "MK-042"
        expected = f"{due} orders on page {page} of {size} each, {total} in all"
        yield Broken(requirement, "$.orders", expected, f"{len(orders)} orders", (answer.id,))


def _counted(text: str) -> int:
    return int(text) if re.fullmatch("[1-9][0-9]{0,5}", text, re.ASCII) else 0


def _status(answer: Answer, orders: list[Order], letter: str | None) -> Iterator[Outcome]:
    if letter is not None and (letter not in LETTERS or letter not in STATUS_ROWS):
        return
    for order in orders:
        if order.status and (order.status == HIDDEN if letter is None else order.status != letter):
            requirement = "MK-082" if letter is None else STATUS_ROWS[letter]
            expected = f"orders in status {letter}" if letter else f"no order in the hidden status {HIDDEN}"
            yield Broken(requirement, "$.orders", expected, f"order {order.id} in status {order.status}", (answer.id,))
            return


def recall(mine: Mapping[str, str], made: list[Any]) -> Recall:
    """What the marketplace said of orders, and in answer to which question it showed which.

    Args:
        mine: the ids of orders that the run may change, with where they came from.
        made: grows with each order that the target makes for the run.
    """

    def things(answer: Answer) -> Iterator[Thing]:
        schema = answer.contract.operations[DETAILS].answer.schema
        if answer.operation.id == UPDATE:
            return  # it shows nothing of the order
        if answer.operation.id == DETAILS:
            yield from _thing(Order(answer.document), schema, (), mine)
            return
        rows = orders_in(answer.value) or []
        within: tuple[Step, ...] = (ENVELOPE,) if isinstance(answer.value, Mapping) else ()
        for place, row in enumerate(rows):
            yield from _thing(Order(row), schema, (*within, place), mine)
        shown = [Order(row).id for row in rows]
        if answer.operation.id == SEARCH:
            shown.sort()
        yield listing(f"{QUESTION}{len(made)} {answer.exchange.request.url}", **{ENVELOPE: shown})

    return Recall(things, _requirement, equal)


def _thing(order: Order, schema: Mapping[str, Any], path: tuple[Step, ...], mine: Mapping[str, str]) -> Iterator[Thing]:
    if order.id:
        yield Thing(f"order {order.id}", order.raw, schema, path, mine.get(order.id) == "states")


def _requirement(answer: Answer, path: tuple[Step, ...], _before: Answer) -> str:
    if answer.operation.id == SEARCH:
        return "MK-373"
    asked_for = answer.operation.id == LIST and len(path) == 2 and path[0] == ENVELOPE
    return "MK-108" if asked_for else "MK-037"
