"""Faults in who may do what: keys that were never issued, keys that are none, permissions that are missing."""

from __future__ import annotations

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._keys import EVERYTHING, BeforeTheKeyRules, OpenRules
from conformance.sandbox.dandomain.keys import KEY, Permission
from conformance.sandbox.dandomain.rules import Rules
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.faults import breaks

# Any key


@breaks("DD-020")
class TakesWhatIsNoKey(Rules):
    """Every operation takes a key that is no GUID."""

    def known_key(self, key: str) -> frozenset[Permission] | None:
        return EVERYTHING if key and len(key) != len(KEY) else super().known_key(key)


@breaks("DD-020")
class DeletesWithWhatIsNoKey(AskedRules):
    """DeleteOrder takes a key that is no GUID."""

    def permissions(self, key: str) -> frozenset[Permission]:
        free = self.asks(Operation.DELETE) and key and len(key) != len(KEY)
        return EVERYTHING if free else super().permissions(key)


@breaks("DD-021")
class TakesNoKey(Rules):
    """Every operation takes an empty key."""

    def known_key(self, key: str) -> frozenset[Permission] | None:
        return super().known_key(key) if key else EVERYTHING


@breaks("DD-021")
class ReadsWithoutKey(Rules):
    """An empty key may read."""

    def known_key(self, key: str) -> frozenset[Permission] | None:
        return super().known_key(key) if key else frozenset({Permission.READ})


@breaks("DD-251")
class ComparesTheBeginningOfKeys(AskedRules):
    """GetOrder takes a key whose first 35 characters are those of a key that was issued."""

    def permissions(self, key: str) -> frozenset[Permission]:
        alike = self.asks(Operation.GET) and len(key) == len(KEY) and key[:-1].lower() == KEY[:-1].lower()
        return EVERYTHING if alike else super().permissions(key)


@breaks("DD-201")
class SometimesTakesAnyKey(AskedRules):
    """GetOrders takes any key at every fourth time."""

    def permissions(self, key: str) -> frozenset[Permission]:
        return EVERYTHING if self.asks(Operation.LIST) and self.is_turn() else super().permissions(key)


@breaks("DD-101")
class CreatesWithAnyKey(OpenRules):
    """CreateOrder takes a key that was never issued."""

    opens = Operation.CREATE


@breaks("DD-201")
class ListsOrdersWithAnyKey(OpenRules):
    """GetOrders takes a key that was never issued."""

    opens = Operation.LIST


@breaks("DD-251")
class ShowsOrdersWithAnyKey(OpenRules):
    """GetOrder takes a key that was never issued."""

    opens = Operation.GET


@breaks("DD-401")
class DeletesWithAnyKey(OpenRules):
    """DeleteOrder takes a key that was never issued."""

    opens = Operation.DELETE


@breaks("DD-451")
class CompletesWithAnyKey(OpenRules):
    """CompleteOrder takes a key that was never issued."""

    opens = Operation.COMPLETE


@breaks("DD-501")
class ListsCustomersWithAnyKey(OpenRules):
    """GetOrdersByCustomerNumber takes a key that was never issued."""

    opens = Operation.LIST_BY_CUSTOMER


@breaks("DD-551")
class ListsModifiedOrdersWithAnyKey(OpenRules):
    """GetOrdersInModifiedInterval takes a key that was never issued."""

    opens = Operation.LIST_MODIFIED


@breaks("DD-601")
class ListsStatesWithAnyKey(OpenRules):
    """GetOrderStates takes a key that was never issued."""

    opens = Operation.STATES


@breaks("DD-651")
class CommentsWithAnyKey(OpenRules):
    """SetOrderComment takes a key that was never issued."""

    opens = Operation.SET_COMMENT


@breaks("DD-701")
class SetsStatesWithAnyKey(OpenRules):
    """SetOrderState takes a key that was never issued."""

    opens = Operation.SET_STATE


@breaks("DD-751")
class TracksWithAnyKey(OpenRules):
    """SetTrackNumber takes a key that was never issued."""

    opens = Operation.SET_TRACK_NUMBER


@breaks("DD-101", "DD-102")
class CreatesBeforeItChecksTheKey(BeforeTheKeyRules):
    """CreateOrder is done before the key is looked at, and refused then."""

    opens = Operation.CREATE


@breaks("DD-401", "DD-402")
class DeletesBeforeItChecksTheKey(BeforeTheKeyRules):
    """DeleteOrder is done before the key is looked at, and refused then."""

    opens = Operation.DELETE


@breaks("DD-451", "DD-452")
class CompletesBeforeItChecksTheKey(BeforeTheKeyRules):
    """CompleteOrder is done before the key is looked at, and refused then."""

    opens = Operation.COMPLETE
