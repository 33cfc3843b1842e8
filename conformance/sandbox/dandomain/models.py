"""What the shop remembers: its orders. Who buys and what is sold never changes and stands in `shop`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Dialect, Identity, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from conformance.sandbox.dandomain.shop import Person
from conformance.sandbox.store import Base


@dataclass(slots=True)
class Line:
    """One line of an order; a discount is a line without product and with a negative price."""

    product_id: str
    name: str
    variant: str
    quantity: int
    unit_price: Decimal
    weight: Decimal
    vat_percent: int
    file_url: str = ""


@dataclass(slots=True)
class Content:
    """What an order was placed with. It never changes."""

    customer: Person
    delivery: Person
    lines: list[Line]
    customer_comment: str = ""
    reference_number: str = ""
    ip: str = ""
    referrer: str = ""
    reserved: list[str] = field(default_factory=lambda: [""] * 5)
    transaction_number: str | None = None
    invoice_number: int | None = None


class Packed(TypeDecorator[Content]):
    """An order's content as one JSON text, which is a third of the time that tables of people and lines take."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Content | None, dialect: Dialect) -> str | None:
        """To the column."""
        return None if value is None else json.dumps(asdict(value), default=str)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Content | None:
        """From the column."""
        if value is None:
            return None
        content: dict[str, Any] = json.loads(value)
        return Content(
            **content
            | {
                "customer": Person(**content["customer"]),
                "delivery": Person(**content["delivery"]),
                "lines": [_line(raw) for raw in content["lines"]],
            }
        )


def _line(raw: dict[str, Any]) -> Line:
    return Line(**raw | {"unit_price": Decimal(raw["unit_price"]), "weight": Decimal(raw["weight"])})


class Order(Base):
    """An order. `created` and `modified` are instants in UTC; no number is ever used twice."""

    __tablename__ = "dandomain_order"
    __table_args__ = (
        Index("dandomain_order_by_creation", "created"),
        Index("dandomain_order_by_customer", "customer_id"),
        {"sqlite_autoincrement": True},
    )

    # The seed brings its own numbers, all below the start; SQLite counts on from the highest one ever given.
    id: Mapped[int] = mapped_column(Identity(start=1001), primary_key=True)
    customer_id: Mapped[str] = mapped_column(String(100))
    created: Mapped[datetime]
    modified: Mapped[datetime | None]
    incomplete: Mapped[bool]
    state_id: Mapped[int | None]
    site_id: Mapped[int]
    currency_code: Mapped[str] = mapped_column(String(10))
    payment_id: Mapped[int]
    shipping_id: Mapped[int]
    comment: Mapped[str] = mapped_column(Text)
    tracking_number: Mapped[str] = mapped_column(Text)
    content: Mapped[Content] = mapped_column(Packed)
