"""Faults of the fields about money: sums, payment, taxes, invoices."""

from __future__ import annotations

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._members import (
    Details,
    Rows,
    Shown,
    comma,
    euros,
    false_if_empty,
    null_if_empty,
    serialized,
    text_if_empty,
    thousands,
    truth,
    wrapped,
)
from conformance.sandbox.members import listed, null


@breaks("MK-211")
class WritesTotalsWithComma(Shown):
    """Every total has a comma before its cents."""

    change = "total", comma


@breaks("MK-211")
class WritesTotalsWithThousands(Details):
    """The details show a total with commas between thousands, or with a currency."""

    change = "total", thousands


@breaks("MK-211")
class NullsTotals(Rows):
    """The list shows null as a total of zero."""

    change = "total", null_if_empty


@breaks("MK-212")
class WritesNoDiscountAsFalse(Details):
    """The details show false where there is no discount."""

    change = "discount", false_if_empty


@breaks("MK-212")
class WritesDiscountsInPercent(Details):
    """The details show the discount in percent."""

    change = "discount", lambda sum_: f"{sum_}%"


@breaks("MK-213")
class WritesSubtotalsWithThousands(Details):
    """The details show the subtotal with commas between thousands, or with a currency."""

    change = "subtotal", thousands


@breaks("MK-213")
class ListsSubtotals(Details):
    """The details show the subtotal as a list."""

    change = "subtotal", listed


@breaks("MK-214")
class NullsDiscountsOfNothing(Details):
    """The details show null where nothing is taken off the subtotal."""

    change = "subtotal_discount", null_if_empty


@breaks("MK-214")
class WritesDiscountsWithComma(Details):
    """The details show the discount on the subtotal with a comma."""

    change = "subtotal_discount", comma


@breaks("MK-215")
class FormatsTheDisplayedSubtotal(Details):
    """The details show the subtotal to be displayed with the sign of the currency."""

    change = "display_subtotal", euros


@breaks("MK-215")
class WrapsTheDisplayedSubtotal(Details):
    """The details show the subtotal to be displayed inside an object."""

    change = "display_subtotal", wrapped


@breaks("MK-218")
class NamesThePayment(Details):
    """The details show a word as payment_id."""

    change = "payment_id", lambda number: f"payment-{number}"


@breaks("MK-218")
class NullsThePayment(Details):
    """The details show null as payment_id."""

    change = "payment_id", null


@breaks("MK-219")
class SerializesPaymentInfo(Details):
    """The details show payment_info as PHP stores it: as text."""

    change = "payment_info", serialized


@breaks("MK-219")
class NullsPaymentInfo(Details):
    """The details show null where there is no payment_info."""

    change = "payment_info", null_if_empty


@breaks("MK-220")
class NamesThePaymentMethod(Details):
    """The details show the name of the payment method in place of the object."""

    change = "payment_method", lambda method: method["payment"]


@breaks("MK-220")
class ListsThePaymentMethod(Details):
    """The details show the payment method inside a list."""

    change = "payment_method", listed


@breaks("MK-221")
class WritesSurchargesWithComma(Details):
    """The details show the payment surcharge with a comma."""

    change = "payment_surcharge", comma


@breaks("MK-221")
class WritesNoSurchargeAsFalse(Details):
    """The details show false where there is no payment surcharge."""

    change = "payment_surcharge", false_if_empty


@breaks("MK-232")
class WritesFreeShipping(Details):
    """The details show a word where shipping costs nothing."""

    change = "shipping_cost", lambda cost: "free" if cost == "0.00" else cost


@breaks("MK-232")
class WritesShippingCostsWithComma(Details):
    """The details show the shipping cost with a comma."""

    change = "shipping_cost", comma


@breaks("MK-233")
class FormatsTheDisplayedShippingCost(Details):
    """The details show the shipping cost to be displayed with the sign of the currency."""

    change = "display_shipping_cost", euros


@breaks("MK-233")
class NullsTheDisplayedShippingCost(Details):
    """The details show null as shipping cost to be displayed where there is none."""

    change = "display_shipping_cost", null_if_empty


@breaks("MK-235")
class WritesTaxesInPercent(Details):
    """The details show the rate of the tax as its sum."""

    change = "tax_subtotal", lambda _: "19%"


@breaks("MK-235")
class WritesNoTaxAsFalse(Details):
    """The details show false as a tax of zero."""

    change = "tax_subtotal", false_if_empty


@breaks("MK-236")
class ListsTaxes(Details):
    """The details show the taxes as a list."""

    change = "taxes", lambda taxes: [*taxes.values()] if taxes else []


@breaks("MK-236")
class NullsTaxes(Details):
    """The details show null where there are no taxes."""

    change = "taxes", null_if_empty


@breaks("MK-216")
class NamesInvoices(Details):
    """The details show an invoice_id with letters before it."""

    change = "invoice_id", lambda number: number and f"RE-{number}"


@breaks("MK-216")
class WritesNoInvoiceAsFalse(Details):
    """The details show false where there is no invoice."""

    change = "invoice_id", false_if_empty


@breaks("MK-216")
class WritesNoInvoiceAsText(Rows):
    """The list shows an empty text where there is no invoice."""

    change = "invoice_id", text_if_empty


@breaks("MK-217")
class WritesNoCreditMemoAsText(Details):
    """The details show an empty text where there is no credit memo."""

    change = "credit_memo_id", text_if_empty


@breaks("MK-222")
class AnswersWhetherRepaid(Details):
    """The details show repaid as true or false."""

    change = "repaid", truth


@breaks("MK-222")
class WritesRepaidAsLetter(Details):
    """The details show repaid as Y or N."""

    change = "repaid", lambda count: "N" if count == "0" else "Y"


@breaks("MK-217")
class WrapsCreditMemos(Details):
    """The details show credit_memo_id inside an object."""

    change = "credit_memo_id", wrapped
