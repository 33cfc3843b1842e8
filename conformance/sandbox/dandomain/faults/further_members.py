"""Faults in the dates, the sums and the further members of an order: other types, other forms."""

from __future__ import annotations

from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._shown import MemberRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.writing import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.members import changed, null


@breaks("DD-316")
class ShowsIncompleteAsNumber(MemberRules):
    """incomplete is 0 or 1."""

    instead = "incomplete", int


@breaks("DD-316")
class ShowsIncompleteAsText(MemberRules):
    """incomplete is a text."""

    instead = "incomplete", str


@breaks("DD-317")
class ShowsNullForTheCreation(MemberRules):
    """createdDate is null."""

    instead = "createdDate", null


@breaks("DD-317")
class ShowsTheCreationAsNumber(MemberRules):
    """createdDate is a number of seconds."""

    instead = "createdDate", lambda value: int(value.timestamp())


@breaks("DD-317")
class ShowsTheCreationInWords(MemberRules):
    """createdDate is written as Danes write it."""

    instead = "createdDate", lambda value: f"{value:%d-%m-%Y %H:%M}"


@breaks("DD-318")
class ShowsTheModificationAsDay(MemberRules):
    """modifiedDate is a day without time."""

    instead = "modifiedDate", lambda value: value and f"{value:%Y-%m-%d}"


@breaks("DD-318")
class ShowsAnEmptyModification(MemberRules):
    """modifiedDate is an empty text for an order that was never modified."""

    instead = "modifiedDate", lambda value: value or ""


@breaks("DD-319")
class ShowsModifiedAsText(MemberRules):
    """modified is a text."""

    instead = "modified", str


@breaks("DD-319")
class ShowsNullForModified(MemberRules):
    """modified is null."""

    instead = "modified", null


@breaks("DD-320")
class ShowsInvoicesPaidAsNumber(MemberRules):
    """The isPaid in invoiceInfo is 0 or 1."""

    instead = "invoiceInfo.isPaid", int


@breaks("DD-320")
class ShowsInvoicesAsNumber(MemberRules):
    """invoiceInfo is the number of the invoice, or 0."""

    instead = "invoiceInfo", lambda value: value["number"] or 0


@breaks("DD-320")
class ShowsInvoiceNumbersAsText(MemberRules):
    """The number in invoiceInfo is a text."""

    instead = "invoiceInfo.number", lambda value: "" if value is None else str(value)


@breaks("DD-321")
class ShowsTotalsAsText(MemberRules):
    """totalPrice is a text."""

    instead = "totalPrice", str


@breaks("DD-321")
class ShowsNullForTotals(MemberRules):
    """totalPrice is null."""

    instead = "totalPrice", null


@breaks("DD-322")
class ShowsVatAsNumber(MemberRules):
    """vatPct is a number."""

    instead = "vatPct", int


@breaks("DD-323")
class ShowsWeightsWithUnit(MemberRules):
    """totalWeight is a text with its unit."""

    instead = "totalWeight", lambda value: f"{value} kg"


@breaks("DD-323")
class ShowsNullForDiscounts(MemberRules):
    """salesDiscount is null."""

    instead = "salesDiscount", null


@breaks("DD-324")
class ShowsTransactionsAsNumber(MemberRules):
    """transactionNumber is a number."""

    instead = "transactionNumber", lambda value: int(value or 0)


@breaks("DD-324")
class ShowsCreditNotesAsFalse(MemberRules):
    """creditNoteNumber is false where there is none."""

    instead = "creditNoteNumber", lambda value: value or False


@breaks("DD-325")
class ShowsAddressesOfOriginAsLists(MemberRules):
    """ip is a list of numbers."""

    instead = "ip", lambda value: [int(part) for part in str(value).split(".") if part]


@breaks("DD-325")
class ShowsReservedFieldsAsZero(MemberRules):
    """reservedField3 is 0 where it is empty."""

    instead = "reservedField3", lambda value: value or 0


@breaks("DD-325")
class ShowsReferencesAsObjects(MemberRules):
    """referenceNumber is an object."""

    instead = "referenceNumber", lambda value: {"text": value}


# Only now and then, or only in some answers


@breaks("DD-321")
class ListsTotalsAsText(AskedRules):
    """The totalPrice in the rows of GetOrdersByCustomerNumber is a text."""

    def order_document(self, order: Order) -> Document:
        document = super().order_document(order)
        return changed(document, "totalPrice", str) if self.asks(Operation.LIST_BY_CUSTOMER) else document


@breaks("DD-316")
class ShowsNullForCompleteness(Rules):
    """incomplete is null for an order that was completed."""

    def order_document(self, order: Order) -> Document:
        return changed(super().order_document(order), "incomplete", lambda value: value or None)


@breaks("DD-322")
class SometimesShowsVatAsNumber(AskedRules):
    """vatPct is a number in every fourth order."""

    def order_document(self, order: Order) -> Document:
        document = super().order_document(order)
        return changed(document, "vatPct", int) if self.is_turn() else document


@breaks("DD-318")
class ShowsTheModificationWithoutSlashes(Rules):
    """modifiedDate lacks the slashes around Date once an order was changed."""

    def order_document(self, order: Order) -> Document:
        modified = order.modified and self.json_date(order.modified).strip("/")
        return {**super().order_document(order), "modifiedDate": modified}
