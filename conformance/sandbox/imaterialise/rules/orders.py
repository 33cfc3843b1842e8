"""Rules of the Order Status API, second half: what is shown of an order, and when."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from conformance.sandbox.documents import Document
from conformance.sandbox.imaterialise.models import Address, Item, Order, Status
from conformance.sandbox.imaterialise.rules.messages import Operation
from conformance.sandbox.imaterialise.rules.queries import QueryRules

SITE = "https://i.materialise.com"

_NAMES = (
    "Cancelled",
    "Invalid",
    "Ordered",
    "Processing",
    "InProduction",
    "ReadyToShip",
    "Shipped",
    "Delivered",
)
_PRICE_SCALE = Decimal("0.0001")


class OrderRules(QueryRules):
    """From orders to the answer."""

    def order_status_document(
        self, orders: Sequence[Order], code: int | None, language: str | None
    ) -> Document:
        """The finished answer. An unsupported language is only a warning: the orders are there, in EN."""
        document: Document = {"orders": [self.order_document(order, language or "EN") for order in orders]}
        if code:
            self.place_error(document, self.error(Operation.ORDER_STATUS, code))
        if language is None:
            self.place_warning(document, self.error(Operation.ORDER_STATUS, 109))
        return document

    def place_warning(self, document: Document, warning: Document) -> None:
        """Put the warning into the answer: `warning` at the root, as the vendor's checkout does."""
        document["warning"] = warning

    def order_document(self, order: Order, language: str) -> Document:
        """One order in the sequence of the example; what the example lacks in the sequence of the table."""
        return self.without_absent(
            {
                "orderID": order.id,
                "orderNumber": order.number,
                "orderconfirmationLink": self.confirmation_link(order, language),
                "statusCode": self.status_code(order.status),
                "statusName": self.status_name(order.status),
                "isOnHold": order.on_hold,
                "requestedDate": self.date_time(order.requested),
                "estimatedShipmentDate": self.estimated_shipment_date(order),
                "shipmentDate": self.shipment_date(order),
                "deliveryDate": self.delivery_date(order),
                "trackingNumber": self.tracking_number(order),
                "shipmentService": order.shipment_service,
                "invoiceNumber": self.invoice_number(order),
                "invoiceLink": self.invoice_link(order, language),
                "creditNoteNumber": self.credit_note_number(order),
                "currency": order.currency,
                "totalPrice": order.total,
                "orderRemarks": order.remarks,
                "shippingInfo": self.shipping_document(order.content.shipping),
                "billingInfo": self.billing_document(order.content.billing),
                "orderItems": [self.item_document(item) for item in order.content.items],
            }
        )

    def status_name(self, status: Status) -> str:
        """The word of the code, without spaces."""
        return _NAMES[self.status_code(status)]

    def confirmation_link(self, order: Order, language: str) -> str:
        """Link to the order confirmation in the language of the request; its GUID is not the order's."""
        return f"{SITE}/{language.lower()}/ordering/order-confirmation/{order.confirmation_id}"

    def is_shipped(self, order: Order) -> bool:
        """Status of the order is shipped or higher."""
        return self.status_code(order.status) >= 6

    def is_delivered(self, order: Order) -> bool:
        """Status of the order is delivered (or higher, but there is none)."""
        return self.status_code(order.status) >= 7

    def estimated_shipment_date(self, order: Order) -> str | None:
        """Absent as long as the order has not reached Processing."""
        early = order.status in (Status.DRAFT, Status.PAYMENT_NOK, Status.ORDERED)
        return None if early else self.date_time(order.estimated_shipment)

    def shipment_date(self, order: Order) -> str | None:
        """Shown if shipped or higher."""
        return self.date_time(order.shipment) if self.is_shipped(order) else None

    def delivery_date(self, order: Order) -> str | None:
        """Shown if delivered."""
        return self.date_time(order.delivery) if self.is_delivered(order) else None

    def tracking_number(self, order: Order) -> str | None:
        """Shown if shipped or higher."""
        return order.tracking_number if self.is_shipped(order) else None

    def invoice_number(self, order: Order) -> str | None:
        """Shown if shipped or higher."""
        return order.invoice_number if self.is_shipped(order) else None

    def invoice_link(self, order: Order, language: str) -> str | None:
        """Shown if shipped or higher."""
        link = f"{SITE}/{language.lower()}/ordering/invoice/{order.invoice_number}"
        return link if self.is_shipped(order) else None

    def credit_note_number(self, order: Order) -> str | None:
        """Shown if cancelled and a credit note was created."""
        return order.credit_note_number if order.status == Status.CANCELLED else None

    def shipping_document(self, address: Address) -> Document:
        """Where the order goes: an address without VAT number."""
        document = self.billing_document(address)
        document.pop("vatNumber", None)
        return document

    def billing_document(self, address: Address) -> Document:
        """Who pays; company and VAT number only of a company."""
        return self.without_absent(
            {
                "firstName": address.first_name,
                "lastName": address.last_name,
                "email": address.email,
                "phone": address.phone,
                "company": address.company,
                "vatNumber": address.vat_number,
                "line1": address.line1,
                "line2": address.line2,
                "countryCode": address.country_code,
                "stateCode": address.state_code,
                "zipCode": address.zip_code,
                "city": address.city,
            }
        )

    def item_document(self, item: Item) -> Document:
        """One line of the order."""
        return self.without_absent(
            {
                "cartItemID": item.cart_item_id,
                "cartItemReference": item.reference,
                "toolID": item.tool_id,
                "modelID": item.model_id,
                "orderItemName": item.name,
                "previewPictureUrl": item.preview_url,
                "materialID": item.material_id,
                "materialName": item.material_name,
                "finishID": item.finish_id,
                "finishName": item.finish_name,
                "xDimMm": item.x,
                "yDimMm": item.y,
                "zDimMm": item.z,
                "volumeCm3": item.volume,
                "surfaceCm2": item.surface,
                "quantity": item.quantity,
                "orderItemPrice": item.price,
                "orderItemUnitPrice": self.unit_price(item),
            }
        )

    def unit_price(self, item: Item) -> Decimal:
        """orderItemPrice / quantity, at the scale of prices."""
        return (item.price / item.quantity).quantize(_PRICE_SCALE)
