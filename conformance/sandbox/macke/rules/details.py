"""Rules of what is shown of one order: every field of the table "Order Details", and some that only the wire has."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from conformance.sandbox.macke.models import Address, Line, Order
from conformance.sandbox.macke.rules.listing import ListRules
from conformance.sandbox.macke.rules.wire import Document


class DetailRules(ListRules):
    """From an order to its details."""

    def details(self, order: Order) -> Document:
        """The full list of details of one order."""
        return {
            **self.shared(order),
            "lang_code": order.content.lang_code,
            **self.sums(order),
            "invoice_id": self.invoice_id(order),
            "credit_memo_id": self.credit_memo_id(order),
            "doc_ids": self.doc_ids(order),
            **self.payment(order),
            "products": self.products(order),
            "promotion_ids": ",".join(map(str, order.content.promotion_ids)),
            "promotions": self.promotions(order),
            **self.delivery(order),
            "tax_exempt": self.yes_or_no(order.content.tax_exempt),
            "taxes": self.taxes(order),
            "notes": self.notes(order),
            "details": order.content.details,
            **self.address("s", order.content.shipping),
            **self.address("b", order.content.billing),
            "fields": self.mapping({}),
            "secondary_currency": "EUR",
            "updated_at": self.updated_at(order),
            "vendor_ref": self.vendor_ref(order),
        }

    def sums(self, order: Order) -> Document:
        """Everything in money but the total; only what the software computes is a number."""
        content = order.content
        return {
            "discount": self.number(0),
            "subtotal": self.number(content.subtotal),
            "subtotal_discount": self.number(content.subtotal_discount),
            "display_subtotal": self.number(content.subtotal),
            "payment_surcharge": self.number(content.payment_surcharge),
            "shipping_cost": self.money(content.shipping_cost),
            "display_shipping_cost": self.money(content.shipping_cost),
            "tax_subtotal": self.number(0),  # taxes are in the prices
        }

    def doc_ids(self, order: Order) -> Any:
        """The documents of an order: I is its invoice, C its credit memo."""
        ids = {"I": self.invoice_id(order), "C": self.credit_memo_id(order)}
        return self.mapping({kind: number for kind, number in ids.items() if number is not None})

    def payment(self, order: Order) -> Document:
        """How an order is paid."""
        content = order.content
        method = {
            "payment_id": self.integer(content.payment_id),
            "payment": content.payment,
            "description": "",
            "status": "A",
            "a_surcharge": "0.000",
            "tax_ids": self.mapping({}),
            "processor": None,
        }
        info: Any = self.mapping(content.payment_info)
        return {
            "payment_id": method["payment_id"],
            "payment_info": [info] if info and self.literal_types else info or [],
            "payment_method": method,
            "repaid": self.integer(content.repaid),
        }

    def products(self, order: Order) -> Any:
        """The lines of an order by their ids."""
        return self.mapping({str(line.item_id): self.product(order, line) for line in order.content.lines})

    def product(self, order: Order, line: Line) -> Document:
        """One line; how much is left to ship is a number once something was shipped."""
        return {
            "item_id": self.integer(line.item_id),
            "order_id": self.integer(order.order_id),
            "product_id": self.integer(line.product_id),
            "product_code": line.product_code,
            "product": line.product,
            "price": self.money(line.price),
            "amount": self.integer(line.amount),
            "cart_id": self.integer(line.item_id),
            "product_status": "A",
            "deleted_product": False,
            "is_accessible": True,
            "discount": self.number(0),
            "base_price": self.number(line.price),
            "original_price": self.number(line.price),
            "tax_value": self.number(0),
            "subtotal": self.number(line.subtotal),
            "display_subtotal": self.number(line.subtotal),
            "company_id": self.integer(order.company_id),
            "shipped_amount": self.integer(line.shipped) if line.shipped else 0,
            "shipment_amount": line.amount - line.shipped if line.shipped else self.integer(line.amount),
            "extra": {"product": line.product},
        }

    def promotions(self, order: Order) -> Any:
        """The promotions of an order by their ids."""
        ids = order.content.promotion_ids
        return self.listed_mapping({str(one): {"promotion_id": self.integer(one), "name": "Rabatt"} for one in ids})

    def delivery(self, order: Order) -> Document:
        """How an order is delivered; one that needs no shipping names no method."""
        content = order.content
        method = {
            "shipping_id": self.integer(content.shipping_id),
            "shipping": content.shipping_name,
            "rate": self.money(content.shipping_cost),
            "need_shipment": True,
        }
        shipping = [] if content.shipping_id is None else [method]
        return {
            "need_shipping": bool(shipping),
            "shipping_ids": str(content.shipping_id) if shipping else "",
            "need_shipment": bool(shipping),
            "shipment_ids": self.id_list(content.shipment_ids),
            **({"shipping": shipping, "shipping_id": method["shipping_id"]} if shipping else {}),
        }

    def taxes(self, order: Order) -> Any:
        """The taxes of an order by their ids."""
        content = order.content
        if content.tax_id is None:
            return self.mapping({})
        tax = {
            "description": "MwSt. 19%",
            "rate_type": "P",
            "rate_value": "19.000",
            "price_includes_tax": "Y",
            "regnumber": "",
            "priority": self.integer(0),
            "tax_subtotal": self.number(round(content.subtotal * 19 / 119)),
        }
        return self.mapping({str(content.tax_id): tax})

    def notes(self, order: Order) -> str | None:
        """Customer's notes about the order, or null."""
        return order.content.notes

    def address(self, prefix: str, address: Address) -> Document:
        """A shipping (s) or billing (b) address; an empty code has no description."""
        members = asdict(address)
        for code in ("country", "state"):
            if not members[code]:
                del members[f"{code}_descr"]
        return {f"{prefix}_{name}": value for name, value in members.items()}

    def updated_at(self, order: Order) -> str | int | None:
        """Unix time in seconds of the last change."""
        return self.integer(order.updated_at)

    def vendor_ref(self, order: Order) -> str | None:
        """The vendor's own reference, or null."""
        return order.vendor_ref
