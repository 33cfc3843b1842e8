"""Orders as the shop shows them: dates of both formats, and the members of which the document speaks."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from conformance.checks import Answer, Broken, Nonconformance, Outcome, Unreadable, verifies
from conformance.checks.compare import same
from conformance.checks.outcome import kept_if

SHOP_ZONE = "Europe/Copenhagen"
"""The zone of the vendor's shops: an XML date without offset is a time there."""
_JSON_DATE = re.compile(r"/Date\((-?\d+)([+-]\d{4})?\)/")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(value: object) -> datetime | None:
    """The point in time that a date member names, in UTC; None where it names none.

    `/Date(ms+hhmm)/` counts milliseconds from 1970 in UTC, whatever offset stands behind (it is information only). A date
    without zone, as XML has it, is a time in the shop's zone.
    """
    return next(iter(_instants(value)), None)


def _instants(value: object) -> list[datetime]:
    """The points in time that a date can name: two for a local time in the hour that comes twice in autumn."""
    if not isinstance(value, str):
        return []
    try:
        if match := _JSON_DATE.fullmatch(value):
            return [_EPOCH + timedelta(milliseconds=int(match[1]))]
        moment = datetime.fromisoformat(value)
        if moment.tzinfo:
            return [moment.astimezone(UTC)]
        local = moment.replace(tzinfo=ZoneInfo(SHOP_ZONE))
        return list(dict.fromkeys(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)))
    except (ValueError, OverflowError):
        return []


def equal(left: Any, right: Any) -> bool:
    """Whether two values of an order mean the same: dates as points in time to the second, the rest as ever.

    XML may write a date without its fraction.
    """
    if left == right and type(left) is type(right):
        return True
    one, other = _instants(left), _instants(right)
    if one and other:
        return any(abs(a - b) < timedelta(seconds=1) for a in one for b in other)
    return same(left, right)


@dataclass(frozen=True)
class Order:
    """One order of an answer."""

    raw: Mapping[str, Any]
    """Its documented members."""

    @property
    def id(self) -> str:
        """Its number, as text; "" where it shows none."""
        value = self.raw.get("id")
        return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""

    @property
    def created(self) -> datetime | None:
        """When it was created."""
        return instant(self.raw.get("createdDate"))

    @property
    def modified(self) -> datetime | None:
        """When it was last modified; None for one that never was."""
        return instant(self.raw.get("modifiedDate"))

    @property
    def customer(self) -> str:
        """Its customer's id; "" where it shows none."""
        return text_of(self.part("customerInfo").get("id"))

    @property
    def state(self) -> str:
        """The id of its state; "" while it has none (null, absent, and an object without id say the same)."""
        return text_of(self.part("orderState").get("id"))

    @property
    def lines(self) -> list[tuple[str, float]]:
        """Product and quantity of each line, in order."""
        listed = self.raw.get("orderLines")
        rows = listed if isinstance(listed, list) else []
        return [
            (text_of(row.get("productId")), float(row["quantity"]))
            for row in rows
            if isinstance(row, Mapping) and _is_number(row.get("quantity"))
        ]

    def part(self, member: str) -> Mapping[str, Any]:
        """A member that is an object; empty where it is not."""
        value = self.raw.get(member)
        return value if isinstance(value, Mapping) else {}

    def says(self, member: str) -> str:
        """A text member; null and absent are the empty text."""
        return text_of(self.raw.get(member))


def text_of(value: object) -> str:
    """A number or text as text; everything else as the empty text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def order_of(answer: Answer) -> Order:
    """The order that an answer is.

    Raises:
        Unreadable: it is none.
    """
    if not answer.says_success:
        told = answer.exchange.failure or f"HTTP {answer.status}"
        raise Unreadable(f"no order: {told}", unblamed=answer.refused_by_http)
    return Order(answer.documented)


IS_A_LIST = {"GetOrders": "DD-206", "GetOrdersByCustomerNumber": "DD-509", "GetOrdersInModifiedInterval": "DD-556"}
"""What is broken where an operation lists nothing, or other orders than for the same question before."""


def orders_of(answer: Answer) -> list[Order]:
    """The orders that an answer lists.

    Raises:
        Nonconformance: it says success, and is no list. Unreadable: it is none for another reason.
    """
    if 200 <= answer.status < 300 and not answer.says_success and answer.operation.id in IS_A_LIST:
        raise Nonconformance([Broken(IS_A_LIST[answer.operation.id], "$", "a list of orders",
                                     f"HTTP {answer.status} without one", (answer.id,))])  # fmt: skip
    value = answer.documented
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise Unreadable("the answer is no list of orders", unblamed=answer.refused_by_http)
    return [Order(row) for row in value]


def shown(answer: Answer) -> list[Order]:
    """Every order that an answer shows, in whatever form: a single one, a list, none."""
    if not answer.says_success:
        return []
    value = answer.documented
    rows: Sequence[Any] = value if isinstance(value, list) else [value]
    return [Order(row) for row in rows if isinstance(row, Mapping)]


MODIFIED = ("modified", "modifiedDate")
"""When an order was last modified: it changes with anything else, and by a clock of seconds only now and then."""


def settled(order: Order) -> dict[str, Any]:
    """What of an order stays as it is until somebody changes it, its lines in an order of ours.

    In which order lines stand is not documented, and a shop may do something at once with a new order.
    """
    raw = {name: value for name, value in order.raw.items() if name not in MODIFIED}
    if isinstance(lines := raw.get("orderLines"), list):
        raw["orderLines"] = sorted(lines, key=_line_key)
    return raw


def _line_key(line: object) -> tuple[str, ...]:
    row = line if isinstance(line, Mapping) else {}
    return tuple(text_of(row.get(name)) for name in ("id", "productId", "quantity"))


def ids(orders: Iterable[Order]) -> list[str]:
    """Their numbers, in order."""
    return [order.id for order in orders]


_LISTS = {"GetOrders": "DD-222", "GetOrdersByCustomerNumber": "DD-512", "GetOrdersInModifiedInterval": "DD-569"}


@verifies("DD-222", "DD-512", "DD-569")
def order_checks(answer: Answer) -> Iterator[Outcome]:
    """What holds inside every answer that lists orders, whatever was asked: none stands there twice."""
    requirement = _LISTS.get(answer.operation.id)
    if requirement is None or not answer.says_success:
        return
    numbers = [order.id for order in orders_of(answer) if order.id]
    times = Counter(numbers)
    twice = next((number for number in numbers if times[number] > 1), None)
    yield kept_if(twice is None, requirement, where="$", expected="each order once", actual=f"order {twice} twice",
                  exchanges=(answer.id,))  # fmt: skip
