"""Orders made up from a moment and a source of chance, for the seed and the states."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from random import Random

from conformance.sandbox.dandomain.models import Content, Line, Order
from conformance.sandbox.dandomain.shop import MAIN_SITE, OTHER_SITE, PRODUCTS, Customer

_PAYMENTS, _SHIPPINGS = (56, 60), (48, 67)
_COMMENTS = ("", "", "Ring før levering & læg pakken i skuret", "50% rabat + <gave> 🎁")
_REFERRERS = ("", "https://www.example.dk/shop/frontpage.html?q=hjelm&side=2")
_DISCOUNTS = (Decimal("-20.00"), Decimal("-0.04"))


def make_order(
    chance: Random,
    customer: Customer,
    created: datetime,
    *,
    complete: bool = True,
    state_id: int | None = None,
    modified: datetime | None = None,
    discount: bool = False,
    guest: bool = False,
) -> Order:
    """An order of one to three products; with `discount` one line more, of no product, that takes something off.

    A guest is the same person without a customer number. A changed and complete order may have its invoice.
    """
    site_id = OTHER_SITE if chance.random() < 0.2 else MAIN_SITE
    sold = [product for product in PRODUCTS.values() if site_id in product.sites and not product.hidden]
    lines = [
        Line(
            product.id, product.name, product.variant, chance.randint(1, 4), product.prices["DKK"],
            product.weight, product.vat_percent,
        )
        for product in chance.sample(sold, chance.randint(1, 3))
    ]  # fmt: skip
    if discount:
        lines.append(Line("", "Rabat", "", 1, chance.choice(_DISCOUNTS), Decimal(0), 25))
    paid = complete and modified is not None and chance.random() < 0.5
    content = Content(
        customer.person,
        customer.person,
        lines,
        customer_comment=chance.choice(_COMMENTS),
        reference_number=chance.choice(("", f"PO-{chance.randint(100, 999)}")),
        ip=f"192.0.2.{chance.randint(1, 254)}",
        referrer=chance.choice(_REFERRERS),
        transaction_number=f"{chance.randrange(10**12):012}" if paid else None,
        invoice_number=chance.randint(10000, 99999) if paid else None,
    )
    return Order(
        customer_id="" if guest else customer.id,
        created=created,
        modified=modified,
        incomplete=not complete,
        state_id=state_id,
        site_id=site_id,
        currency_code="DKK",
        payment_id=chance.choice(_PAYMENTS),
        shipping_id=chance.choice(_SHIPPINGS),
        comment=chance.choice(_COMMENTS) if modified else "",
        tracking_number=f"0037070{chance.randrange(10**8):08}" if modified and state_id else "",
        content=content,
    )
