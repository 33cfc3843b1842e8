"""Faults in the validation of order lines and of whole requests; and what is refused, but done all the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from conformance.sandbox.calls import Call
from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.models import Line, Order
from conformance.sandbox.dandomain.rules import RefusedError
from conformance.sandbox.dandomain.shop import CUSTOMERS, MAIN_SITE, PAYMENTS, PRODUCTS, SHIPPINGS, Product
from conformance.sandbox.faults import breaks

Body = Mapping[str, object]


@breaks("DD-136")
class AcceptsOrdersWithoutLines(Rules):
    """CreateOrder accepts an empty list of order lines."""

    def may_be_without_lines(self) -> bool:
        return True


@breaks("DD-137")
class AcceptsMissingLines(Rules):
    """CreateOrder makes an order without lines where orderLines is missing."""

    def lines(self, body: Body, site_id: int, currency: str) -> list[Line]:
        return super().lines(body, site_id, currency) if "orderLines" in body else []


@breaks("DD-138")
class AcceptsNullLines(Rules):
    """CreateOrder makes an order without lines where orderLines is null."""

    def lines(self, body: Body, site_id: int, currency: str) -> list[Line]:
        return [] if "orderLines" in body and body["orderLines"] is None else super().lines(body, site_id, currency)


@breaks("DD-139")
class AcceptsLinesWithoutProduct(Rules):
    """CreateOrder takes the first product of the shop where productId is missing."""

    def sold_product(self, line: Body, site_id: int) -> Product:
        return super().sold_product({"productId": "304", **line}, site_id)


@breaks("DD-140")
class AcceptsLinesWithANullProduct(Rules):
    """CreateOrder takes the first product of the shop where productId is null."""

    def sold_product(self, line: Body, site_id: int) -> Product:
        null = "productId" in line and line["productId"] is None
        return super().sold_product({**line, "productId": "304"} if null else line, site_id)


@breaks("DD-141")
class SellsProductsThatDoNotExist(Rules):
    """CreateOrder makes up a product for a number that no product has."""

    def product(self, number: str) -> Product | None:
        prices = {"DKK": Decimal(0), "EUR": Decimal(0)}
        return super().product(number) or Product(number, "", prices, Decimal(0))


@breaks("DD-142")
class SellsHiddenProducts(Rules):
    """CreateOrder does not look whether a product is hidden."""

    def is_shown(self, product: Product) -> bool:
        return True


@breaks("DD-143")
class SellsProductsOfOtherSites(Rules):
    """CreateOrder does not look on which sites a product is sold."""

    def is_on_site(self, product: Product, site_id: int) -> bool:
        return True


@breaks("DD-144")
class TakesAMissingQuantityForOne(Rules):
    """CreateOrder orders one piece where quantity is missing."""

    def quantity(self, line: Body) -> int:
        return super().quantity({"quantity": 1, **line})


@breaks("DD-145")
class TakesANullQuantityForOne(Rules):
    """CreateOrder orders one piece where quantity is null."""

    def quantity(self, line: Body) -> int:
        null = "quantity" in line and line["quantity"] is None
        return 1 if null else super().quantity(line)


@breaks("DD-146")
class AcceptsQuantityZero(Rules):
    """CreateOrder accepts a quantity of 0."""

    def is_quantity(self, number: int) -> bool:
        return number >= 0


@breaks("DD-147")
class AcceptsNegativeQuantities(Rules):
    """CreateOrder accepts a negative quantity and takes pieces back."""

    def is_quantity(self, number: int) -> bool:
        return number != 0


@breaks("DD-148")
class TakesTextQuantitiesForOne(Rules):
    """CreateOrder orders one piece where quantity is a text that is no number."""

    def quantity(self, line: Body) -> int:
        asked = line.get("quantity")
        return 1 if isinstance(asked, str) and not asked.isdecimal() else super().quantity(line)


def accepted(rules: Rules, raw: object, site_id: int, currency: str) -> bool:
    """Whether one order line is valid by these rules."""
    try:
        rules.line(raw, site_id, currency)
    except RefusedError:
        return False
    return True


@breaks("DD-149")
class ValidatesTheFirstLineOnly(Rules):
    """CreateOrder leaves out every line but the first that is not valid."""

    def lines(self, body: Body, site_id: int, currency: str) -> list[Line]:
        raw = body.get("orderLines")
        if isinstance(raw, list) and len(raw) > 1:
            raw = [raw[0], *(line for line in raw[1:] if accepted(self, line, site_id, currency))]
        return super().lines({**body, "orderLines": raw}, site_id, currency)


@breaks("DD-149")
class ValidatesTheLastLineOnly(Rules):
    """CreateOrder leaves out every line but the last that is not valid."""

    def lines(self, body: Body, site_id: int, currency: str) -> list[Line]:
        raw = body.get("orderLines")
        if isinstance(raw, list) and len(raw) > 1:
            raw = [*(line for line in raw[:-1] if accepted(self, line, site_id, currency)), raw[-1]]
        return super().lines({**body, "orderLines": raw}, site_id, currency)


@breaks("DD-150")
class TakesAnOrderWithoutMethodsForADraft(Rules):
    """CreateOrder accepts an order that lacks both methods, and refuses one that lacks only one."""

    def new_order(self, body: Body, now: datetime) -> Order:
        draft = body.get("paymentId") is None and body.get("shippingId") is None
        return super().new_order({**body, "paymentId": 60, "shippingId": 67} if draft else body, now)


@breaks("DD-150")
class TakesTwoUnknownMethodsForTheDefault(Rules):
    """CreateOrder accepts an order whose payment and shipping method both do not exist."""

    def new_order(self, body: Body, now: datetime) -> Order:
        unknown = body.get("paymentId") not in PAYMENTS and body.get("shippingId") not in SHIPPINGS
        named = body.get("paymentId") is not None and body.get("shippingId") is not None
        return super().new_order({**body, "paymentId": 60, "shippingId": 67} if unknown and named else body, now)


# Refused, and done all the same


@breaks("DD-151")
class KeepsWhatItRefuses(Rules):
    """CreateOrder refuses a quantity of 0 only after it has stored the order."""

    def is_quantity(self, number: int) -> bool:
        return number >= 0

    def created_document(self, order: Order) -> Any:
        if all(line.quantity for line in order.content.lines):
            return super().created_document(order)
        raise RefusedError(400, "QuantityNotValid")


@breaks("DD-151")
class KeepsTheGoodLinesOfWhatItRefuses(Rules):
    """CreateOrder refuses an order with a faulty line, and stores the order with the good ones."""

    def new_order(self, body: Body, now: datetime) -> Order:
        order = super().new_order(body, now)
        good = [line for line in order.content.lines if line.product_id]
        order.content.customer_comment = "" if good == order.content.lines else "half"
        order.content.lines = good
        return order

    def line(self, raw: object, site_id: int, currency: str) -> Line:
        try:
            return super().line(raw, site_id, currency)
        except RefusedError:
            return Line("", "", "", 0, Decimal(0), Decimal(0), 0)

    def created_document(self, order: Order) -> Any:
        if order.content.customer_comment == "half":
            raise RefusedError(400, "OrderLineNotValid")
        return super().created_document(order)


@breaks("DD-152")
class TakesAListForAnOrder(Rules):
    """CreateOrder makes the shop's usual order of a body that is a list or a text."""

    def body(self, call: Call) -> dict[str, object]:
        if call.body[:1] in (b"[", b'"'):
            lines = [{"productId": next(iter(PRODUCTS)), "quantity": 1}]
            return {"customerId": next(iter(CUSTOMERS)), "currencyCode": "DKK", "siteId": MAIN_SITE, "paymentId": 56,
                    "shippingId": 48, "orderLines": lines}  # fmt: skip
        return super().body(call)


@breaks("DD-152")
class RepeatsTheLastOrderForAnEmptyBody(Rules):
    """CreateOrder places the order before once more where the body is empty."""

    _last: dict[str, object] | None = None

    def body(self, call: Call) -> dict[str, object]:
        self._last = self._last if not call.body and self._last else super().body(call)
        return self._last
