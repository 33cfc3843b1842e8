"""Orders as Order Status shows them, and what must hold inside every single one (Order Status API, response tables)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from conformance.checks import Answer, Broken, Kept, Outcome, Unreadable, verifies
from conformance.checks.compare import moment

STATUS_NAMES = ("Cancelled", "Invalid", "Ordered", "Processing", "InProduction", "ReadyToShip", "Shipped", "Delivered")
CANCELLED, INVALID, ORDERED, PROCESSING, IN_PRODUCTION, READY_TO_SHIP, SHIPPED, DELIVERED = range(8)
UNSUPPORTED_LANGUAGE = 109
NOTHING_FOUND = 108
_OF_THE_REQUEST = (103, 106)
"""The codes of the table that are about the question and not about one order."""
CENT = 0.01


@dataclass(frozen=True, eq=False)
class Order:
    """One order of an answer. What is missing or malformed is a finding of its own; asking for it is `Unreadable`."""

    raw: Mapping[str, Any]
    index: int

    @cached_property
    def id(self) -> str:
        """orderID in lower case."""
        return self._text("orderID").lower()

    @cached_property
    def number(self) -> str:
        """orderNumber."""
        return self._text("orderNumber")

    @cached_property
    def status(self) -> int:
        """statusCode."""
        value = self.raw.get("statusCode")
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unreadable(f"$.orders[{self.index}].statusCode is no integer")
        return value

    @cached_property
    def requested(self) -> datetime:
        """requestedDate."""
        value = moment(self.raw.get("requestedDate"))
        if value is None:
            raise Unreadable(f"$.orders[{self.index}].requestedDate is no date-time")
        return value

    @property
    def day(self) -> date:
        """The day of requestedDate, as the target writes it."""
        return self.requested.date()

    @property
    def is_found(self) -> bool:
        """Whether this entry shows an order, and not that one could not be found."""
        return not self.raw.get("orderError")

    def shows(self, member: str) -> bool:
        """Whether a member is there and not empty."""
        return self.raw.get(member) not in (None, "", [], {})

    def _text(self, member: str) -> str:
        value = self.raw.get(member)
        if not isinstance(value, str) or not value:
            raise Unreadable(f"$.orders[{self.index}].{member} is no text")
        return value


def orders_of(answer: Answer) -> list[Order]:
    """The orders that an answer shows, those that could not be found left out.

    Raises:
        Unreadable: the answer cannot be read, or its `orders` is no list of objects.
    """
    listed = answer.document.get("orders") or []
    if not isinstance(listed, list) or not all(isinstance(entry, Mapping) for entry in listed):
        raise Unreadable("$.orders is no list of objects")
    return [order for index, raw in enumerate(listed) if (order := Order(raw, index)).is_found]


def order_checks(answer: Answer) -> Iterator[Outcome]:
    """What holds inside every order, whatever was asked."""
    try:
        orders = orders_of(answer)
    except Unreadable:
        return  # the schema's finding
    yield from _no_error_beside(answer, orders)
    yield from _error_at_the_root(answer, orders)
    for order in orders:
        status = order.raw.get("statusCode")
        if isinstance(status, int) and not isinstance(status, bool) and 0 <= status < len(STATUS_NAMES):
            yield from _paired(answer, order, status)
            yield from _presence(answer, order, status)
        yield from _unit_prices(answer, order)


@verifies("OS-211")
def _no_error_beside(answer: Answer, orders: list[Order]) -> Iterator[Outcome]:
    error = answer.document.get("requestError")
    # Warning 109 has no documented place: beside orders it is a warning wherever it stands.
    warned = isinstance(error, Mapping) and error.get("code") == UNSUPPORTED_LANGUAGE
    if orders and error and not warned:
        where = answer.where("requestError")
        yield Broken("OS-211", where, "no requestError beside orders", "requestError and orders", (answer.id,))
    elif orders:
        yield Kept("OS-211", (answer.id,))


@verifies("OS-126")
def _error_at_the_root(answer: Answer, orders: list[Order]) -> Iterator[Outcome]:
    """The refusal of a whole request stands in requestError. 108 inside the list can be about one order: a reading."""
    if orders or answer.document.get("requestError"):
        return
    for error in answer.errors:
        if error.code in _OF_THE_REQUEST or (error.code == NOTHING_FOUND and error.path[0] != "orders"):
            yield Broken("OS-126", answer.where(*error.path), "requestError at the root of the answer",
                         f"the error {error.code} at another place", (answer.id,))  # fmt: skip


@verifies("OS-200")
def _paired(answer: Answer, order: Order, status: int) -> Iterator[Outcome]:
    name = order.raw.get("statusName")
    if name == STATUS_NAMES[status]:
        yield Kept("OS-200", (answer.id,))
    elif name in STATUS_NAMES:
        where = answer.where("orders", order.index, "statusName")
        expected = f"{STATUS_NAMES[status]}, the name of statusCode {status}"
        yield Broken("OS-200", where, expected, str(name), (answer.id,))


_ONLY_WHEN: tuple[tuple[str, str, int, int], ...] = (
    # requirement, member, the lowest and the highest status in which it may show
    ("OS-201", "shipmentDate", SHIPPED, DELIVERED),
    ("OS-202", "deliveryDate", DELIVERED, DELIVERED),
    ("OS-203", "trackingNumber", SHIPPED, DELIVERED),
    ("OS-204", "invoiceNumber", SHIPPED, DELIVERED),
    ("OS-205", "invoiceLink", SHIPPED, DELIVERED),
    ("OS-206", "creditNoteNumber", CANCELLED, CANCELLED),
)
_ALWAYS_WHEN_SHIPPED = (("OS-208", "invoiceNumber"), ("OS-209", "invoiceLink"))


@verifies("OS-201", "OS-202", "OS-203", "OS-204", "OS-205", "OS-206", "OS-208", "OS-209")
def _presence(answer: Answer, order: Order, status: int) -> Iterator[Outcome]:
    for requirement, member, low, high in _ONLY_WHEN:
        if low <= status <= high:
            continue  # it may show here and need not: nothing to judge
        if order.shows(member):
            where = answer.where("orders", order.index, member)
            expected = f"{member} not shown for {STATUS_NAMES[status]}"
            yield Broken(requirement, where, expected, str(order.raw[member]), (answer.id,))
        else:
            yield Kept(requirement, (answer.id,))
    if status >= SHIPPED:
        for requirement, member in _ALWAYS_WHEN_SHIPPED:
            if order.shows(member):
                yield Kept(requirement, (answer.id,))
            else:
                where = answer.where("orders", order.index, member)
                yield Broken(requirement, where, f"shown for {STATUS_NAMES[status]}", "not shown", (answer.id,))


@verifies("OS-207")
def _unit_prices(answer: Answer, order: Order) -> Iterator[Outcome]:
    items = order.raw.get("orderItems")
    for position, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, Mapping):
            continue
        numbers = [item.get(name) for name in ("orderItemPrice", "quantity", "orderItemUnitPrice")]
        if any(isinstance(value, bool) or not isinstance(value, int | float) for value in numbers):
            continue
        price, quantity, unit = (float(value) for value in numbers)  # type: ignore[arg-type]
        # A unit price of two digits may be rounded or cut: each piece can be off by less than a cent.
        slack = CENT * quantity if quantity > 1 else CENT / 2
        if abs(price - unit * quantity) < slack or price == unit * quantity:
            yield Kept("OS-207", (answer.id,))
        else:
            where = answer.where("orders", order.index, "orderItems", position, "orderItemUnitPrice")
            expected = f"orderItemPrice / quantity = {price:g} / {quantity:g}"
            yield Broken("OS-207", where, expected, f"{unit:g}", (answer.id,))
