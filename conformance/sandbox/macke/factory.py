"""Orders made up from a status, a customer, a date and a source of chance, for the seed and the states."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from conformance.sandbox.macke.models import Address, Content, Line, Order, Status

FIRST_INVOICE, FIRST_CREDIT_MEMO = 20_000, 40_000


@dataclass(frozen=True)
class Customer:
    """Who places orders; `user_id` 0 is a guest."""

    user_id: int
    email: str
    firstname: str
    lastname: str
    lang_code: str
    home: Address


def _home(
    first: str, last: str, street: str, zipcode: str, city: str, country: tuple[str, str], state: tuple[str, str], phone: str
) -> Address:
    return Address(first, last, street, "", city, *country, *state, zipcode, phone)


_DE, _AT, _NONE = ("DE", "Deutschland"), ("AT", "Österreich"), ("", "")

# One address is part of another, one has an underscore, one has capitals, and 3 is the beginning of 31.
REGISTERED = (
    Customer(3, "anna@example.com", "Anna", "Becker", "de",
             _home("Anna", "Becker", "Hauptstraße 1", "50667", "Köln", _DE, ("NRW", "Nordrhein-Westfalen"), "0221 1234")),
    Customer(31, "joanna@example.com", "Joanna", "Łukasz-Müller", "en",
             _home("Joanna", "Łukasz-Müller", "1/2 Hof", "10115", "Berlin", _DE, ("BER", "Berlin"), "")),
    Customer(14, "Max.Mustermann@Example.org", "Max", "Mustermann", "de",
             _home("Max", "Mustermann", "Ring 9 c/o \"Bär\" & Söhne", "1010", "Wien", _AT, _NONE, "+43 1 555")),
    Customer(27, "zoe_oeztuerk@example.net", "Zoë", "Öztürk", "de",
             _home("Zoë", "Öztürk", "Straße <3>", "80331", "München", _DE, ("BAY", "Bayern"), "089/1234")),
    Customer(52, "hanako@example.jp", "花子", "山田", "en",
             _home("花子", "山田", "千代田1-1", "100-0001", "東京", ("JP", "Japan"), _NONE, "+81 3 1234")),
    Customer(68, "sean.ohara@example.ie", "Seán", "O'Hara", "en", Address()),
)  # fmt: skip
GUESTS = (
    Customer(0, "gast@example.com", "", "", "de",
             _home("Jürgen", "Groß", "Am Bach 3", "01067", "Dresden", _DE, ("SAS", "Sachsen"), "0351 99")),
    Customer(0, "anna@example.com", "Anna", "Becker", "de",
             _home("Anna", "Becker", "Hauptstraße 1", "50667", "Köln", _DE, ("NRW", "Nordrhein-Westfalen"), "")),
)  # fmt: skip

_CATALOGUE = (
    (501, "TASSE-01", "Tasse „Macke“ 🍵", 1290),
    (502, "TEL/28", "Teller 28 cm", 2400),
    (503, "VASE-Ø9", "Vase Ø 9", 97200),
    (504, "B&W", "Becher <klein>", 499),
)
_NOTES = (None, "Bitte klingeln", "", None, 'Grüße ☃ / danke & "bis bald"')
_DETAILS = (None, "", "Rückruf am 3.", None)
_PAYMENTS: tuple[tuple[int, str, dict[str, str]], ...] = (
    (2, "PayPal", {}),
    (5, "Vorkasse", {}),
    (8, "Kreditkarte", {"transaction_id": "EXAMPLE-42", "reason_text": "OK/1"}),
)
_SHIPPING = ((24, "DHL Paket"), (25, "Abholung"))
_SHIPPED = {Status.COMPLETE, Status.RETURNED, Status.RETURNING}


def make_order(
    chance: Random,
    order_id: int,
    company_id: int,
    status: Status,
    customer: Customer,
    timestamp: int,
    *,
    updated_at: int | None = None,
    invoice: bool = False,
    vendor_ref: str | None = None,
    empty: bool = False,
) -> Order:
    """An order with one to three lines, or with none if it is to be `empty`; what was returned has a credit memo."""
    content = _content(chance, order_id, status, customer, empty)
    return Order(
        order_id=order_id,
        company_id=company_id,
        status=status.value,
        timestamp=timestamp,
        updated_at=timestamp if updated_at is None else updated_at,
        user_id=customer.user_id,
        firstname=customer.firstname,
        lastname=customer.lastname,
        email=customer.email,
        phone=customer.home.phone,
        issuer_id=chance.choice((None, None, None, None, 1)),
        total=content.total,
        invoice_id=FIRST_INVOICE + order_id if invoice else None,
        credit_memo_id=FIRST_CREDIT_MEMO + order_id if invoice and status is Status.RETURNED else None,
        vendor_ref=vendor_ref,
        packed=content.packed(),
    )


def _content(chance: Random, order_id: int, status: Status, customer: Customer, empty: bool) -> Content:
    shipped = status in _SHIPPED
    lines = [] if empty else [_line(chance, order_id, place, shipped) for place in range(chance.randint(1, 3))]
    payment_id, payment, payment_info = chance.choice(_PAYMENTS)
    delivered = bool(lines) and chance.random() < 0.9  # the others are for download
    shipping_id, shipping_name = chance.choice(_SHIPPING) if delivered else (None, "")
    promoted = not empty and chance.random() < 0.2
    return Content(
        lang_code=customer.lang_code,
        billing=customer.home,
        shipping=chance.choice((customer.home, customer.home, Address())),
        lines=lines,
        payment_id=payment_id,
        payment=payment,
        payment_info=dict(payment_info),
        payment_surcharge=chance.choice((0, 0, 0, 250)),
        promotion_ids=[15] if promoted else [],
        subtotal_discount=100 if promoted else 0,
        shipping_id=shipping_id,
        shipping_name=shipping_name,
        shipping_cost=chance.choice((0, 490)) if delivered else 0,
        shipment_ids=[order_id * 2] if shipped and delivered else [],
        tax_id=None if empty else chance.choice((6, 6, None)),
        tax_exempt=chance.random() < 0.1,
        repaid=chance.choice((0, 0, 0, 1)),
        notes=chance.choice(_NOTES),
        details=chance.choice(_DETAILS),
    )


def _line(chance: Random, order_id: int, place: int, shipped: bool) -> Line:
    product_id, code, name, price = chance.choice(_CATALOGUE)
    amount = chance.randint(1, 2)
    return Line(order_id * 1000 + place + 1, product_id, code, name, price, amount, amount if shipped else 0)
