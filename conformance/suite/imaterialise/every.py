"""What every answer of the three APIs keeps beside its question, and what it says of orders and carts again and again."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import etree

from conformance.checks import Answer, Broken, Outcome, Unreadable, verifies
from conformance.checks.compare import GUID
from conformance.checks.errors import codes_of, error_objects
from conformance.contract.tree import Step, sub_schema
from conformance.suite.contradiction import refused_and_given
from conformance.suite.imaterialise.carts import answered_in_order, entries
from conformance.suite.imaterialise.orders import orders_of
from conformance.suite.recall import QUESTION, Recall, Thing, listing

_PLAIN = re.compile("[!-~]{1,64}")
_SURELY_ALLOWED = 9
_ORDER = "order "


@verifies("OS-018", "OS-108", "OS-111")
def every_order_answer(answer: Answer) -> Iterator[Outcome]:
    """No order stands in an answer twice; who shows none says why; who refuses shows none."""
    try:
        orders = orders_of(answer)
    except Unreadable:
        return  # the schema's finding
    yield from refused_and_given(answer, "OS-018", "orders" if orders else "")
    times = Counter(str(order.raw.get("orderID")).lower() for order in orders)
    twice = next((id_ for id_, count in times.items() if count > 1), None)
    if twice:
        yield Broken("OS-111", answer.where("orders"), "each order once", f"order {twice} more than once", (answer.id,))
    if not answer.document.get("orders") and answer.status < 400 and not error_objects(answer):
        yield Broken("OS-108", answer.where("requestError"), "an error, where no order is shown", "none", (answer.id,))


@verifies("CS-027", "CS-033", "CS-034", "CS-118")
def every_cart_answer(answer: Answer) -> Iterator[Outcome]:
    """Every cart of an ordinary question has its entry, in its place; who shows no cart says why."""
    try:
        listed = entries(answer)
    except Unreadable:
        return  # the schema's finding
    yield from refused_and_given(answer, "CS-027", "carts" if any(not entry.get("cartError") for entry in listed) else "")
    if not listed and answer.status < 400 and not error_objects(answer):
        where = answer.where("requestError")
        yield Broken("CS-118", where, "an error, where no cart is answered", "none", (answer.id,))
    asked = _asked(answer.exchange.request.body)
    ordinary = all(map(_PLAIN.fullmatch, asked)) and len({id_.lower() for id_ in asked}) == len(asked)
    if listed and ordinary and 0 < len(asked) <= _SURELY_ALLOWED:
        yield from (outcome for outcome in answered_in_order(answer, asked) if isinstance(outcome, Broken))


def _asked(body: bytes) -> list[str]:
    """The carts that a question names in the documented way; none where it is put in any other."""
    try:
        if body.lstrip().startswith(b"<"):
            root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
            return [element.text or "" for element in root.iter("{*}CartID")]
        question = json.loads(body)
        rows = question["Carts"] if question.keys() == {"Carts"} else []
        return [row["CartID"] for row in rows if isinstance(row["CartID"], str)] if isinstance(rows, list) else []
    except (ValueError, KeyError, TypeError, AttributeError, etree.XMLSyntaxError):
        return []


@verifies("OC-027")
def every_cancellation_answer(answer: Answer) -> Iterator[Outcome]:
    """Who refuses has not cancelled."""
    done = answer.document.get("isCanceled") is True
    yield from refused_and_given(answer, "OC-027", "a cancellation" if done else "")


def recall(made: Collection[Any], settled: Callable[[str], bool]) -> Recall:
    """What was said of orders and carts, and in answer to which question which orders were shown.

    Args:
        made: grows with each thing that the target makes for the run.
        settled: whether nobody but the run changes the order with a number, and it has not.
    """

    def things(answer: Answer) -> Iterator[Thing]:
        if "orders" in answer.operation.answer.schema.get("properties", {}):
            yield from _orders(answer, len(made), settled)
        elif "carts" in answer.operation.answer.schema.get("properties", {}):
            yield from _carts(answer)

    return Recall(things, _requirement, view=lambda answer: answer.contract.id)


def number_in(key: str) -> str:
    """The number of the order that a key of the recall is about; "" where it is about anything else."""
    return key.removeprefix(_ORDER).rpartition(" ")[0] if key.startswith(_ORDER) else ""


def _orders(answer: Answer, made: int, settled: Callable[[str], bool]) -> Iterator[Thing]:
    schema = sub_schema(answer.operation.answer.schema, "orders").get("items", {})
    query = parse_qsl(urlsplit(answer.exchange.request.url).query, keep_blank_values=True)
    language = next((value.upper() for name, value in query if name == "languageCode"), "EN")
    orders = orders_of(answer)
    for order in orders:
        number = order.raw.get("orderNumber")
        if isinstance(number, str) and number:
            yield Thing(f"{_ORDER}{number} {language}", order.raw, schema, ("orders", order.index), settled(number))
    ids = sorted(str(order.raw.get("orderID")).lower() for order in orders)
    yield listing(f"{QUESTION}{made} {urlencode(query)}", orders=ids, requestError=sorted(map(str, codes_of(answer))))


def _carts(answer: Answer) -> Iterator[Thing]:
    schema = sub_schema(answer.operation.answer.schema, "carts").get("items", {})
    for index, entry in enumerate(entries(answer)):
        id_ = entry.get("cartID")
        if isinstance(id_, str) and GUID.fullmatch(id_):
            yield Thing(f"cart {id_.lower()}", _without_spelling(entry), schema, ("carts", index))


def _without_spelling(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """An entry without its id, which may be spelt as the question spells it."""
    return {name: value for name, value in entry.items() if name != "cartID"}


def _requirement(answer: Answer, path: tuple[Step, ...], _before: Answer) -> str:
    """That of the member. Which orders are shown for one question is the same in both formats, and so in one."""
    found = answer.operation.answer.requirement(path)
    return "OS-008" if len(path) == 2 and path[0] in ("orders", "requestError") else found or "OS-008"
