"""What is shown of an order and of an order state. Members stand in the order of a data contract: by code point."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from conformance.sandbox.dandomain.models import Line, Order
from conformance.sandbox.dandomain.rules.transport import TransportRules
from conformance.sandbox.dandomain.shop import PAYMENTS, SHIPPINGS, STATES, Method, OrderState, Person
from conformance.sandbox.dandomain.writing import Document, Value

_HUNDREDTH = Decimal("0.01")


class OrderRules(TransportRules):
    """From orders to answers. What is null is there as null."""

    def orders_document(self, orders: Sequence[Order]) -> Value:
        """A list of orders: bare, without envelope."""
        return [self.order_document(order) for order in orders]

    def created_document(self, order: Order) -> Value:
        """What CreateOrder answers: the order, with its new number."""
        return self.order_document(order)

    def order_document(self, order: Order) -> Document:
        """One order."""
        content = order.content
        return {
            "comment": self.comment(order),
            "createdDate": self.created_date(order),
            "creditNoteNumber": None,
            "currencyCode": order.currency_code,
            "customerComment": content.customer_comment,
            "customerInfo": self.customer_document(order),
            "deliveryInfo": self.delivery_document(order),
            "giftCertificateAmount": 0,
            "giftCertificateNumber": None,
            "id": self.number(order),
            "incomplete": self.incomplete(order),
            "invoiceInfo": self.invoice_document(order),
            "ip": content.ip,
            "modified": self.modified(order),
            "modifiedDate": self.modified_date(order),
            "orderLines": self.lines_document(order),
            "orderState": self.order_state(order),
            "paymentInfo": self.payment_document(order),
            "referenceNumber": content.reference_number,
            "referrer": content.referrer,
            **{f"reservedField{place}": text for place, text in enumerate(content.reserved, 1)},
            "salesDiscount": 0,
            "shippingInfo": self.shipping_document(order),
            "siteId": order.site_id,
            "totalPrice": self.total_price(order),
            "totalWeight": self.total_weight(order),
            "trackingNumber": self.tracking_number(order),
            "transactionNumber": content.transaction_number,
            "vatPct": self.vat_percent(order),
            "vatRegNumber": content.customer.cvr,
            "xmlParams": None,
        }

    # Its members

    def number(self, order: Order) -> int:
        """The unique order number."""
        return order.id

    def comment(self, order: Order) -> str:
        """What SetOrderComment set."""
        return order.comment

    def tracking_number(self, order: Order) -> str:
        """What SetTrackNumber set."""
        return order.tracking_number

    def created_date(self, order: Order) -> datetime | None:
        """When the order was created."""
        return order.created

    def modified_date(self, order: Order) -> datetime | None:
        """When the order was last changed; null if never."""
        return order.modified

    def modified(self, order: Order) -> bool:
        """Not whether the order was changed: most likely, whether it waits to be read by another system."""
        return False

    def incomplete(self, order: Order) -> bool:
        """Whether CompleteOrder has not happened yet."""
        return order.incomplete

    def order_state(self, order: Order) -> Document | None:
        """The state, null for an order without."""
        return None if order.state_id is None else self.state_document(STATES[order.state_id])

    def state_document(self, state: OrderState) -> Document:
        """An order state, the same in an order and in GetOrderStates."""
        return {
            "exclStatistics": state.excluded_from_statistics,
            "id": state.id,
            "isDefault": state.is_default,
            "name": state.name,
        }

    def states_document(self) -> Value:
        """All order states."""
        return [self.state_document(state) for state in STATES.values()]

    def customer_document(self, order: Order) -> Document:
        """Who bought: an address with the customer number, a text, and without `cvr`."""
        document = self.address_document(order.content.customer) | {"id": self.customer_id(order)}
        del document["cvr"]
        return dict(sorted(document.items()))

    def customer_id(self, order: Order) -> str:
        """The customer number; empty for a guest."""
        return order.customer_id

    def delivery_document(self, order: Order) -> Document:
        """Where the order goes."""
        return self.address_document(order.content.delivery)

    def address_document(self, person: Person) -> Document:
        """An address."""
        return {
            "address": person.address,
            "address2": person.address2,
            "attention": person.attention,
            "city": person.city,
            "country": person.country,
            "countryId": person.country_id,
            "cvr": person.cvr,
            "ean": person.ean,
            "email": person.email,
            "fax": person.fax,
            "name": person.name,
            "phone": person.phone,
            "state": person.state,
            "zipCode": person.zip_code,
        }

    def invoice_document(self, order: Order) -> Document:
        """The invoice, if there is one; the state is spelt as the vendor does."""
        number = order.content.invoice_number
        return {
            "creditNoteNumber": None,
            "date": None if number is None else order.created,
            "isPaid": number is not None,
            "number": number,
            "state": "RECIEVED",
        }

    def payment_document(self, order: Order) -> Document:
        """How the order is paid."""
        return self.method_document(PAYMENTS[order.payment_id])

    def shipping_document(self, order: Order) -> Document:
        """How the order is sent."""
        return self.method_document(SHIPPINGS[order.shipping_id])

    def method_document(self, method: Method) -> Document:
        """A payment or shipping method."""
        return {
            "fee": method.fee,
            "feeInclVat": method.fee_includes_vat,
            "id": method.id,
            "name": method.name,
        }

    def lines_document(self, order: Order) -> list[Value]:
        """The lines as they were ordered."""
        return [self.line_document(order, line, place) for place, line in enumerate(order.content.lines)]

    def line_document(self, order: Order, line: Line, place: int) -> Document:
        """One line; its product is named by number, a text."""
        return {
            "fileUrl": line.file_url,
            "id": self.line_id(order, place),
            "productId": line.product_id,
            "productName": line.name,
            "quantity": line.quantity,
            "totalPrice": self.line_price(line),
            "unitPrice": line.unit_price,
            "variant": line.variant,
            "vatPct": self.percentage(line.vat_percent),
            "xmlParams": None,
        }

    def line_id(self, order: Order, place: int) -> int:
        """A number of its own for every line of every order; an order has fewer than a thousand."""
        return order.id * 1000 + place

    # Arithmetic

    def line_price(self, line: Line) -> Decimal:
        """Unit price times quantity, without VAT."""
        return line.unit_price * line.quantity

    def price_with_vat(self, line: Line) -> Decimal:
        """The price of a line with VAT."""
        return self.line_price(line) * (100 + line.vat_percent) / 100

    def fees(self, order: Order) -> Decimal:
        """The fees of payment and shipping, as they stand."""
        return PAYMENTS[order.payment_id].fee + SHIPPINGS[order.shipping_id].fee

    def total_price(self, order: Order) -> Decimal:
        """The lines with VAT, and the fees."""
        lines = sum((self.price_with_vat(line) for line in order.content.lines), Decimal(0))
        return (lines + self.fees(order)).quantize(_HUNDREDTH, ROUND_HALF_UP)

    def total_weight(self, order: Order) -> Decimal:
        """The weight of all pieces."""
        return sum((line.weight * line.quantity for line in order.content.lines), Decimal(0))

    def vat_percent(self, order: Order) -> str:
        """The VAT of the order: that of its lines, which have all the same here."""
        return self.percentage(max((line.vat_percent for line in order.content.lines), default=0))

    def percentage(self, percent: int) -> str:
        """A percentage is a text."""
        return str(percent)
