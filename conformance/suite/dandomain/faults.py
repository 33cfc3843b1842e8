"""Orders with something wrong: each fault breaks one validation of CreateOrder, and faults can be put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from conformance.suite.dandomain.shopdata import ShopData

Body = dict[str, Any]
Spoil = Callable[[Body, ShopData], None]


@dataclass(frozen=True)
class Fault:
    """One way in which an order breaks one validation."""

    name: str
    requirement: str
    told: str
    """The order, in a few words: `an order without customerId`."""
    spoil: Spoil
    needs: str = ""
    """What of the shop must be known for it; nothing where it can be made in any shop."""


def order_with(data: ShopData, attention: str, *faults: Fault, **changes: Any) -> Body:
    """An order that is valid but for these faults.

    Raises:
        Unmet: what a fault needs (a hidden product, say) is not known of this shop.
    """
    body = data.request(altDeliveryInfo=data.delivery(attention=attention), **changes)
    body["orderLines"] = [dict(line) for line in body["orderLines"]]
    for fault in faults:
        fault.spoil(body, data)
    return body


def vacant_number(data: ShopData, what: str) -> int:
    """A number that no customer, product, method or site of the shop has."""
    return 1_900_000_000 + data.context.random(f"no such {what}").randrange(99_999_999)


def _without(member: str) -> Spoil:
    return lambda body, data: _set(body, member, ...)


def _null(member: str) -> Spoil:
    return lambda body, data: _set(body, member, None)


def _unknown(member: str) -> Spoil:
    return lambda body, data: _set(body, member, vacant_number(data, member))


def _lines(value: object) -> Spoil:
    return lambda body, data: _set(body, "orderLines", value)


def _in_lines(member: str, value: Callable[[ShopData], object]) -> Spoil:
    def spoil(body: Body, data: ShopData) -> None:
        lines = body.get("orderLines")
        for line in lines if isinstance(lines, list) else ():
            _set(line, member, value(data))

    return spoil


def _set(holder: Body, member: str, value: object) -> None:
    if value is ...:
        holder.pop(member, None)
    else:
        holder[member] = value


def _header() -> list[Fault]:
    first = {"customerId": 120, "currencyCode": 122, "siteId": 124, "paymentId": 126, "shippingId": 128}
    found: list[Fault] = []
    for member, number in first.items():
        found.append(Fault(f"{member}-missing", f"DD-{number}", f"an order without {member}", _without(member)))
        found.append(Fault(f"{member}-null", f"DD-{number + 1}", f"an order whose {member} is null", _null(member)))
    return found


def _line(name: str, requirement: str, told: str, member: str, value: Callable[[ShopData], object]) -> Fault:
    return Fault(name, requirement, told, _in_lines(member, value))


def _of_shop(name: str, requirement: str, told: str, member: str, need: str) -> Fault:
    return Fault(name, requirement, told, lambda body, data: _set(body, member, data.one(need)), need)


def _for_group(name: str, requirement: str, told: str, member: str, need: str) -> Fault:
    def spoil(body: Body, data: ShopData) -> None:
        body["customerId"] = data.one("shop.b2b_customer")
        body[member] = data.one(need)

    return Fault(name, requirement, told, spoil, need)


def _product(name: str, requirement: str, told: str, need: str) -> Fault:
    return Fault(name, requirement, told, _in_lines("productId", lambda data: data.one(need)), need)


HEADER = _header()
METHODS = [
    _of_shop("payment-not-for-country", "DD-130", "a payment method that is not valid for the country", "paymentId",
             "shop.payment_not_for_country"),
    _for_group("payment-not-for-group", "DD-131", "a payment method that is not valid for the B2B group", "paymentId",
               "shop.payment_not_for_group"),
    _of_shop("shipping-not-for-country", "DD-132", "a shipping method that is not valid for the country", "shippingId",
             "shop.shipping_not_for_country"),
    _for_group("shipping-not-for-group", "DD-133", "a shipping method that is not valid for the B2B group", "shippingId",
               "shop.shipping_not_for_group"),
    Fault("payment-unknown", "DD-134", "a payment method that does not exist", _unknown("paymentId")),
    Fault("shipping-unknown", "DD-135", "a shipping method that does not exist", _unknown("shippingId")),
    Fault("site-unknown", "DD-157", "a site that does not exist", _unknown("siteId")),
]  # fmt: skip
LINES = [
    Fault("lines-empty", "DD-136", "an order with an empty list of lines", _lines([])),
    Fault("lines-missing", "DD-137", "an order without orderLines", _lines(...)),
    Fault("lines-null", "DD-138", "an order whose orderLines are null", _lines(None)),
]
PRODUCTS = [
    _line("product-missing", "DD-139", "a line without productId", "productId", lambda data: ...),
    _line("product-null", "DD-140", "a line whose productId is null", "productId", lambda data: None),
    _line("product-unknown", "DD-141", "a product that does not exist", "productId",
          lambda data: vacant_number(data, "product")),
    _product("product-hidden", "DD-142", "a hidden product", "shop.hidden_product"),
    _product("product-of-other-site", "DD-143", "a product of another site", "shop.other_site_product"),
]  # fmt: skip
QUANTITIES = [
    _line("quantity-missing", "DD-144", "a line without quantity", "quantity", lambda data: ...),
    _line("quantity-null", "DD-145", "a line whose quantity is null", "quantity", lambda data: None),
    _line("quantity-zero", "DD-146", "a line with quantity 0", "quantity", lambda data: 0),
    _line("quantity-negative", "DD-147", "a line with quantity -1", "quantity", lambda data: -1),
    _line("quantity-text", "DD-148", 'a line with quantity "two"', "quantity", lambda data: "two"),
]
FAULTS: Sequence[Fault] = (*HEADER, *METHODS, *LINES, *PRODUCTS, *QUANTITIES)
BY_NAME = {fault.name: fault for fault in FAULTS}
NEEDING_NOTHING = [fault for fault in FAULTS if not fault.needs]

PAIRS = [
    (BY_NAME[one], BY_NAME[other])
    for one, other in (
        ("customerId-missing", "currencyCode-null"), ("customerId-null", "lines-empty"),
        ("siteId-missing", "product-unknown"), ("siteId-null", "paymentId-null"),
        ("paymentId-missing", "shippingId-missing"), ("shippingId-missing", "quantity-missing"),
        ("shippingId-null", "product-null"), ("currencyCode-missing", "lines-null"),
        ("payment-unknown", "shipping-unknown"), ("product-unknown", "quantity-zero"),
        ("product-missing", "quantity-negative"), ("site-unknown", "quantity-text"),
        ("payment-not-for-country", "shipping-not-for-country"), ("payment-not-for-group", "shipping-not-for-group"),
        ("product-hidden", "quantity-negative"), ("product-of-other-site", "paymentId-missing"),
    )
]  # fmt: skip
"""Faults of different members, each fault of the ordinary ones in some pair: a rule that hides another shows in one."""
