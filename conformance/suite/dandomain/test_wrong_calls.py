"""Wrong methods and numbers that are none: nothing is done or shown, and no server fails over them."""

from __future__ import annotations

from conformance.checks import Answer, Judge, Observed, verifies
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.common import refused, succeeds, unchanged, undone
from conformance.suite.dandomain.keys import some_state
from conformance.suite.dandomain.refusals import failed
from conformance.suite.dandomain.shopdata import ShopData

WRONG = {
    "CreateOrder": ("GET", "PUT"),
    "GetOrders": ("POST", "DELETE"),
    "GetOrder": ("POST", "PATCH"),
    "CompleteOrder": ("GET", "POST"),
    "GetOrdersByCustomerNumber": ("POST",),
    "GetOrdersInModifiedInterval": ("PUT",),
    "GetOrderStates": ("POST", "DELETE"),
    "SetOrderComment": ("GET", "POST"),
    "SetOrderState": ("GET", "DELETE"),
    "SetTrackNumber": ("GET",),
}
NAMED = {404: "404", 405: "405", 400: "400"}


def option(answer: Answer) -> str:
    """How a wrong method was answered."""
    if succeeds(answer):
        return "served"
    return NAMED.get(answer.status, "other-4xx") if answer.refused_by_http else "no-value"


@verifies("DD-028", "DD-029")
def test_wrong_methods_do_nothing(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.fresh()
    before = data.look(order.id) or order
    path = {"orderId": order.id, "orderStateId": some_state(data), "customerNumber": order.customer or "1"}
    seen: list[str] = []
    for operation, method in ((operation, method) for operation, methods in WRONG.items() for method in methods):
        answer = shop.api.ask(operation, method=method, path=path, query=[("comment", "x"), ("tracknumber", "x")])
        seen.append(answer.id)
        if not failed(answer):
            judge(Observed("DD-029", "dandomain-orders-wrong-verb", option(answer), (answer.id,)))
    judge(unchanged(before, data.look(order.id), "DD-028", seen))


def no_numbers(order_id: str) -> list[str]:
    """What is no order number. Each holds no number but the run's own, should a server read one out of it."""
    found = ["abc", "null", f"{order_id}abc", f"-{order_id}"]
    return [*found, str(int(order_id) + 2**64)] if order_id.isdecimal() else found


@verifies("DD-256", "DD-412", "DD-462", "DD-664", "DD-714", "DD-764")
def test_what_is_no_number_names_no_order(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.fresh()
    before = data.look(order.id) or order
    state = some_state(data)
    for name in no_numbers(order.id):
        for answer, requirement in (
            (shop.get(name), "DD-256"),
            (shop.delete(name), "DD-412"),
            (shop.complete(name), "DD-462"),
            (shop.set_comment(name, "nobody's"), "DD-664"),
            (shop.set_state(name, state), "DD-714"),
            (shop.set_track_number(name, "nobody's"), "DD-764"),
        ):
            judge(refused(answer, requirement, f"{answer.operation.id} of {name!r}"))
            if succeeds(answer):
                return  # the order may not be there any more
    judge(unchanged(before, data.look(order.id), "DD-412", ()))


@verifies("DD-714")
def test_what_is_no_number_names_no_state(shop: Shop, data: ShopData, judge: Judge) -> None:
    order = data.fresh()
    before = data.look(order.id) or order
    answers = []
    for name in ("abc", f"{some_state(data)}abc", "-1", "0", "9" * 30, "null"):
        answers.append(shop.set_state(order.id, name))
        judge(refused(answers[-1], "DD-714", f"the state {name!r}"))
    judge(undone(answers, before, data.look(order.id), "DD-714"))
