"""Orders and carts made up from a status, a date and a source of chance, for the seed and the states."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from conformance.sandbox.imaterialise.models import Address, Cart, CartStatus, Content, Item, Order, Status

SITE = "https://i.materialise.com"

_HOMES = (
    Address(
        "John", "Smith", "john@example.com", "1234567", None, None,
        "North Street 1", "", "BE", "", "1020", "Brussels",
    ),
    Address(
        "Zoë", "Müller-Łukasz", "zoe@example.com", "+49 30 1234", None, None,
        "Straße 5", "Hof", "DE", "", "50667", "Köln",
    ),
    Address(
        "Ann", "O'Hara & Sons", "ann@example.com", "555-0100", 'Bits & <Atoms> "Inc"', "US-0999",
        "1 Main St", "Suite 4", "US", "NY", "10001", "New York",
    ),
    Address(
        "花子", "山田", "hanako@example.com", "+81 3 1234", "株式会社例", "JP0999999922",
        "千代田1-1", "", "JP", "13", "100-0001", "東京",
    ),
    Address(
        "José", "Ibáñez", "jose@example.com", "+34 91 000", None, None,
        "Calle Mayor 3", "2º", "ES", "", "28013", "Madrid",
    ),
)  # fmt: skip
_MATERIALS = (
    ("Polyamide", "Natural white"),
    ("Alumide", "Polished"),
    ("Résine", "Black & matte"),
    ("Silver", "High gloss"),
)
_MODELS = ("Box.stl", "Gear <v2>.obj", "Ring.stl", "Vase é.3mf")
_REMARKS = ("Test", None, 'Please "handle" with care & <love>', None, "Grüße ☃")
_SERVICES = ("UPS Standard", "DHL Express", "TNT & Co")
_SCALE_MM, _SCALE_CM, _SCALE_PRICE, _SCALE_TOTAL = (Decimal(1).scaleb(-digits) for digits in (20, 10, 4, 2))


def make_order(
    chance: Random,
    number: str,
    account: str,
    requested: datetime,
    status: Status,
    *,
    engineer: bool = False,
    on_hold: bool = False,
    paid: bool = True,
) -> Order:
    """An order with one to three items; a cancelled and paid one has its credit note."""
    items = [_item(chance) for _ in range(chance.randint(1, 3))]
    home = chance.choice(_HOMES)
    shipment = datetime.combine(requested.date(), time()) + timedelta(days=chance.randint(5, 14))
    return Order(
        id=guid(chance),
        number=number,
        account=account,
        confirmation_id=guid(chance),
        status=status,
        engineer=engineer,
        on_hold=on_hold,
        paid=paid,
        requested=requested,
        estimated_shipment=shipment,
        shipment=shipment - timedelta(hours=chance.randint(1, 40)),
        delivery=shipment + timedelta(days=3, milliseconds=610),
        tracking_number=f"1Z{chance.randrange(10**12):012}",
        shipment_service=chance.choice(_SERVICES),
        invoice_number=f"IMA{number[3:]}",
        credit_note_number=f"ICN{number[3:]}" if paid and status is Status.CANCELLED else None,
        currency=chance.choice(("EUR", "USD")),
        total=_total(items),
        remarks=chance.choice(_REMARKS),
        content=Content(replace(home, vat_number=None), chance.choice((home, *_HOMES)), items),
    )


def make_cart(
    chance: Random, account: str, created: datetime, status: CartStatus, order: Order | None = None
) -> Cart:
    """A cart, with its order if it was ordered."""
    return Cart(id=guid(chance), account=account, created=created, status=status, order=order)


def guid(chance: Random) -> str:
    """A GUID in lower case."""
    return str(UUID(int=chance.getrandbits(128), version=4))


def _item(chance: Random) -> Item:
    model, quantity = guid(chance), chance.randint(1, 4)
    material, finish = chance.choice(_MATERIALS)
    x, y, z = (Decimal(chance.randint(10, 2000)) / 10 for _ in range(3))
    unit = Decimal(chance.randint(100, 9999)) / 100
    return Item(
        cart_item_id=guid(chance),
        reference=f"reference {chance.randint(1, 999)}",
        tool_id=guid(chance),
        model_id=model,
        name=chance.choice(_MODELS),
        preview_url=f"{SITE}/Storage/Models/{model}/Original/preview_small.jpg"
        if chance.random() < 0.7
        else None,
        material_id=guid(chance),
        material_name=material,
        finish_id=guid(chance),
        finish_name=finish,
        x=x.quantize(_SCALE_MM),
        y=y.quantize(_SCALE_MM),
        z=z.quantize(_SCALE_MM),
        volume=(x * y * z / 1000).quantize(_SCALE_CM),
        surface=((x * y + y * z + z * x) / 50).quantize(_SCALE_CM),
        quantity=quantity,
        price=(unit * quantity).quantize(_SCALE_PRICE),
    )


def _total(items: list[Item]) -> Decimal:
    """Shipment, VAT and discount included, so no sum of the prices."""
    return ((sum((item.price for item in items), Decimal("9.90"))) * Decimal("1.21")).quantize(_SCALE_TOTAL)
