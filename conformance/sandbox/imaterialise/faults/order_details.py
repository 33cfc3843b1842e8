"""Faults of the dates, prices, documents and parts of an order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import Sometimes
from conformance.sandbox.imaterialise.faults._members import ChangesOrders, is_now, lost, made, null, stretched
from conformance.sandbox.imaterialise.models import Order
from conformance.sandbox.imaterialise.rules import Rules

# Its dates


@breaks("OS-117")
class WritesDaysOnly(ChangesOrders):
    """Writes requestedDate without the time."""

    edit = made("requestedDate", lambda text: text[:10])


@breaks("OS-117")
class WritesTheZone(ChangesOrders):
    """Writes Z behind requestedDate."""

    edit = made("requestedDate", lambda text: f"{text}Z")


@breaks("OS-117")
class WritesDatesWithASpace(ChangesOrders):
    """Writes a space for the T in requestedDate."""

    edit = made("requestedDate", lambda text: text.replace("T", " "))


@breaks("OS-117")
class HidesTheDateOfRequest(ChangesOrders):
    """Leaves requestedDate out."""

    edit = lost("requestedDate")


@breaks("OS-117")
class ShowsTheDateOfTheLastChange(Rules):
    """Makes requestedDate the time of the cancellation when an order is cancelled."""

    def effect(self, order: Order) -> dict[str, Any]:
        return {**super().effect(order), "requested": datetime(2020, 2, 2)}


@breaks("OS-118")
class WritesEstimatesAsDays(ChangesOrders):
    """Writes estimatedShipmentDate as DD/MM/YYYY."""

    edit = made("estimatedShipmentDate", lambda text: f"{text[8:10]}/{text[5:7]}/{text[:4]}")


_WITH_ESTIMATES = made("orders", lambda orders: [{"estimatedShipmentDate": None, **order} for order in orders])


@breaks("OS-118")
class SendsNullForNoEstimate(Rules):
    """Sends estimatedShipmentDate null in JSON before an order is in processing."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        if "json" in media_type and "orders" in document:
            document = _WITH_ESTIMATES(document)
        return super().write(document, root, media_type)


@breaks("OS-119")
class WritesShipmentAsDay(ChangesOrders):
    """Writes shipmentDate without the time."""

    edit = made("shipmentDate", lambda text: text[:10])


@breaks("OS-120")
class WritesDeliveryAsNumber(ChangesOrders):
    """Writes deliveryDate as milliseconds since 1970."""

    edit = made("deliveryDate", lambda text: f"/Date({int(datetime.fromisoformat(text).timestamp() * 1000)})/")


# Its shipment and bill


@breaks("OS-121")
class WritesLongTrackingNumbers(ChangesOrders):
    """Writes trackingNumber 21 characters long."""

    edit = stretched("trackingNumber", 21)


@breaks("OS-121")
class WritesTrackingNumbersAsNumbers(ChangesOrders):
    """Writes trackingNumber as a number in JSON."""

    edit = made("trackingNumber", lambda number: int(number[2:]))


@breaks("OS-122")
class WritesTheServiceAsObject(ChangesOrders):
    """Writes shipmentService as an object."""

    edit = made("shipmentService", lambda name: {"name": name})


@breaks("OS-122")
class CountsShipmentServices(ChangesOrders):
    """Writes shipmentService as a number in JSON."""

    edit = made("shipmentService", len)


@breaks("OS-123")
class WritesLongInvoiceNumbers(ChangesOrders):
    """Writes invoiceNumber eleven characters long."""

    edit = stretched("invoiceNumber", 11)


@breaks("OS-123")
class WritesInvoiceNumbersAsNumbers(ChangesOrders):
    """Writes invoiceNumber as a number in JSON."""

    edit = made("invoiceNumber", lambda number: int(number[3:]))


@breaks("OS-124")
class WritesTheInvoiceLinkAsObject(ChangesOrders):
    """Writes invoiceLink as an object with a href."""

    edit = made("invoiceLink", lambda link: {"href": link})


@breaks("OS-125")
class WritesLongCreditNoteNumbers(ChangesOrders):
    """Writes creditNoteNumber eleven characters long."""

    edit = stretched("creditNoteNumber", 11)


@breaks("OS-125")
class WritesCreditNotesAsList(ChangesOrders):
    """Writes creditNoteNumber as a list in JSON."""

    edit = made("creditNoteNumber", lambda number: [number])

    def item_name(self, member: str) -> str:
        return "String" if member == "creditNoteNumber" else super().item_name(member)


# Its price and remarks


@breaks("OS-129")
class WritesCurrencySigns(ChangesOrders):
    """Writes € and $ for the codes of currencies."""

    edit = made("currency", {"EUR": "€", "USD": "$"}.__getitem__)


@breaks("OS-129")
class WritesCurrenciesSmall(ChangesOrders):
    """Writes the code of a currency in small letters."""

    edit = made("currency", str.lower)


@breaks("OS-129")
class SometimesForgetsTheCurrency(Sometimes):
    """Leaves currency out of one order in four."""

    def order_document(self, order: Order, language: str) -> Document:
        document = super().order_document(order, language)
        if self.is_turn():
            document.pop("currency")
        return document


@breaks("OS-130")
class WritesTotalsAsText(ChangesOrders):
    """Writes totalPrice as a text in JSON."""

    edit = made("totalPrice", str)


@breaks("OS-130")
class WritesTotalsWithAComma(ChangesOrders):
    """Writes totalPrice with a comma for the point."""

    edit = made("totalPrice", lambda price: str(price).replace(".", ","))


@breaks("OS-130")
class ForgetsTheTotalOfUnpaidOrders(Rules):
    """Leaves totalPrice out of orders that are not paid."""

    def order_document(self, order: Order, language: str) -> Document:
        document = super().order_document(order, language)
        if not order.paid:
            document.pop("totalPrice")
        return document


@breaks("OS-131")
class WritesLongRemarks(ChangesOrders):
    """Writes orderRemarks 251 characters long."""

    edit = stretched("orderRemarks", 251)


@breaks("OS-131")
class SendsNullForRemarks(ChangesOrders):
    """Sends orderRemarks null in JSON."""

    edit = null("orderRemarks")


# Its parts


@breaks("OS-132")
class LosesTheShippingInfo(ChangesOrders):
    """Leaves shippingInfo out."""

    edit = lost("shippingInfo")


@breaks("OS-132", "OS-140")
class EmptiesTheShippingInfo(ChangesOrders):
    """Shows shippingInfo without a member."""

    edit = is_now("shippingInfo", {})


@breaks("OS-133")
class LosesTheBillingInfo(ChangesOrders):
    """Leaves billingInfo out."""

    edit = lost("billingInfo")


@breaks("OS-133")
class SendsNullForBillingInfo(ChangesOrders):
    """Sends billingInfo null in JSON."""

    edit = null("billingInfo")


@breaks("OS-134")
class LosesTheItems(ChangesOrders):
    """Leaves orderItems out."""

    edit = lost("orderItems")


@breaks("OS-134")
class ShowsNoItems(ChangesOrders):
    """Shows orderItems without an item."""

    edit = is_now("orderItems", [])


@breaks("OS-134")
class ShowsASingleItemBare(ChangesOrders):
    """Shows a single item without a list around it."""

    edit = made("orderItems", lambda items: items[0] if len(items) == 1 else items)
