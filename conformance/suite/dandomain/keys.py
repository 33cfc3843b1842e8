"""Keys that may do less than everything, and the eleven operations as seen by permissions."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from conformance.checks import Answer, NotTestable
from conformance.suite.context import Context
from conformance.suite.dandomain.clients import Shop, shop
from conformance.suite.dandomain.orders import Order
from conformance.suite.dandomain.shopdata import ShopData

ABOUT = "no permission"
"""What every order that is tried without permission carries behind the run's mark."""
PERMISSIONS = {"CREATE": "create_key", "READ": "read_key", "UPDATE": "update_key", "DELETE": "delete_key"}
NONE = "no_permission_key"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Call:
    """One operation, asked about an order of the run's own."""

    operation: str
    permission: str
    first: int
    """The number of its first requirement: the rows about the key and about the permission follow it."""
    ask: Callable[[Shop, ShopData, Order], Answer]

    @property
    def key_row(self) -> str:
        """The requirement that the key must be valid."""
        return f"DD-{self.first + 1}"

    @property
    def permission_row(self) -> str:
        """The requirement that the permission is needed."""
        return f"DD-{self.first + 2}"

    @property
    def changes(self) -> bool:
        """Whether a success changes something."""
        return self.permission != "READ"


def _state(shop: Shop, data: ShopData, order: Order) -> Answer:
    return shop.set_state(order.id, some_state(data))


def some_state(data: ShopData) -> str:
    """The id of an order state of the shop.

    Raises:
        NotTestable: the shop has none.
    """
    if found := data.some_state():
        return found
    raise NotTestable("the shop lists no order states")


def _create(shop: Shop, data: ShopData, order: Order) -> Answer:
    return shop.create(data.request(altDeliveryInfo=data.delivery(attention=f"{data.own.mark} {ABOUT}")))


def _week(ask: str) -> Callable[[Shop, ShopData, Order], Answer]:
    def asked(shop: Shop, data: ShopData, order: Order) -> Answer:
        today = data.context.clock.date()
        answer: Answer = getattr(shop, ask)(today - 7 * _DAY, today + 2 * _DAY)
        return answer

    return asked


CALLS = (
    Call("CreateOrder", "CREATE", 100, _create),
    Call("GetOrders", "READ", 200, _week("created")),
    Call("GetOrder", "READ", 250, lambda shop, data, order: shop.get(order.id)),
    Call("DeleteOrder", "DELETE", 400, lambda shop, data, order: shop.delete(order.id)),
    Call("CompleteOrder", "UPDATE", 450, lambda shop, data, order: shop.complete(order.id)),
    Call("GetOrdersByCustomerNumber", "READ", 500, lambda shop, data, order: shop.of_customer(order.customer or "1")),
    Call("GetOrdersInModifiedInterval", "READ", 550, _week("modified")),
    Call("GetOrderStates", "READ", 600, lambda shop, data, order: shop.states()),
    Call("SetOrderComment", "UPDATE", 650, lambda shop, data, order: shop.set_comment(order.id, "not allowed")),
    Call("SetOrderState", "UPDATE", 700, _state),
    Call("SetTrackNumber", "UPDATE", 750, lambda shop, data, order: shop.set_track_number(order.id, "not allowed")),
)


def nobodys(context: Context, purpose: str) -> str:
    """A GUID that is nobody's key."""
    return str(uuid.UUID(int=context.random(f"nobody's key: {purpose}").getrandbits(128), version=4))


def lacking(context: Context, permission: str) -> dict[str, Shop]:
    """The shop, asked with each key of the target file that lacks a permission.

    Raises:
        NotTestable: the target file has none; says the line to add.
    """
    names = [name for other, name in PERMISSIONS.items() if other != permission] + [NONE]
    found = {name: shop(context, name) for name in names if context.target.credentials.get(name)}
    if not found:
        raise _missing(names)
    return found


def having_only(context: Context, permission: str) -> Shop:
    """The shop, asked with the key that has this permission and no other.

    Raises:
        NotTestable: the target file does not name it.
    """
    name = PERMISSIONS[permission]
    if not context.target.credentials.get(name):
        raise _missing([name])
    return shop(context, name)


def _missing(names: list[str]) -> NotTestable:
    some = " or ".join(names)
    return NotTestable(f'needs a key with fewer permissions; add to the target file: [credentials] {some} = "…"')
