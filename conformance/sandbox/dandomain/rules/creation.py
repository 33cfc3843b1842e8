"""Rules of CreateOrder: the validations in the order of the document, and the order that comes of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from conformance.sandbox.dandomain.models import Content, Line, Order
from conformance.sandbox.dandomain.rules.delivery import DeliveryRules
from conformance.sandbox.dandomain.rules.refused import RefusedError
from conformance.sandbox.dandomain.shop import (
    CURRENCIES,
    CUSTOMERS,
    PAYMENTS,
    PRODUCTS,
    SHIPPINGS,
    SITES,
    Customer,
    Method,
    Product,
)

Body = Mapping[str, object]


class CreationRules(DeliveryRules):
    """From a request body to a new order; the first validation that fails refuses it."""

    def new_order(self, body: Body, now: datetime) -> Order:
        """The order that a request asks for, not yet stored."""
        customer = self.ordering_customer(body)
        currency = self.currency(body)
        site_id = self.site(body)
        delivery = self.delivery(body, customer)
        countries = self.chosen_countries(customer, delivery)
        payment = self.payment(body, customer, countries)
        shipping = self.shipping(body, customer, countries)
        return Order(
            id=self.new_number(),
            customer_id=customer.id,
            created=self.recorded(now),
            modified=None,
            incomplete=self.starts_incomplete(),
            state_id=self.first_state(),
            site_id=site_id,
            currency_code=currency,
            payment_id=payment.id,
            shipping_id=shipping.id,
            comment="",
            tracking_number="",
            content=Content(customer.person, delivery, self.lines(body, site_id, currency)),
        )

    def new_number(self) -> int | None:
        """The number of a new order; None leaves it to the database, which counts up and never goes back."""
        return None

    def starts_incomplete(self) -> bool:
        """The new order is incomplete until CompleteOrder."""
        return True

    def first_state(self) -> int | None:
        """The new order has no order state, not even the default one."""
        return None

    # The header

    def ordering_customer(self, body: Body) -> Customer:
        """The customer cannot be null."""
        number = self.reference(self.required(body, "customerId", "CustomerMissing"), "CustomerNotValid")
        return self.known(self.customer(number), "CustomerNotValid")

    def customer(self, number: str) -> Customer | None:
        """The customer of exactly this number, if there is one."""
        return CUSTOMERS.get(number)

    def currency(self, body: Body) -> str:
        """The currency cannot be null, and is one of the shop's."""
        code = self.required(body, "currencyCode", "CurrencyMissing")
        if isinstance(code, str) and self.is_currency(code):
            return code
        raise RefusedError(400, "CurrencyNotValid")

    def is_currency(self, code: str) -> bool:
        """Whether the shop has a currency of this code."""
        return code in CURRENCIES

    def site(self, body: Body) -> int:
        """The site cannot be null, and is one of the shop's."""
        site_id = self.number_of(self.required(body, "siteId", "SiteMissing"), "SiteNotValid")
        return self.known(site_id if self.is_site(site_id) else None, "SiteNotValid")

    def is_site(self, site_id: int) -> bool:
        """Whether the shop has a site of this id."""
        return site_id in SITES

    # Payment and shipping

    def payment(self, body: Body, customer: Customer, countries: Collection[int]) -> Method:
        """The payment method cannot be null, and is valid for the country and for the B2B group, if any."""
        word = "PaymentMethodNotValid"
        method_id = self.number_of(self.required(body, "paymentId", "PaymentMethodMissing"), word)
        method = self.known(PAYMENTS.get(method_id), word)
        if self.payment_fits_country(method, countries) and self.payment_fits_group(method, customer.group):
            return method
        raise RefusedError(400, word)

    def shipping(self, body: Body, customer: Customer, countries: Collection[int]) -> Method:
        """The shipping method cannot be null, and is valid for the country and for the B2B group, if any."""
        word = "ShippingMethodNotValid"
        method_id = self.number_of(self.required(body, "shippingId", "ShippingMethodMissing"), word)
        method = self.known(SHIPPINGS.get(method_id), word)
        if self.shipping_fits_country(method, countries) and self.shipping_fits_group(method, customer.group):
            return method
        raise RefusedError(400, word)

    def payment_fits_country(self, method: Method, countries: Collection[int]) -> bool:
        """Whether a payment method is valid for the chosen country."""
        return self.fits_country(method, countries)

    def payment_fits_group(self, method: Method, group: int | None) -> bool:
        """Whether a payment method is valid for the chosen B2B group."""
        return self.fits_group(method, group)

    def shipping_fits_country(self, method: Method, countries: Collection[int]) -> bool:
        """Whether a shipping method is valid for the chosen country."""
        return self.fits_country(method, countries)

    def shipping_fits_group(self, method: Method, group: int | None) -> bool:
        """Whether a shipping method is valid for the chosen B2B group."""
        return self.fits_group(method, group)

    def fits_country(self, method: Method, countries: Collection[int]) -> bool:
        """Whether a method is for all of these countries."""
        return method.countries is None or method.countries.issuperset(countries)

    def fits_group(self, method: Method, group: int | None) -> bool:
        """Whether a method is for a B2B group; every method is for customers without one."""
        return method.groups is None or group is None or group in method.groups

    # The lines

    def lines(self, body: Body, site_id: int, currency: str) -> list[Line]:
        """The order must contain at least one order line."""
        raw = self.required(body, "orderLines", "OrderLinesMissing")
        if not isinstance(raw, list) or len(raw) > self.most_lines():
            raise RefusedError(400, "OrderLinesNotValid")
        if not raw and not self.may_be_without_lines():
            raise RefusedError(400, "OrderLinesMissing")
        return [self.line(entry, site_id, currency) for entry in raw]

    def most_lines(self) -> int:
        """As many lines as have a number of their own."""
        return 999

    def may_be_without_lines(self) -> bool:
        """Whether an order without any line is accepted."""
        return False

    def line(self, raw: object, site_id: int, currency: str) -> Line:
        """A valid order line. What else it says, as the lines of an existing order do, does not count."""
        if not isinstance(raw, dict):
            raise RefusedError(400, "OrderLineNotValid")
        product = self.sold_product(raw, site_id)
        return Line(
            product_id=product.id,
            name=product.name,
            variant=product.variant,
            quantity=self.quantity(raw),
            unit_price=self.unit_price(product, currency),
            weight=product.weight,
            vat_percent=product.vat_percent,
        )

    def sold_product(self, line: Body, site_id: int) -> Product:
        """The product cannot be null, exists for the site, and is not hidden."""
        number = self.reference(self.required(line, "productId", "ProductMissing"), "ProductNotValid")
        if (product := self.product(number)) is None:
            raise RefusedError(404, "ProductNotFound")
        if self.is_on_site(product, site_id) and self.is_shown(product):
            return product
        raise RefusedError(400, "ProductNotValid")

    def product(self, number: str) -> Product | None:
        """The product of exactly this number, if there is one."""
        return PRODUCTS.get(number)

    def is_on_site(self, product: Product, site_id: int) -> bool:
        """Whether a product exists for a site."""
        return site_id in product.sites

    def is_shown(self, product: Product) -> bool:
        """Whether a product is neither hidden nor deactivated."""
        return not product.hidden

    def quantity(self, line: Body) -> int:
        """The quantity cannot be null, and is a positive whole number; minimum and maximum amounts do not count."""
        number = self.number_of(self.required(line, "quantity", "QuantityMissing"), "QuantityNotValid")
        if self.is_quantity(number):
            return number
        raise RefusedError(400, "QuantityNotValid")

    def is_quantity(self, number: int) -> bool:
        """Whether so many pieces can be ordered."""
        return number > 0

    def unit_price(self, product: Product, currency: str) -> Decimal:
        """The price of one piece without VAT."""
        return product.prices[currency]
