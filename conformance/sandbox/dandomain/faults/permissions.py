"""Faults in permissions: keys that may do more than they should, or less."""

from __future__ import annotations

from conformance.sandbox.dandomain.faults._keys import BeforeThePermissionRules, LaxRules
from conformance.sandbox.dandomain.keys import Permission
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.faults import breaks


@breaks("DD-024")
class WantsReadForEverything(Rules):
    """Every operation asks for the READ permission besides its own."""

    def permit(self, operation: Operation, permissions: frozenset[Permission]) -> None:
        super().permit(operation, permissions)
        if Permission.READ not in permissions:
            raise RefusedError(403, "PermissionMissing")


@breaks("DD-024")
class WantsUpdateToDelete(Rules):
    """DeleteOrder asks for the UPDATE permission besides its own."""

    def permit(self, operation: Operation, permissions: frozenset[Permission]) -> None:
        super().permit(operation, permissions)
        if operation is Operation.DELETE and Permission.UPDATE not in permissions:
            raise RefusedError(403, "PermissionMissing")


@breaks("DD-024")
class WantsUpdateToListStates(Rules):
    """GetOrderStates asks for the UPDATE permission instead of READ."""

    def required_permission(self, operation: Operation) -> Permission:
        return Permission.UPDATE if operation is Operation.STATES else super().required_permission(operation)


@breaks("DD-102")
class CreatesWithUpdate(LaxRules):
    """CreateOrder is satisfied with the UPDATE permission."""

    opens = Operation.CREATE
    asked = Permission.UPDATE


@breaks("DD-202")
class ListsOrdersWithoutPermission(LaxRules):
    """GetOrders is open to a key without any permission."""

    opens = Operation.LIST


@breaks("DD-252")
class ShowsOrdersWithUpdate(LaxRules):
    """GetOrder is satisfied with the UPDATE permission."""

    opens = Operation.GET
    asked = Permission.UPDATE


@breaks("DD-402")
class DeletesWithUpdate(LaxRules):
    """DeleteOrder is satisfied with the UPDATE permission."""

    opens = Operation.DELETE
    asked = Permission.UPDATE


@breaks("DD-452")
class CompletesWithRead(LaxRules):
    """CompleteOrder is satisfied with the READ permission."""

    opens = Operation.COMPLETE
    asked = Permission.READ


@breaks("DD-502")
class ListsCustomersWithCreate(LaxRules):
    """GetOrdersByCustomerNumber is satisfied with the CREATE permission."""

    opens = Operation.LIST_BY_CUSTOMER
    asked = Permission.CREATE


@breaks("DD-552")
class ListsModifiedOrdersWithoutPermission(LaxRules):
    """GetOrdersInModifiedInterval is open to a key without any permission."""

    opens = Operation.LIST_MODIFIED


@breaks("DD-602")
class ListsStatesWithoutPermission(LaxRules):
    """GetOrderStates is open to a key without any permission."""

    opens = Operation.STATES


@breaks("DD-652")
class CommentsWithRead(LaxRules):
    """SetOrderComment is satisfied with the READ permission."""

    opens = Operation.SET_COMMENT
    asked = Permission.READ


@breaks("DD-702")
class SetsStatesWithoutPermission(LaxRules):
    """SetOrderState is open to a key without any permission."""

    opens = Operation.SET_STATE


@breaks("DD-752")
class TracksWithCreate(LaxRules):
    """SetTrackNumber is satisfied with the CREATE permission."""

    opens = Operation.SET_TRACK_NUMBER
    asked = Permission.CREATE


@breaks("DD-102", "DD-101")
class CreatesBeforeItChecksThePermission(BeforeThePermissionRules):
    """CreateOrder is done before the permission is looked at, and refused then."""

    opens = Operation.CREATE


@breaks("DD-402", "DD-401")
class DeletesBeforeItChecksThePermission(BeforeThePermissionRules):
    """DeleteOrder is done before the permission is looked at, and refused then."""

    opens = Operation.DELETE


@breaks("DD-452", "DD-451")
class CompletesBeforeItChecksThePermission(BeforeThePermissionRules):
    """CompleteOrder is done before the permission is looked at, and refused then."""

    opens = Operation.COMPLETE


@breaks("DD-652", "DD-651")
class CommentsBeforeItChecksThePermission(BeforeThePermissionRules):
    """SetOrderComment is done before the permission is looked at, and refused then."""

    opens = Operation.SET_COMMENT


@breaks("DD-702", "DD-701")
class SetsStatesBeforeItChecksThePermission(BeforeThePermissionRules):
    """SetOrderState is done before the permission is looked at, and refused then."""

    opens = Operation.SET_STATE


@breaks("DD-752", "DD-751")
class TracksBeforeItChecksThePermission(BeforeThePermissionRules):
    """SetTrackNumber is done before the permission is looked at, and refused then."""

    opens = Operation.SET_TRACK_NUMBER
