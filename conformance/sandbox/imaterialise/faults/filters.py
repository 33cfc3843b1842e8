"""Faults of the filter by status, alone and beside dates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, or_, true

from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import KnowsTheCall, Sometimes
from conformance.sandbox.imaterialise.models import Order, Status
from conformance.sandbox.imaterialise.rules import RefusedError, Rules

# One status


class _OneStatus(Rules):
    code: int
    """The code whose filter is wrong."""

    def has_status(self, codes: Collection[int]) -> Any:
        right = super().has_status(codes)
        return self.wrong(right) if list(codes) == [self.code] else right

    def wrong(self, right: Any) -> Any:
        """What it selects instead."""
        return right


@breaks("OS-030")
class TakesZeroForNoStatus(_OneStatus):
    """Answers orders of every status to status=0."""

    code = 0

    def wrong(self, right: Any) -> Any:
        return true()


@breaks("OS-030")
class HidesCancelledOrdersWithoutCreditNote(_OneStatus):
    """Leaves cancelled orders that were never paid out of status=0."""

    code = 0

    def wrong(self, right: Any) -> Any:
        return and_(right, Order.paid)


@breaks("OS-031")
class ForgetsPaymentNok(_OneStatus):
    """Leaves orders whose payment failed out of status=1."""

    code = 1

    def wrong(self, right: Any) -> Any:
        return Order.status == Status.DRAFT


@breaks("OS-031")
class AddsCancelledToInvalid(_OneStatus):
    """Answers cancelled orders too to status=1."""

    code = 1

    def wrong(self, right: Any) -> Any:
        return or_(right, Order.status == Status.CANCELLED)


@breaks("OS-032")
class AddsProcessingToOrdered(_OneStatus):
    """Answers orders in processing too to status=2."""

    code = 2

    def wrong(self, right: Any) -> Any:
        return or_(right, Order.status == Status.PROCESSING)


@breaks("OS-033")
class HidesOrdersOfEngineers(_OneStatus):
    """Leaves orders that an engineer works on out of status=3."""

    code = 3

    def wrong(self, right: Any) -> Any:
        return and_(right, ~Order.engineer)


@breaks("OS-034")
class HidesOrdersOnHold(_OneStatus):
    """Leaves orders on hold out of status=4."""

    code = 4

    def wrong(self, right: Any) -> Any:
        return and_(right, ~Order.on_hold)


@breaks("OS-035")
class FindsNothingReadyToShip(_OneStatus):
    """Finds nothing to status=5."""

    code = 5

    def wrong(self, right: Any) -> Any:
        return ~true()


@breaks("OS-036")
class TakesShippedForShippedOrHigher(_OneStatus):
    """Answers delivered orders too to status=6."""

    code = 6

    def wrong(self, right: Any) -> Any:
        return or_(right, Order.status == Status.DELIVERED)


@breaks("OS-037")
class TakesDeliveredForShipped(_OneStatus):
    """Answers shipped orders to status=7."""

    code = 7

    def wrong(self, right: Any) -> Any:
        return Order.status == Status.SHIPPED


@breaks("OS-037")
class IgnoresTheStatusInXml(KnowsTheCall):
    """Answers orders of every status in XML."""

    def has_status(self, codes: Collection[int]) -> Any:
        return true() if "xml" in (self.call.header("accept") or "") else super().has_status(codes)


@breaks("OS-032")
class CountsStatusesFromOne(Rules):
    """Takes a status code for the one before it."""

    def has_status(self, codes: Collection[int]) -> Any:
        return super().has_status([code - 1 for code in codes] if len(codes) < 8 else codes)


# Several, none, empty


@breaks("OS-038")
class HonoursTheFirstStatus(Rules):
    """Honours only the first of several statuses."""

    def has_status(self, codes: Collection[int]) -> Any:
        return super().has_status([*codes][:1] if len(codes) < 8 else codes)


@breaks("OS-038")
class HonoursTheLastStatus(Rules):
    """Honours only the last of several statuses."""

    def has_status(self, codes: Collection[int]) -> Any:
        return super().has_status([*codes][-1:] if len(codes) < 8 else codes)


@breaks("OS-038")
class HonoursThreeStatuses(Rules):
    """Honours no more than three of several statuses."""

    def has_status(self, codes: Collection[int]) -> Any:
        return super().has_status([*codes][:3] if len(codes) < 8 else codes)


@breaks("OS-038")
class WantsAllStatusesAtOnce(Rules):
    """Finds only orders that have every one of several statuses."""

    def has_status(self, codes: Collection[int]) -> Any:
        return super().has_status([*codes] if len(set(codes)) in (1, 8) else [])


@breaks("OS-038")
class TakesStatusesForARange(Rules):
    """Answers every status between the lowest and the highest of several."""

    def has_status(self, codes: Collection[int]) -> Any:
        return super().has_status(range(min(codes), max(codes) + 1))


@breaks("OS-038")
class SometimesIgnoresStatuses(Sometimes):
    """Ignores the status in one question about several in four."""

    def has_status(self, codes: Collection[int]) -> Any:
        return true() if 1 < len(codes) < 8 and self.is_turn() else super().has_status(codes)


@breaks("OS-039")
class RefusesAnEmptyStatus(Rules):
    """Refuses an empty status with 103."""

    def statuses(self, query: Any) -> list[int]:
        if "" in query.getlist("status"):
            raise RefusedError(103)
        return super().statuses(query)


@breaks("OS-039")
class TakesAnEmptyStatusForZero(Rules):
    """Takes an empty status for 0 (Cancelled)."""

    def statuses(self, query: Any) -> list[int]:
        return [0] if "" in query.getlist("status") else super().statuses(query)


class _ByDefault(Rules):
    shown: Sequence[int]

    def statuses(self, query: Any) -> list[int]:
        return super().statuses(query) if "status" in query else list(self.shown)


@breaks("OS-040", "OS-030")
class HidesCancelledByDefault(_ByDefault):
    """Leaves cancelled orders out unless they are asked for."""

    shown = range(1, 8)


@breaks("OS-040", "OS-031")
class HidesInvalidByDefault(_ByDefault):
    """Leaves invalid orders out unless they are asked for."""

    shown = (0, 2, 3, 4, 5, 6, 7)


@breaks("OS-040", "OS-037")
class ShowsOpenOrdersByDefault(_ByDefault):
    """Leaves delivered orders out unless they are asked for."""

    shown = range(7)


@breaks("OS-040", "OS-052")
class HidesCancelledByDefaultInXml(KnowsTheCall):
    """Leaves cancelled orders out of XML unless they are asked for."""

    def statuses(self, query: Any) -> list[int]:
        found = super().statuses(query)
        return found[1:] if len(found) == 8 and "xml" in (self.call.header("accept") or "") else found


# Beside dates


@breaks("OS-058")
class ForgetsTheDatesBesideAStatus(Rules):
    """Ignores the dates when a status is given."""

    def conditions(self, query: Any, today: Any) -> Any:
        found = super().conditions(query, today)
        return found[:1] if self.values(query, "status") else found


@breaks("OS-058")
class ForgetsTheStatusBesideDates(Rules):
    """Ignores the status when both dates are given."""

    def conditions(self, query: Any, today: Any) -> Any:
        found = super().conditions(query, today)
        return found[1:] if query.get("dateFrom") and query.get("dateTo") and self.values(query, "status") else found


@breaks("OS-058")
class AddsDatesToStatuses(Rules):
    """Answers orders of the status or of the range, where both are given."""

    def conditions(self, query: Any, today: Any) -> Any:
        found = super().conditions(query, today)
        return [or_(*found)] if self.values(query, "status") else found


@breaks("OS-058")
class FiltersShippedOrdersByShipment(Rules):
    """Compares the date of shipment, and not that of the request, when status 6 is asked for."""

    def conditions(self, query: Any, today: Any) -> Any:
        found = super().conditions(query, today)
        if self.values(query, "status") != ["6"]:
            return found
        first, last = self.window(query, today)
        return [found[0], Order.shipment.between(first, last)]
