"""Faults of the filters by customer, address and invoice."""

from __future__ import annotations

from sqlalchemy import String, and_, cast, func, literal, or_, select

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import Rules
from conformance.sandbox.macke.rules.listing import Condition


def or_all(found: Condition | None) -> Condition | None:
    """A filter that counts only where it finds something."""
    if found is None:
        return None
    anything = select(literal(1)).select_from(Order).where(found).correlate(None).exists()
    return or_(found, ~anything)


# Customer


@breaks("MK-090", "MK-092")
class IgnoresTheCustomer(Rules):
    """user_id is ignored."""

    def of_users(self, texts: list[str]) -> Condition | None:
        return None


@breaks("MK-090")
class FindsCustomersByTheirFirstDigits(Rules):
    """user_id=3 lists the orders of customer 31 too."""

    def of_users(self, texts: list[str]) -> Condition | None:
        numbers = [text for text in texts if text != "0"]
        return or_(*(cast(Order.user_id, String).startswith(text) for text in numbers)) if numbers else None


@breaks("MK-090")
class LosesTheNewestOrderOfACustomer(Rules):
    """user_id lists all orders of a customer but the newest."""

    def of_users(self, texts: list[str]) -> Condition | None:
        found = super().of_users(texts)
        if found is None:
            return None
        newest = select(func.max(Order.timestamp)).where(found).correlate(None).scalar_subquery()
        return and_(found, Order.timestamp < newest)


@breaks("MK-090")
class LosesDeclinedOrdersOfACustomer(Rules):
    """user_id leaves out a customer's declined orders."""

    def of_users(self, texts: list[str]) -> Condition | None:
        found = super().of_users(texts)
        return None if found is None else and_(found, Order.status != "D")


@breaks("MK-092")
class ListsEverythingForAnUnknownCustomer(Rules):
    """A user_id without orders lists all orders."""

    def of_users(self, texts: list[str]) -> Condition | None:
        return or_all(super().of_users(texts))


@breaks("MK-092")
class ListsGuestsForAnUnknownCustomer(Rules):
    """A user_id of more than six digits is taken for 0, and lists the orders of guests."""

    def of_users(self, texts: list[str]) -> Condition | None:
        return Order.user_id == 0 if texts and len(texts[0]) > 6 else super().of_users(texts)


# Address


@breaks("MK-093")
class FindsNoGuestsByAddress(Rules):
    """email lists only orders of registered customers."""

    def with_email(self, text: str) -> Condition | None:
        found = super().with_email(text)
        return None if found is None else and_(found, Order.user_id != 0)


@breaks("MK-093")
class LosesAddressesWithCapitals(Rules):
    """email is made small before it is compared, and the stored address is not."""

    def with_email(self, text: str) -> Condition | None:
        return Order.email == text.lower() if text else None


@breaks("MK-093")
class FindsOneOrderOfAnAddress(Rules):
    """email lists the newest order of an address only."""

    def with_email(self, text: str) -> Condition | None:
        found = super().with_email(text)
        if found is None:
            return None
        newest = select(func.max(Order.timestamp)).where(found).correlate(None).scalar_subquery()
        return and_(found, Order.timestamp == newest)


@breaks("MK-094", "MK-096")
class IgnoresTheAddress(Rules):
    """email is ignored."""

    def with_email(self, text: str) -> Condition | None:
        return None


@breaks("MK-094", "MK-096")
class ComparesTheDomainOnly(Rules):
    """email lists the orders of everybody at the same provider."""

    def with_email(self, text: str) -> Condition | None:
        return Order.email.iendswith(text.partition("@")[2] or text, autoescape=True) if text else None


@breaks("MK-094")
class FindsAllGuestsByAddress(Rules):
    """email lists the orders of all guests too."""

    def with_email(self, text: str) -> Condition | None:
        found = super().with_email(text)
        return None if found is None else or_(found, Order.user_id == 0)


@breaks("MK-096")
class ListsEverythingForAnUnknownAddress(Rules):
    """An e-mail address that no order has lists all orders."""

    def with_email(self, text: str) -> Condition | None:
        return or_all(super().with_email(text))


# Invoice


@breaks("MK-097")
class TakesTheInvoiceForTheOrder(Rules):
    """invoice_id is compared with order_id."""

    def with_invoice(self, text: str) -> Condition | None:
        return Order.order_id == (self.leading_integer(text) or 0) if text else None


@breaks("MK-097")
class FindsInvoicesByTheirFirstDigits(Rules):
    """invoice_id lists all orders whose invoice begins with the same four digits."""

    def with_invoice(self, text: str) -> Condition | None:
        found = super().with_invoice(text)
        return found if found is None else cast(Order.invoice_id, String).startswith(text[:4])


@breaks("MK-097")
class FindsTheNextInvoiceToo(Rules):
    """invoice_id lists the orders with that invoice and with all later ones."""

    def with_invoice(self, text: str) -> Condition | None:
        found = super().with_invoice(text)
        return found if found is None else Order.invoice_id >= (self.leading_integer(text) or 0)


@breaks("MK-097")
class LosesInvoicesOfProcessedOrders(Rules):
    """invoice_id does not find the invoice of an order in the status P."""

    def with_invoice(self, text: str) -> Condition | None:
        found = super().with_invoice(text)
        return found if found is None else and_(found, Order.status != "P")


@breaks("MK-098")
class ListsEverythingForAnUnknownInvoice(Rules):
    """An invoice_id that does not exist lists all orders."""

    def with_invoice(self, text: str) -> Condition | None:
        return or_all(super().with_invoice(text))


@breaks("MK-098")
class ListsOrdersWithoutAnyInvoice(Rules):
    """An invoice_id of more than eight digits lists the orders that have no invoice."""

    def with_invoice(self, text: str) -> Condition | None:
        return Order.invoice_id.is_(None) if len(text) > 8 else super().with_invoice(text)
