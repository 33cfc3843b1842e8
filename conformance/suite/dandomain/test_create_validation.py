"""CreateOrder: every validation, one by one and in pairs. What is refused is not created."""

from __future__ import annotations

import pytest

from conformance.checks import Judge, verifies
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.faults import BY_NAME, FAULTS, NEEDING_NOTHING, PAIRS, Fault, order_with
from conformance.suite.dandomain.refusals import Watch, refused_with, turned_down, word_seen
from conformance.suite.dandomain.shopdata import ShopData

ABOUT = "fault"
"""What every order that is tried here carries behind the run's mark."""
WRONG_SHIPPING = [BY_NAME[f"shipping-{why}"] for why in ("not-for-country", "not-for-group", "unknown")]
NO_ORDERS = {
    "nothing": b"", "half-an-object": b'{"customerId": 1', "no-json": b"an order", "a-list": b"[]", "a-text": b'"order"',
    "a-number": b"17", "null": b"null", "an-empty-object": b"{}",
}  # fmt: skip


# A shop that refuses every order would seem to validate well: so each test has one accepted first.


def cited(fault: Fault, requirement: str) -> tuple[str, ...]:
    """What a fault judges: also what every fault would, where it can be made in any shop."""
    return (fault.requirement,) if fault.needs else (fault.requirement, requirement)


@pytest.mark.parametrize(
    "fault", [pytest.param(fault, id=fault.name, marks=verifies(*cited(fault, "DD-159"))) for fault in FAULTS]
)
def test_an_order_with_a_fault_is_refused(shop: Shop, data: ShopData, judge: Judge, fault: Fault) -> None:
    data.spare()
    answer = shop.create(order_with(data, f"{data.own.mark} {ABOUT} {fault.name}", fault))
    judge(turned_down(answer, fault.requirement, fault.told))
    judge(refused_with(answer, "DD-159", "create-refusal-status", "400", "404", "409", "422"))


def of_pair(one: Fault, other: Fault) -> str:
    """What a pair judges: the fault that not every shop lets us make, else the row about two faults at once."""
    return next((fault.requirement for fault in (one, other) if fault.needs), "DD-150")


@pytest.mark.parametrize(
    ("one", "other"),
    [pytest.param(*pair, id=f"{pair[0].name}-and-{pair[1].name}", marks=verifies(of_pair(*pair))) for pair in PAIRS],
)
def test_an_order_with_two_faults_is_refused(shop: Shop, data: ShopData, judge: Judge, one: Fault, other: Fault) -> None:
    data.spare()
    answer = shop.create(order_with(data, f"{data.own.mark} {ABOUT} {one.name} {other.name}", one, other))
    judge(turned_down(answer, of_pair(one, other), f"{one.told}, {other.told}"))


@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "between", "last"])
@verifies("DD-149")
def test_one_faulty_line_among_good_ones_is_enough(shop: Shop, data: ShopData, judge: Judge, place: int) -> None:
    data.spare()
    product = data.products()[0]
    for name in ("product-unknown", "quantity-zero", "quantity-missing"):
        fault = BY_NAME[name]
        bad = order_with(data, "", fault)["orderLines"][0]
        lines = [{"productId": product, "quantity": 1} for _ in range(2)]
        lines.insert(place, bad)
        body = order_with(data, f"{data.own.mark} {ABOUT} {name} {place}", orderLines=lines)
        judge(turned_down(shop.create(body), "DD-149", f"{fault.told} beside two good ones"))


@verifies("DD-151")
def test_a_refused_order_is_not_created(shop: Shop, data: ShopData, judge: Judge) -> None:
    data.spare()
    watch = Watch(data, ABOUT)
    tried = [shop.create(order_with(data, watch.attention(fault.name), fault)) for fault in NEEDING_NOTHING[1::3]]
    line = {"productId": data.products()[0], "quantity": 1}
    halves = [line, order_with(data, "", BY_NAME["quantity-zero"])["orderLines"][0]]
    tried.append(shop.create(order_with(data, watch.attention("half a good order"), orderLines=halves)))
    judge(watch.judged("DD-151", tried))


@pytest.mark.parametrize("body", NO_ORDERS.values(), ids=NO_ORDERS)
@verifies("DD-152", "DD-025", "DD-030")
def test_a_body_that_is_no_order_is_refused(shop: Shop, data: ShopData, judge: Judge, body: bytes) -> None:
    data.spare()
    judge(turned_down(shop.create_raw(body), "DD-152", f"the body {body.decode()!r}"))


@pytest.mark.parametrize(
    "fault", [pytest.param(fault, id=fault.name, marks=verifies(*cited(fault, "DD-026"))) for fault in WRONG_SHIPPING]
)
def test_how_a_wrong_shipping_method_is_named_is_recorded(shop: Shop, data: ShopData, judge: Judge, fault: Fault) -> None:
    data.spare()
    answer = shop.create(order_with(data, f"{data.own.mark} {ABOUT} {fault.name}", fault))
    judge(turned_down(answer, fault.requirement, fault.told))
    judge(word_seen(answer, "DD-026", "shipping-error-word", "ShippingMethodNotValid", 400))


@verifies("DD-027")
def test_how_an_unknown_product_is_named_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    data.spare()
    fault = BY_NAME["product-unknown"]
    answer = shop.create(order_with(data, f"{data.own.mark} {ABOUT} {fault.name}", fault))
    judge(turned_down(answer, fault.requirement, fault.told))
    judge(word_seen(answer, "DD-027", "product-error-word", "ProductNotFound", 404))
