"""What the vendor's server remembers: orders with their items, and carts.

The columns hold more than an answer shows (a planned shipment, a reserved invoice number), because what is
shown when is a rule and not a matter of the data.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Dialect, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from conformance.sandbox.store import Base, Exact


class Status(StrEnum):
    """The nine states of an order on the server; Order Status shows two of them as Invalid."""

    CANCELLED = "Cancelled"
    DRAFT = "Draft"
    PAYMENT_NOK = "PaymentNOK"
    ORDERED = "Ordered"
    PROCESSING = "Processing"
    IN_PRODUCTION = "InProduction"
    READY_TO_SHIP = "ReadyToShip"
    SHIPPED = "Shipped"
    DELIVERED = "Delivered"


class CartStatus(StrEnum):
    """The four states of a cart (Cart Status, `CartStatus`)."""

    NOT_ORDERED = "NotOrdered"
    PENDING = "Pending"
    CHECKED_OUT = "CheckedOut"
    ORDERED = "Ordered"


@dataclass(slots=True)
class Address:
    """Where an order goes, or its bill; None is what the customer has not got, "" what was left empty."""

    first_name: str
    last_name: str
    email: str
    phone: str
    company: str | None
    vat_number: str | None
    line1: str
    line2: str
    country_code: str
    state_code: str
    zip_code: str
    city: str


@dataclass(slots=True)
class Item:
    """One line of an order; `price` is for the whole quantity."""

    cart_item_id: str
    reference: str
    tool_id: str
    model_id: str
    name: str
    preview_url: str | None
    material_id: str
    material_name: str
    finish_id: str
    finish_name: str
    x: Decimal
    y: Decimal
    z: Decimal
    volume: Decimal
    surface: Decimal
    quantity: int
    price: Decimal


@dataclass(slots=True)
class Content:
    """What an order was placed with. It never changes."""

    shipping: Address
    billing: Address
    items: list[Item]


class Packed(TypeDecorator[Content]):
    """An order's content as one JSON text: a third of the time that tables of addresses and items take."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Content | None, dialect: Dialect) -> str | None:
        """To the column."""
        return None if value is None else json.dumps(asdict(value), default=str)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Content | None:
        """From the column."""
        if value is None:
            return None
        content = json.loads(value)
        return Content(
            Address(**content["shipping"]),
            Address(**content["billing"]),
            [_item(item) for item in content["items"]],
        )


def _item(raw: dict[str, Any]) -> Item:
    return Item(**raw | {name: Decimal(raw[name]) for name in _DECIMALS})


_DECIMALS = [field.name for field in fields(Item) if field.type == "Decimal"]


class Order(Base):
    """An order; `engineer`: one is at work on it; `paid`: a cancellation creates a credit note."""

    __tablename__ = "imaterialise_order"
    __table_args__ = (Index("imaterialise_order_by_date", "account", "requested"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(9), unique=True)
    account: Mapped[str] = mapped_column(String(40))
    confirmation_id: Mapped[str] = mapped_column(String(36))
    status: Mapped[Status]
    engineer: Mapped[bool]
    on_hold: Mapped[bool]
    paid: Mapped[bool]
    requested: Mapped[datetime]
    estimated_shipment: Mapped[datetime]
    shipment: Mapped[datetime]
    delivery: Mapped[datetime]
    tracking_number: Mapped[str] = mapped_column(String(20))
    shipment_service: Mapped[str] = mapped_column(String(100))
    invoice_number: Mapped[str] = mapped_column(String(10))
    credit_note_number: Mapped[str | None] = mapped_column(String(10))
    currency: Mapped[str] = mapped_column(String(3))
    total: Mapped[Decimal] = mapped_column(Exact)
    remarks: Mapped[str | None] = mapped_column(String(250))
    content: Mapped[Content] = mapped_column(Packed)


class Cart(Base):
    """A cart; an ordered one names its order."""

    __tablename__ = "imaterialise_cart"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account: Mapped[str] = mapped_column(String(40))
    status: Mapped[CartStatus]
    created: Mapped[datetime]
    order_id: Mapped[str | None] = mapped_column(ForeignKey(Order.id, ondelete="SET NULL"))
    order: Mapped[Order | None] = relationship(Order)  # by class: other vendors have orders of the same name
