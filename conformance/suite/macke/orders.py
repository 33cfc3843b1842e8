"""Orders as the marketplace shows them, read tolerantly: numbers as numbers or as text, empty maps as empty lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from conformance.checks import Answer, Blocked, Broken, Kept, Outcome, Unreadable, verifies
from conformance.checks.outcome import kept_if
from conformance.contract.tree import properties_of, wire_text
from conformance.wire.redaction import marker

LETTERS = "PCOFDBIHGEN"
"""The letters of the document's table of statuses."""
HIDDEN = "N"
YEAR_2000 = 946_684_800
ENVELOPE, BARE = "orders", "bare"
_DIGITS = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY, _HALF_AN_HOUR = timedelta(days=1), timedelta(minutes=30)
_TELLING = 3
"""Documented members of an order that a refusal has not by chance: an id and a status are no details."""


def integer_of(value: object) -> int | None:
    """An integer, or text of digits, as an integer; None for everything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) else None


def number_of(value: object) -> Decimal | None:
    """A number, or text with a point before the fraction, as a number; None for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def equal(left: Any, right: Any) -> bool:
    """Whether two values of an order mean the same.

    A number may stand as text (`972` and `"972.00"`). Null, nothing, an empty text, list and map say the same: there is
    none. Two texts without a point are compared as texts: a postal code is no number.
    """
    if type(left) is type(right) and left == right:
        return True
    left, right = _none_if_empty(left), _none_if_empty(right)
    if left is None or right is None:
        return left is right
    if isinstance(left, str) and isinstance(right, str) and "." not in left + right:
        return left == right
    numbers = number_of(left), number_of(right)
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0] == numbers[1]
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(equal(value, right[name]) for name, value in left.items())
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    return bool(left == right) and isinstance(left, bool) is isinstance(right, bool)


def _none_if_empty(value: Any) -> Any:
    return None if value in ("", [], {}) and not isinstance(value, bool) else value


@dataclass(frozen=True)
class Order:
    """One order of an answer."""

    raw: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its order_id, as text; "" where it shows none."""
        number = integer_of(self.raw.get("order_id"))
        return "" if number is None else str(number)

    @property
    def status(self) -> str:
        """Its letter; "" where it shows none. A small letter is a fault of its own, and means the same."""
        return (self.text("status") or "").upper()

    @property
    def timestamp(self) -> int | None:
        """When it was placed."""
        return integer_of(self.raw.get("timestamp"))

    @property
    def updated(self) -> int | None:
        """When it was last modified, where it shows that."""
        return integer_of(self.raw.get("updated_at"))

    @property
    def user(self) -> int | None:
        """Its customer's id; 0 is a guest."""
        return integer_of(self.raw.get("user_id"))

    @property
    def email(self) -> str | None:
        """Its customer's e-mail address; None where it is not shown, or was taken out of the record as a credential."""
        found = self.text("email")
        return None if found == marker("email") else found

    @property
    def invoice(self) -> int | None:
        """Its invoice; None where it has none or shows none."""
        return integer_of(self.raw.get("invoice_id")) or None

    @property
    def reference(self) -> str:
        """Its vendor_ref; "" where it has none or shows none."""
        return self.text("vendor_ref") or ""

    def text(self, member: str) -> str | None:
        """A text member; None where it is none."""
        value = self.raw.get(member)
        return value if isinstance(value, str) else None


def orders_in(value: object) -> list[Mapping[str, Any]] | None:
    """The orders of a list or of a search, bare or under `orders`; None where there is no such list."""
    rows = value.get(ENVELOPE) if isinstance(value, Mapping) else value
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return None
    return rows


def orders_of(answer: Answer) -> list[Order]:
    """The orders that an answer lists; none where it says with a 404 that there are none.

    Raises:
        Unreadable: it is no list of orders. Blocked: an entry has no order_id, so that nothing can be said of it.
    """
    if answer.status == 404:
        return []
    found = orders_in(answer.value) if answer.status < 400 else None
    if found is None:
        raise Unreadable(f"HTTP {answer.status}: no list of orders", unblamed=answer.refused_by_http)
    orders = [Order(row) for row in found]
    if not all(order.id for order in orders):
        raise Blocked("MK-030" if answer.operation.id == "listOrders" else "MK-200")
    return orders


