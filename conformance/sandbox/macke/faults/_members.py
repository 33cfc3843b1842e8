"""Changing one member of an order where it is shown, so that a fault of a field is one line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import Rules
from conformance.sandbox.macke.rules.wire import Document
from conformance.sandbox.members import Change, changed


class Shown(Rules):
    """Changes one member of an order wherever the order is shown."""

    change: ClassVar[tuple[str, Change]]

    def shared(self, order: Order) -> Document:
        return changed(super().shared(order), *self.change)


class Details(Rules):
    """Changes one member of an order's details, as GET /orders/<order_id> and the search show them."""

    change: ClassVar[tuple[str, Change]]

    def details(self, order: Order) -> Document:
        return changed(super().details(order), *self.change)


class Rows(Rules):
    """Changes one member of the entries of the list."""

    change: ClassVar[tuple[str, Change]]

    def row(self, order: Order) -> Document:
        return changed(super().row(order), *self.change)


class Results(Rules):
    """Changes one member of the orders that a search finds."""

    change: ClassVar[tuple[str, Change]]

    def result(self, order: Order) -> Document:
        return changed(super().result(order), *self.change)


# What can become of a value. Each leaves alone what it does not fit.


def null_if_empty(value: Any) -> Any:
    """Null in place of an empty text, list or map, and of a zero."""
    return value if value and value not in ("0", "0.00") else None


def false_if_empty(value: Any) -> Any:
    """What PHP answers where it has nothing: false."""
    return value or False


def text_if_empty(value: Any) -> Any:
    """An empty text in place of nothing."""
    return "" if value is None else value


def wrapped(value: Any) -> Any:
    """An object around the value."""
    return {"value": value}


def digits(value: Any) -> Any:
    """A number in place of a text: what is no digit is lost, and so are leading zeros."""
    found = "".join(char for char in str(value) if char.isdigit())
    return int(found) if found else value


def comma(value: Any) -> Any:
    """A sum as it is written in Germany."""
    return value if value is None else f"{float(value):.2f}".replace(".", ",")


def thousands(value: Any) -> Any:
    """A sum with a comma between the thousands, and always two decimals; small ones have a currency instead."""
    return f"{float(value):,.2f}" if float(value) >= 1000 else f"{float(value):.2f} EUR"


def euros(value: Any) -> Any:
    """A sum with the sign of its currency."""
    return f"€{float(value):.2f}"


def iso_date(value: Any) -> Any:
    """A moment as ISO 8601 writes it."""
    return datetime.fromtimestamp(int(value), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def german_date(value: Any) -> Any:
    """A moment as it is written in Germany."""
    return datetime.fromtimestamp(int(value), UTC).strftime("%d.%m.%Y %H:%M")


def serialized(value: Any) -> Any:
    """A map or list as PHP's serialize begins to write it."""
    return f"a:{len(value)}:{{}}"


def truth(value: Any) -> Any:
    """Y and N, 0 and 1, and texts, as true or false."""
    return value not in ("N", "0", "", None, False)


def lower(value: Any) -> Any:
    """A text in small letters."""
    return value.lower() if isinstance(value, str) else value


def plain(value: Any) -> Any:
    """A text without what is not ASCII."""
    return value.encode("ascii", "replace").decode() if isinstance(value, str) else value
