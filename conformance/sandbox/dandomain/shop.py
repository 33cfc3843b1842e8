"""The shop: who buys, what is sold, how it is paid and sent. No operation changes any of it.

The ids of the vendor's code samples are here (customer 17, products 304 and 305, payment method 56, shipping
method 48, site 26), so that the samples run as they stand. Customer 17 is a prefix of 170.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

DENMARK, BELGIUM = 2397, 2363

MAIN_SITE, OTHER_SITE = 26, 29
SITES = frozenset({MAIN_SITE, OTHER_SITE})

RESELLERS, SCHOOLS = 3, 5
"""The B2B groups."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who buys, or where an order goes."""

    name: str
    address: str
    zip_code: str
    city: str
    country: str = "Danmark"
    country_id: int = DENMARK
    address2: str = ""
    attention: str = ""
    cvr: str = ""
    ean: str = ""
    email: str = ""
    fax: str = ""
    phone: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer; `id` is the customer number, a text; `group` is the B2B group, if any."""

    id: str
    person: Person
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """A product; `id` is the product number, a text. `prices` are per currency, without VAT."""

    id: str
    name: str
    prices: Mapping[str, Decimal]
    weight: Decimal
    sites: frozenset[int] = SITES
    hidden: bool = False
    variant: str = ""
    vat_percent: int = 25


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay or to send; None for `countries` or `groups` is all of them."""

    id: int
    name: str
    fee: Decimal = Decimal(0)
    fee_includes_vat: bool = False
    countries: frozenset[int] | None = None
    groups: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class OrderState:
    """A state that orders can be put in."""

    id: int
    name: str
    is_default: bool = False
    excluded_from_statistics: bool = False


def _customers() -> Iterable[Customer]:
    yield Customer(
        "17",
        Person(
            "Mette Sørensen",
            "Banegårdsgade 1B",
            "8000",
            "Aarhus C",
            address2="2. th.",
            email="mette@example.dk",
            phone="20000017",
        ),
    )
    yield Customer(
        "170",
        Person("Åse Ærø & søn", "Østergade 5", "8900", "Randers", email="aase@example.dk", phone="20000170"),
    )
    yield Customer(
        "42",
        Person(
            "Nørrebro Cykler ApS",
            "Jagtvej 200",
            "2100",
            "København Ø",
            attention="Bo Lund",
            email="indkoeb@example.dk",
            cvr="00000042",
            ean="5790000000042",
            phone="20000042",
        ),
        RESELLERS,
    )
    yield Customer("43", Person("Hjallerup Skole", "Skolevej 1", "9320", "Hjallerup", ean="5790000000043"), SCHOOLS)
    yield Customer(
        "220739",
        Person(
            "Jan Peeters",
            "Rue Haute 10",
            "1000",
            "Brussels",
            "Belgium",
            BELGIUM,
            email="jan@example.com",
            phone="+32 2 000 00 00",
        ),
    )
    yield Customer("K/7 Ø&1", Person('Søren <Prik> "S" Ø', "Havnen 7", "3700", "Rønne", email="soeren@example.dk"))


def _prices(dkk: str, eur: str) -> Mapping[str, Decimal]:
    return {"DKK": Decimal(dkk), "EUR": Decimal(eur)}


def _products() -> Iterable[Product]:
    """Prices are multiples of 0.04, so that a quarter more (25 % VAT) is still whole hundredths."""
    yield Product("304", "Cykelhjelm", _prices("240.00", "32.00"), Decimal("0.5"))
    yield Product("305", "Lygte", _prices("79.96", "10.76"), Decimal("0.25"))
    yield Product(
        "4009249-0001-12",
        "Matti T-shirt",
        _prices("103.96", "14.00"),
        Decimal("0.6"),
        variant="Størrelse 0-16 år:152 cm - 12 år",
    )
    yield Product("310", "Kæde & klinge <11>", _prices("199.80", "26.80"), Decimal("1.125"))
    yield Product("TS-ÆØÅ 1/2", 'Prøve "½"', _prices("0.04", "0.04"), Decimal(0))
    yield Product("306", "Udgået saddel", _prices("320.00", "43.00"), Decimal("0.9"), hidden=True)
    yield Product("307", "Kun i den anden butik", _prices("48.00", "6.40"), Decimal("0.1"), sites=frozenset({OTHER_SITE}))


def _payments() -> Iterable[Method]:
    yield Method(56, "Bankoverførsel", Decimal("4.00"))
    yield Method(60, "Betalingskort")
    yield Method(61, "Bancontact", countries=frozenset({BELGIUM}))
    yield Method(62, "MobilePay", countries=frozenset({DENMARK}), groups=frozenset({SCHOOLS}))


def _shippings() -> Iterable[Method]:
    yield Method(48, "PostNord", Decimal("39.00"), fee_includes_vat=True)
    yield Method(67, "GLS pakkeshop", Decimal("29.00"))
    yield Method(49, "bpost", Decimal("75.50"), countries=frozenset({BELGIUM}))
    yield Method(50, "Afhentning", countries=frozenset({DENMARK}), groups=frozenset({SCHOOLS}))


def _states() -> Iterable[OrderState]:
    yield OrderState(1, "Nye", is_default=True)
    yield OrderState(2, "Under behandling")
    yield OrderState(3, "Pakket & klar")
    yield OrderState(4, "Afsendt")
    yield OrderState(7, "Annulleret", excluded_from_statistics=True)


CUSTOMERS: Mapping[str, Customer] = {customer.id: customer for customer in _customers()}
PRODUCTS: Mapping[str, Product] = {product.id: product for product in _products()}
PAYMENTS: Mapping[int, Method] = {method.id: method for method in _payments()}
SHIPPINGS: Mapping[int, Method] = {method.id: method for method in _shippings()}
STATES: Mapping[int, OrderState] = {state.id: state for state in _states()}
CURRENCIES = ("DKK", "EUR")