def order_of(answer: Answer) -> Order:
    """The order whose details an answer is.

    Raises:
        Unreadable: it is none. Blocked: it has no order_id.
    """
    if not answer.says_success:
        told = answer.exchange.failure or f"HTTP {answer.status}"
        raise Unreadable(f"no details of an order: {told}", unblamed=answer.refused_by_http)
    order = Order(answer.document)
    if not order.id:
        raise Blocked("MK-200")
    return order


def revealed(answer: Answer) -> list[str]:
    """Ids of the orders that a body shows, whatever its HTTP status says."""
    if not answer.readable:
        return []
    listed = orders_in(answer.value)
    if listed is not None:
        return [order.id for order in map(Order, listed) if order.id]
    documented = properties_of(answer.contract.operations["getOrder"].answer.schema).keys()
    order = Order(answer.value) if isinstance(answer.value, Mapping) else Order({})
    return [order.id] if order.id and len(documented & order.raw.keys()) > _TELLING else []


def clock_of(answer: Answer) -> tuple[int, int]:
    """The target's time when it answered, in Unix seconds, and by how much its orders' times may be off from that.

    Its own clock is in the header Date; where there is none it is ours, and the target's may be wrong by a day.
    """
    try:
        told = parsedate_to_datetime(answer.response.header("Date"))
    except (TypeError, ValueError):
        return int(datetime.fromisoformat(answer.exchange.at).timestamp()), int(_DAY.total_seconds())
    own = told if told.tzinfo else told.replace(tzinfo=UTC)
    return int(own.timestamp()), int(_HALF_AN_HOUR.total_seconds())


def params_of(answer: Answer) -> Mapping[str, Any]:
    """What stands beside the orders in `params`; empty where nothing does."""
    value = answer.value if answer.status < 400 else None
    found = value.get("params") if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def total_of(answer: Answer) -> int | None:
    """The number of orders over all pages, where the answer shows it."""
    return integer_of(params_of(answer).get("total_items"))


def ids(orders: Iterable[Order]) -> list[str]:
    """Their ids, in order."""
    return [order.id for order in orders]


def named(found: Iterable[str], most: int = 4) -> str:
    """Some ids, for a reader."""
    listed = list(found)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more if listed else "no order"


_UNIQUE = {"listOrders": "MK-033", "searchOrders": "MK-387"}


@verifies("MK-030", "MK-033", "MK-121", "MK-266", "MK-387")
def order_checks(answer: Answer) -> Iterator[Outcome]:
    """What holds inside every answer that shows orders: none stands twice, each was placed before, details are the asked."""
    if not answer.says_success or answer.operation.id == "updateOrder":
        return
    rows = orders_in(answer.value) if answer.operation.id in _UNIQUE else [answer.document]
    if not rows:
        return
    seen, orders = (answer.id,), [Order(row) for row in rows]
    if answer.operation.id == "listOrders" and not all(order.id for order in orders):
        yield Broken("MK-030", "$.orders[*].order_id", "an order_id in each entry", "an entry without one", seen)
    if answer.operation.id in _UNIQUE:
        requirement = _UNIQUE[answer.operation.id]
        twice = [id_ for id_, count in Counter(ids(orders)).items() if count > 1 and id_]
        if twice:
            yield Broken(requirement, "$.orders", "each order once", f"{named(twice)} more than once", seen)
        else:
            yield Kept(requirement, seen)
    else:
        asked = unquote(urlsplit(answer.exchange.request.url).path.rpartition("/")[2])
        if not orders[0].id:
            return  # the schema has named that
        yield kept_if(orders[0].id == asked, "MK-121", where="$.order_id", expected=asked,
                      actual=wire_text(orders[0].raw.get("order_id")), exchanges=seen)  # fmt: skip
    yield from _seconds(answer, orders)


def _seconds(answer: Answer, orders: Iterable[Order]) -> Iterator[Outcome]:
    """timestamp is Unix seconds: not later than the answer, by the target's own clock."""
    shown = [order for order in orders if order.timestamp is not None]
    if not shown:
        return
    latest = sum(clock_of(answer))
    for order in shown:
        if (order.timestamp or 0) > latest:
            expected = f"Unix seconds, at most {latest}"
            yield Broken("MK-266", "$.timestamp", expected, wire_text(order.raw["timestamp"]), (answer.id,))
            return
    yield Kept("MK-266", (answer.id,))
