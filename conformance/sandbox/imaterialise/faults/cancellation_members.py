"""Faults of the answers to cancellations: their members, and the order that they name."""

from __future__ import annotations

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._members import ChangesCancellations, is_now, lost, made, null, renamed
from conformance.sandbox.imaterialise.models import Order
from conformance.sandbox.imaterialise.rules import Rules

# Yes or no


@breaks("OC-042")
class SaysOkBesideYes(Rules):
    """Sends a requestError that says OK beside isCanceled true."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        document = super().cancellation_document(order, code)
        return document if code else {**document, "requestError": {"message": "OK", "code": 0}}


@breaks("OC-042", "OC-040", "OC-041", "OC-112")
class SaysNoToASuccess(Rules):
    """Answers isCanceled false to a cancellation that succeeds."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        return {**super().cancellation_document(order, code), "isCanceled": False}


@breaks("OC-043")
class SaysYesToARefusal(Rules):
    """Answers isCanceled true beside the error of a refusal."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        return {**super().cancellation_document(order, code), "isCanceled": True}


@breaks("OC-043", "OC-112")
class SaysOnlyWhy(Rules):
    """Leaves isCanceled out of a refusal."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        document = super().cancellation_document(order, code)
        if code:
            document.pop("isCanceled")
        return document


@breaks("OC-043", "OC-113")
class SaysOnlyNo(ChangesCancellations):
    """Answers isCanceled false to a refusal, and no error."""

    edit = lost("requestError")


@breaks("OC-112")
class SpellsIsCancelledWithTwoLs(ChangesCancellations):
    """Calls isCanceled isCancelled."""

    edit = renamed("isCanceled", "isCancelled")


@breaks("OC-112")
class AnswersYesOrNo(ChangesCancellations):
    """Writes isCanceled as yes or no."""

    edit = made("isCanceled", lambda done: "yes" if done else "no")


@breaks("OC-112")
class AnswersOneOrZero(ChangesCancellations):
    """Writes isCanceled as 1 or 0 in JSON."""

    edit = made("isCanceled", int)


# Which order it was


@breaks("OC-044")
class NamesTheConfirmation(Rules):
    """Shows the GUID of the order's confirmation as orderId."""

    def identifiers(self, order: Order) -> Document:
        return {**super().identifiers(order), "orderId": order.confirmation_id}


@breaks("OC-044")
class NamesAnItem(Rules):
    """Shows the id of the order's first item as orderId."""

    def identifiers(self, order: Order) -> Document:
        return {**super().identifiers(order), "orderId": order.content.items[0].cart_item_id}


@breaks("OC-045")
class NamesTheNumberSmall(Rules):
    """Shows orderNumber in small letters."""

    def identifiers(self, order: Order) -> Document:
        return {**super().identifiers(order), "orderNumber": order.number.lower()}


@breaks("OC-045")
class NamesTheInvoice(Rules):
    """Shows the number of the invoice as orderNumber."""

    def identifiers(self, order: Order) -> Document:
        return {**super().identifiers(order), "orderNumber": order.invoice_number}


@breaks("OC-052")
class HidesTheNumberOfRefusedOrders(Rules):
    """Leaves orderNumber out when it refuses a known order."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        document = super().cancellation_document(order, code)
        if code:
            document.pop("orderNumber", None)
        return document


@breaks("OC-052")
class HidesCancelledOrders(Rules):
    """Leaves orderId and orderNumber out when it refuses an order that is cancelled already."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        return super().cancellation_document(None if code == 507 else order, code)


@breaks("OC-110", shows="OC-042")
class SpellsOrderIdLarge(ChangesCancellations):
    """Calls orderId orderID, as Order Status does."""

    edit = renamed("orderId", "orderID")


@breaks("OC-110", shows="OC-042")
class HidesTheIdOfCancelledOrders(Rules):
    """Leaves orderId out when it cancels."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        document = super().cancellation_document(order, code)
        if code is None:
            document.pop("orderId")
        return document


@breaks("OC-110", shows="OC-042")
class WritesIdsWithoutHyphens(ChangesCancellations):
    """Writes orderId as 32 digits."""

    edit = made("orderId", lambda guid: guid.replace("-", ""))


@breaks("OC-111", shows="OC-042")
class HidesTheNumberOfCancelledOrders(Rules):
    """Leaves orderNumber out when it cancels."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        document = super().cancellation_document(order, code)
        if code is None:
            document.pop("orderNumber")
        return document


@breaks("OC-111", "OC-045")
class WritesNumbersWithAHyphen(ChangesCancellations):
    """Writes a hyphen into orderNumber, which makes it ten characters long."""

    edit = made("orderNumber", lambda number: f"{number[:3]}-{number[3:]}")


@breaks("OC-111", "OC-045")
class SendsNullForNumbers(ChangesCancellations):
    """Sends orderNumber null in JSON."""

    edit = null("orderNumber")


# The error


@breaks("OC-113", "OC-043")
class CallsTheErrorOfRefusalsError(ChangesCancellations):
    """Calls requestError error."""

    edit = renamed("requestError", "error")


@breaks("OC-113")
class SendsTheErrorOfRefusalsAsText(ChangesCancellations):
    """Sends requestError as a text instead of an object."""

    edit = made("requestError", lambda error: error["message"])


@breaks("OC-114")
class LosesTheMessageOfRefusals(ChangesCancellations):
    """Sends only the code of a refusal."""

    edit = lost("requestError.message")


@breaks("OC-114", "OC-018")
class WritesTheCodeOfRefusalsFirst(ChangesCancellations):
    """Writes Code before Message."""

    edit = made("requestError", lambda error: dict(reversed(error.items())))


@breaks("OC-115")
class SendsCodesOfRefusalsAsText(ChangesCancellations):
    """Sends the code of a refusal as a text in JSON."""

    edit = made("requestError.code", str)


@breaks("OC-115")
class LosesTheCodeOfRefusals(ChangesCancellations):
    """Sends only the message of a refusal."""

    edit = lost("requestError.code")


@breaks("OC-115")
class SendsNamesForCodesOfRefusals(ChangesCancellations):
    """Sends a word for the code of a refusal."""

    edit = is_now("requestError.code", "CannotCancel")


@breaks("OC-045", "OC-044", shows="OC-052")
class SometimesNamesAnotherOrder(Rules):
    """Shows the order of an earlier question in one answer in four."""

    def identifiers(self, order: Order) -> Document:
        document = super().identifiers(order)
        seen: list[Document] = vars(self).setdefault("seen", [])
        seen.append(document)
        return seen[-3] if len(seen) % 4 == 3 else document
