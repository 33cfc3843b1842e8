"""Faults of cancellations: which orders may be cancelled, and which code and message forbid it."""

from __future__ import annotations

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import CANCELS, Sometimes
from conformance.sandbox.imaterialise.faults._members import SaysAnotherMessage
from conformance.sandbox.imaterialise.models import Order, Status
from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.rules.messages import Operation


class _Objects(Rules):
    state: Status
    says: int | None

    def objection(self, order: Order) -> int | None:
        return self.says if order.status == self.state else super().objection(order)


@breaks("OC-040")
class CancelsNothingOrdered(_Objects):
    """Refuses orders in status Ordered with 509."""

    state, says = Status.ORDERED, 509


@breaks("OC-040")
class CancelsOnlyUnpaidOrders(Rules):
    """Refuses orders in status Ordered with 508 once they are paid."""

    def objection(self, order: Order) -> int | None:
        return 508 if order.status == Status.ORDERED and order.paid else super().objection(order)


@breaks("OC-040", "OC-048")
class SometimesIsBusy(Sometimes):
    """Refuses one cancellation of an order in status Ordered in four with 501."""

    def objection(self, order: Order) -> int | None:
        return 501 if order.status == Status.ORDERED and self.is_turn() else super().objection(order)


@breaks("OC-041")
class CancelsNothingInProcessing(_Objects):
    """Refuses every order in status Processing with 509, as if an engineer worked on it."""

    state, says = Status.PROCESSING, 509


@breaks("OC-041")
class TakesProcessingForProduction(Rules):
    """Refuses orders in status Processing with 508."""

    def objection(self, order: Order) -> int | None:
        return 508 if order.status == Status.PROCESSING and not order.engineer else super().objection(order)


@breaks("OC-506")
class TakesInvalidForStarted(_Objects):
    """Refuses invalid orders with 508."""

    state, says = Status.DRAFT, 508


@breaks("OC-506", "OC-049")
class CancelsInvalidOrders(_Objects):
    """Cancels orders that were not placed correctly."""

    state, says = Status.DRAFT, None


@breaks("OC-507")
class SaysYesAgain(Rules):
    """Answers isCanceled true to an order that is cancelled already."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        return super().cancellation_document(order, None if code == 507 else code)


@breaks("OC-507")
class TakesCancelledForStarted(_Objects):
    """Refuses cancelled orders with 508."""

    state, says = Status.CANCELLED, 508


@breaks("OC-507")
class TakesCancelledForUnknown(_Objects):
    """Refuses cancelled orders with 505."""

    state, says = Status.CANCELLED, 505


@breaks("OC-508")
class TakesProductionForProcessing(_Objects):
    """Refuses orders in production with 509."""

    state, says = Status.IN_PRODUCTION, 509


@breaks("OC-508", "OC-049")
class StopsTheMachines(_Objects):
    """Cancels orders in production."""

    state, says = Status.IN_PRODUCTION, None


@breaks("OC-061")
class TakesReadyForProcessing(_Objects):
    """Refuses orders that are ready to ship with 509."""

    state, says = Status.READY_TO_SHIP, 509


@breaks("OC-061", "OC-049")
class CancelsWhatIsReady(_Objects):
    """Cancels orders that are ready to ship."""

    state, says = Status.READY_TO_SHIP, None


@breaks("OC-062", "OC-049")
class CancelsWhatIsOnTheWay(_Objects):
    """Cancels orders that are shipped."""

    state, says = Status.SHIPPED, None


@breaks("OC-062")
class TakesShippedForCancelled(_Objects):
    """Refuses orders that are shipped with 507."""

    state, says = Status.SHIPPED, 507


@breaks("OC-063")
class TakesDeliveredForInvalid(_Objects):
    """Refuses orders that are delivered with 506."""

    state, says = Status.DELIVERED, 506


@breaks("OC-063", "OC-049")
class CancelsWhatIsDelivered(_Objects):
    """Cancels orders that are delivered."""

    state, says = Status.DELIVERED, None


@breaks("OC-509")
class DisturbsTheEngineer(Rules):
    """Cancels orders that an engineer works on."""

    def objection(self, order: Order) -> int | None:
        return None if super().objection(order) == 509 else super().objection(order)


@breaks("OC-509")
class TakesEngineersForProduction(Rules):
    """Refuses orders that an engineer works on with 508."""

    def objection(self, order: Order) -> int | None:
        return 508 if super().objection(order) == 509 else super().objection(order)


@breaks("OC-509", "OC-508")
class SwapsTheMessagesOfStartedWork(Rules):
    """Says the message of 508 with code 509, and that of 509 with 508."""

    def message(self, operation: Operation, code: int) -> str:
        swapped = {508: 509, 509: 508}.get(code, code) if operation is CANCELS else code
        return super().message(operation, swapped)


# Messages


@breaks("OC-501")
class AddsAWordTo501(SaysAnotherMessage):
    """Says the message of 501 as the cart status API does, with the word are."""

    operation, code, old, new = CANCELS, 501, "parameters set", "parameters are set"


@breaks("OC-503")
class ForgetsAComma(SaysAnotherMessage):
    """Leaves the comma out of the message of 503."""

    operation, code, old, new = CANCELS, 503, "Please, send", "Please send"


@breaks("OC-505")
class ShoutsThatTheNumberIsWrong(SaysAnotherMessage):
    """Ends the message of 505 with an exclamation mark."""

    operation, code, old, new = CANCELS, 505, "applied.", "applied!"


@breaks("OC-506")
class HidesWhomToContact(SaysAnotherMessage):
    """Leaves the second sentence out of the message of 506."""

    operation, code, old, new = CANCELS, 506, " Contact us for more details.", ""


@breaks("OC-507")
class SpellsCanceledInTheMessage(SaysAnotherMessage):
    """Spells cancelled with one l in the message of 507."""

    operation, code, old, new = CANCELS, 507, "cancelled", "canceled"


@breaks("OC-508")
class SaysManufacturing(SaysAnotherMessage):
    """Says Manufacturing for Production in the message of 508."""

    operation, code, old, new = CANCELS, 508, "Production", "Manufacturing"


@breaks("OC-509")
class SpellsProcessingLarge(SaysAnotherMessage):
    """Writes Order Processing for Order processing in the message of 509."""

    operation, code, old, new = CANCELS, 509, "Order processing", "Order Processing"
