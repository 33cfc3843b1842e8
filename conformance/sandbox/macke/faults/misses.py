"""Faults of a search that finds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import RefusedError, Rules


@breaks("MK-378", "MK-379")
class SaysNothingIsAnEmptyList(Rules):
    """A search that finds nothing is answered with 200 and an empty list."""

    def results(self, orders: Sequence[Order]) -> Any:
        return self.search_document([self.result(order) for order in orders])


@breaks("MK-378")
class SaysNothingWithSuccess(Rules):
    """A search that finds nothing is answered with 200 and the message."""

    def results(self, orders: Sequence[Order]) -> Any:
        return super().results(orders) if orders else {"message": self.miss_message()}


@breaks("MK-378")
class SaysNothingWithBadRequest(Rules):
    """A search that finds nothing is answered with 400 and the message."""

    def error_status(self, refused: RefusedError) -> int:
        return 400 if self.miss_message() in refused.details else super().error_status(refused)


@breaks("MK-378")
class SaysNothingWithGone(Rules):
    """A search that finds nothing is answered with 410 and the message."""

    def error_status(self, refused: RefusedError) -> int:
        return 410 if self.miss_message() in refused.details else super().error_status(refused)


class _Saying(Rules):
    """Says something else when nothing is found."""

    says = ""

    def miss_message(self) -> str:
        return self.says


@breaks("MK-379")
class SaysNothingAtAll(_Saying):
    """A search that finds nothing says nothing of it."""


@breaks("MK-379")
class SaysNothingInGerman(_Saying):
    """A search that finds nothing says so in German."""

    says = "Ihre Suche ergab keine Treffer"


@breaks("MK-379")
class SaysNothingOfResult(_Saying):
    """A search that finds nothing says "any result"."""

    says = "Your search did not return any result"


@breaks("MK-379")
class SaysNothingInSmallLetters(_Saying):
    """A search that finds nothing says so in small letters."""

    says = "your search did not return any results"
