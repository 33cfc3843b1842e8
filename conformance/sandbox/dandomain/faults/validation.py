"""Faults in the validation of a new order but for its lines: what must be refused is accepted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.shop import MAIN_SITE, PAYMENTS, SHIPPINGS, Customer, Method, Product
from conformance.sandbox.faults import breaks

Body = Mapping[str, object]


class _FillsInMissing(Rules):
    """Takes a value of its own where a member of the order is missing."""

    member = ""
    value: Any = None

    def new_order(self, body: Body, now: datetime) -> Order:
        return super().new_order({self.member: self.value, **body}, now)


class _FillsInNull(Rules):
    """Takes a value of its own where a member of the order is null."""

    member = ""
    value: Any = None

    def new_order(self, body: Body, now: datetime) -> Order:
        null = self.member in body and body[self.member] is None
        return super().new_order({**body, self.member: self.value} if null else body, now)


@breaks("DD-120")
class FillsInAMissingCustomer(_FillsInMissing):
    """CreateOrder takes customer 17 where customerId is missing."""

    member, value = "customerId", "17"


@breaks("DD-121")
class FillsInANullCustomer(_FillsInNull):
    """CreateOrder takes customer 17 where customerId is null."""

    member, value = "customerId", "17"


@breaks("DD-122")
class FillsInAMissingCurrency(_FillsInMissing):
    """CreateOrder takes DKK where currencyCode is missing."""

    member, value = "currencyCode", "DKK"


@breaks("DD-123")
class FillsInANullCurrency(_FillsInNull):
    """CreateOrder takes DKK where currencyCode is null."""

    member, value = "currencyCode", "DKK"


@breaks("DD-124")
class FillsInAMissingSite(_FillsInMissing):
    """CreateOrder takes the main site where siteId is missing."""

    member, value = "siteId", MAIN_SITE


@breaks("DD-125")
class FillsInANullSite(_FillsInNull):
    """CreateOrder takes the main site where siteId is null."""

    member, value = "siteId", MAIN_SITE


@breaks("DD-126")
class FillsInAMissingPayment(_FillsInMissing):
    """CreateOrder takes a payment method of its own where paymentId is missing."""

    member, value = "paymentId", 60


@breaks("DD-127")
class FillsInANullPayment(_FillsInNull):
    """CreateOrder takes a payment method of its own where paymentId is null."""

    member, value = "paymentId", 60


@breaks("DD-128")
class FillsInAMissingShipping(_FillsInMissing):
    """CreateOrder takes a shipping method of its own where shippingId is missing."""

    member, value = "shippingId", 67


@breaks("DD-129")
class FillsInANullShipping(_FillsInNull):
    """CreateOrder takes a shipping method of its own where shippingId is null."""

    member, value = "shippingId", 67


@breaks("DD-130")
class AcceptsAnyPaymentCountry(Rules):
    """CreateOrder checks shipping methods only against the country."""

    def payment_fits_country(self, method: Method, countries: Collection[int]) -> bool:
        return True


@breaks("DD-131")
class IgnoresTheGroupOfPayment(Rules):
    """CreateOrder does not check payment methods against the B2B group."""

    def payment_fits_group(self, method: Method, group: int | None) -> bool:
        return True


@breaks("DD-132")
class AcceptsAnyShippingCountry(Rules):
    """CreateOrder checks payment methods only against the country."""

    def shipping_fits_country(self, method: Method, countries: Collection[int]) -> bool:
        return True


@breaks("DD-133")
class IgnoresTheGroupOfShipping(Rules):
    """CreateOrder does not check shipping methods against the B2B group."""

    def shipping_fits_group(self, method: Method, group: int | None) -> bool:
        return True


@breaks("DD-134")
class TakesUnknownPaymentsForTheDefault(Rules):
    """CreateOrder takes a payment method of its own for one that does not exist."""

    def payment(self, body: Body, customer: Customer, countries: Collection[int]) -> Method:
        unknown = isinstance(asked := body.get("paymentId"), int) and asked not in PAYMENTS
        return super().payment({**body, "paymentId": 60} if unknown else body, customer, countries)


@breaks("DD-135")
class TakesUnknownShippingsForTheDefault(Rules):
    """CreateOrder takes a shipping method of its own for one that does not exist."""

    def shipping(self, body: Body, customer: Customer, countries: Collection[int]) -> Method:
        unknown = isinstance(asked := body.get("shippingId"), int) and asked not in SHIPPINGS
        return super().shipping({**body, "shippingId": 67} if unknown else body, customer, countries)


@breaks("DD-157")
class SellsOnUnknownSites(Rules):
    """CreateOrder does not look whether a site exists, and sells what every site has."""

    def is_site(self, site_id: int) -> bool:
        return True

    def is_on_site(self, product: Product, site_id: int) -> bool:
        return super().is_on_site(product, site_id if super().is_site(site_id) else MAIN_SITE)
