"""Faults of members that depend on each other: on the status of the order, or on another number."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import KnowsTheCall
from conformance.sandbox.imaterialise.models import Item, Order, Status
from conformance.sandbox.imaterialise.rules import Rules

# The status and its name


@breaks("OS-200")
class SwapsShippedAndDelivered(Rules):
    """Calls shipped orders Delivered, and delivered ones Shipped."""

    def status_name(self, status: Status) -> str:
        swapped = {Status.SHIPPED: Status.DELIVERED, Status.DELIVERED: Status.SHIPPED}
        return super().status_name(swapped.get(status, status))


@breaks("OS-200")
class CallsOrdersOnHoldProcessing(Rules):
    """Writes the statusName Processing for every order on hold, whatever its statusCode."""

    def order_document(self, order: Order, language: str) -> Document:
        document = super().order_document(order, language)
        return {**document, "statusName": "Processing"} if order.on_hold else document


@breaks("OS-200")
class KeepsTheNameOfCancelledOrders(KnowsTheCall):
    """Calls cancelled orders Ordered when they are asked for by number."""

    def status_name(self, status: Status) -> str:
        wrong = status == Status.CANCELLED and self.asked("number")
        return super().status_name(Status.ORDERED if wrong else status)


# Shown too early


@breaks("OS-201")
class ShipsOnPaper(Rules):
    """Shows shipmentDate of orders that are only ready to ship."""

    def shipment_date(self, order: Order) -> str | None:
        ready = order.status == Status.READY_TO_SHIP
        return self.date_time(order.shipment) if ready else super().shipment_date(order)


@breaks("OS-201")
class KeepsAShipmentDateOfCancelledOrders(Rules):
    """Shows shipmentDate of cancelled orders."""

    def shipment_date(self, order: Order) -> str | None:
        return self.date_time(order.shipment) if order.status == Status.CANCELLED else super().shipment_date(order)


@breaks("OS-202")
class DeliversOnPaper(Rules):
    """Shows deliveryDate of orders that are only shipped."""

    def is_delivered(self, order: Order) -> bool:
        return self.is_shipped(order)


@breaks("OS-203")
class TracksTooEarly(Rules):
    """Shows trackingNumber of orders that are only ready to ship."""

    def tracking_number(self, order: Order) -> str | None:
        return order.tracking_number if order.status == Status.READY_TO_SHIP else super().tracking_number(order)


@breaks("OS-204")
class NumbersInvoicesTooEarly(Rules):
    """Shows invoiceNumber of orders in production."""

    def invoice_number(self, order: Order) -> str | None:
        return order.invoice_number if order.status == Status.IN_PRODUCTION else super().invoice_number(order)


@breaks("OS-205")
class LinksInvoicesTooEarly(Rules):
    """Shows invoiceLink of every paid order."""

    def invoice_link(self, order: Order, language: str) -> str | None:
        return f"https://i.materialise.com/invoice/{order.invoice_number}" if order.paid else None


@breaks("OS-206")
class CreditsWhatIsNotCancelled(Rules):
    """Shows creditNoteNumber of invalid orders."""

    def credit_note_number(self, order: Order) -> str | None:
        invalid = order.status in (Status.DRAFT, Status.PAYMENT_NOK)
        return f"ICN{order.number[3:]}" if invalid else super().credit_note_number(order)


@breaks("OS-201", "OS-203", "OS-204", "OS-205")
class CallsReadyShipped(Rules):
    """Shows of orders that are ready to ship what only shipped ones show."""

    def is_shipped(self, order: Order) -> bool:
        return self.status_code(order.status) >= 5


# Not shown


@breaks("OS-208")
class HidesInvoiceNumbersOfDeliveredOrders(Rules):
    """Leaves invoiceNumber out once an order is delivered."""

    def invoice_number(self, order: Order) -> str | None:
        return None if self.is_delivered(order) else super().invoice_number(order)


@breaks("OS-208")
class EmptiesInvoiceNumbers(Rules):
    """Shows invoiceNumber of shipped orders as an empty text."""

    def invoice_number(self, order: Order) -> str | None:
        return "" if self.is_shipped(order) else None


@breaks("OS-209")
class HidesInvoiceLinks(Rules):
    """Never shows invoiceLink."""

    def invoice_link(self, order: Order, language: str) -> str | None:
        return None


@breaks("OS-210")
class HoldsNothing(Rules):
    """Shows isOnHold false for every order."""

    def order_document(self, order: Order, language: str) -> Document:
        return {**super().order_document(order, language), "isOnHold": False}


@breaks("OS-210")
class TurnsHoldsRound(Rules):
    """Shows isOnHold true for orders that are not on hold, and false for those that are."""

    def order_document(self, order: Order, language: str) -> Document:
        return {**super().order_document(order, language), "isOnHold": not order.on_hold}


@breaks("OS-210")
class HoldsOnlyInProduction(Rules):
    """Shows isOnHold true only for orders in production."""

    def order_document(self, order: Order, language: str) -> Document:
        held = order.on_hold and order.status == Status.IN_PRODUCTION
        return {**super().order_document(order, language), "isOnHold": held}


# Unit prices


@breaks("OS-207")
class DoesNotDivideByTheQuantity(Rules):
    """Shows orderItemPrice as orderItemUnitPrice."""

    def unit_price(self, item: Item) -> Decimal:
        return item.price


@breaks("OS-207")
class RoundsUnitPrices(Rules):
    """Shows orderItemUnitPrice in whole euros."""

    def unit_price(self, item: Item) -> Decimal:
        return super().unit_price(item).quantize(Decimal(1))


@breaks("OS-207")
class AddsTaxToUnitPrices(Rules):
    """Shows orderItemUnitPrice with VAT, and orderItemPrice without."""

    def unit_price(self, item: Item) -> Decimal:
        return (super().unit_price(item) * Decimal("1.21")).quantize(Decimal("0.0001"))


# Between answers


@breaks("OS-130", "OS-008")
class ShowsAnotherTotalAlone(KnowsTheCall):
    """Shows totalPrice without VAT when an order is asked for by number."""

    def order_document(self, order: Order, language: str) -> Document:
        document: dict[str, Any] = super().order_document(order, language)
        if self.asked("number"):
            document["totalPrice"] = (order.total / Decimal("1.21")).quantize(Decimal("0.01"))
        return document


@breaks("OS-131", shows="OS-020")
class CutsRemarksAlone(KnowsTheCall):
    """Cuts orderRemarks after eight characters when an order is asked for by id."""

    def order_document(self, order: Order, language: str) -> Document:
        document: dict[str, Any] = super().order_document(order, language)
        if self.asked("id") and order.remarks:
            document["orderRemarks"] = order.remarks[:8]
        return document


@breaks("OS-140")
class LosesAccentsAlone(KnowsTheCall):
    """Loses the letters beyond ASCII in the first name of shippingInfo when an order is asked for by number."""

    def order_document(self, order: Order, language: str) -> Document:
        document: dict[str, Any] = super().order_document(order, language)
        if self.asked("number"):
            name = document["shippingInfo"]["firstName"]
            document["shippingInfo"]["firstName"] = name.encode("ascii", "ignore").decode()
        return document


@breaks("OS-134", shows="OS-050")
class ShowsTheFirstItemInLists(KnowsTheCall):
    """Shows only the first item of an order in a list by dates."""

    def order_document(self, order: Order, language: str) -> Document:
        document: dict[str, Any] = super().order_document(order, language)
        if self.asked("dateTo"):
            document["orderItems"] = document["orderItems"][:1]
        return document


@breaks("OS-117", shows="OC-052")
class RequestsEveryOrderNow(KnowsTheCall):
    """Shows the time of the question as requestedDate when an order is asked for by number."""

    def order_document(self, order: Order, language: str) -> Document:
        document = super().order_document(order, language)
        return {**document, "requestedDate": self.date_time(self.call.now)} if self.asked("number") else document
