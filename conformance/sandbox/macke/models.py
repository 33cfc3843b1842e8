"""What the marketplace remembers of an order: what can be selected or changed as columns, the rest as one text.

Money is in cents and moments are Unix seconds. How both look on the wire is a rule and no matter of the data.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from conformance.sandbox.store import Base


class Status(StrEnum):
    """The letters of the table "Order status explained"."""

    PROCESSED = "P"
    COMPLETE = "C"
    OPEN = "O"
    FAILED = "F"
    DECLINED = "D"
    BACKORDERED = "B"
    CANCELED = "I"
    RETURNED = "H"
    RETURNING = "G"
    INCOMPLETE = "N"
    UNPAID = "E"


@dataclass(slots=True)
class Address:
    """Where an order or its bill goes; all of it may be empty."""

    firstname: str = ""
    lastname: str = ""
    address: str = ""
    address_2: str = ""
    city: str = ""
    country: str = ""
    country_descr: str = ""
    state: str = ""
    state_descr: str = ""
    zipcode: str = ""
    phone: str = ""


@dataclass(slots=True)
class Line:
    """A line of an order; `price` is for one piece."""

    item_id: int
    product_id: int
    product_code: str
    product: str
    price: int
    amount: int
    shipped: int

    @property
    def subtotal(self) -> int:
        """The price of all pieces."""
        return self.price * self.amount


@dataclass(slots=True)
class Content:
    """What an order was placed with. It never changes."""

    lang_code: str
    billing: Address
    shipping: Address
    lines: list[Line]
    payment_id: int
    payment: str
    payment_info: dict[str, str]
    payment_surcharge: int
    promotion_ids: list[int]
    subtotal_discount: int
    shipping_id: int | None
    shipping_name: str
    shipping_cost: int
    shipment_ids: list[int]
    tax_id: int | None
    tax_exempt: bool
    repaid: int
    notes: str | None
    details: str | None

    @property
    def subtotal(self) -> int:
        """The price of all lines."""
        return sum(line.subtotal for line in self.lines)

    @property
    def total(self) -> int:
        """The sum to be paid. Taxes are in the prices."""
        return self.subtotal - self.subtotal_discount + self.payment_surcharge + self.shipping_cost

    def packed(self) -> str:
        """One JSON text, of which `unpacked` makes the same again."""
        return json.dumps(asdict(self))

    @classmethod
    def unpacked(cls, text: str) -> Content:
        """What `packed` made a text of."""
        members = json.loads(text)
        members["billing"] = Address(**members["billing"])
        members["shipping"] = Address(**members["shipping"])
        members["lines"] = [Line(**line) for line in members["lines"]]
        return cls(**members)


class Order(Base):
    """An order; `company_id` is the vendor's, `user_id` 0 is a guest's."""

    __tablename__ = "macke_order"
    __table_args__ = (Index("macke_order_by_date", "company_id", "timestamp"),)

    order_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    company_id: Mapped[int]
    status: Mapped[str] = mapped_column(String(1))
    timestamp: Mapped[int]
    updated_at: Mapped[int]
    user_id: Mapped[int]
    firstname: Mapped[str] = mapped_column(String(32))
    lastname: Mapped[str] = mapped_column(String(32))
    email: Mapped[str] = mapped_column(String(128))
    phone: Mapped[str] = mapped_column(String(128))
    issuer_id: Mapped[int | None]
    total: Mapped[int]
    invoice_id: Mapped[int | None]
    credit_memo_id: Mapped[int | None]
    vendor_ref: Mapped[str | None] = mapped_column(Text, index=True)
    packed: Mapped[str] = mapped_column(Text)

    @cached_property
    def content(self) -> Content:
        """The rest of the order, unpacked when someone wants it: a list of orders does with the columns."""
        return Content.unpacked(self.packed)


def unix_seconds(moment: datetime) -> int:
    """A moment in UTC without zone, as the API counts it."""
    return int(moment.replace(tzinfo=UTC).timestamp())
