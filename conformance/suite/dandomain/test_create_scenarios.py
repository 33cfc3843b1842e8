"""CreateOrder: what it accepts, and the order that comes of it."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from conformance.checks import Answer, Judge, Observed, Unseen, verifies
from conformance.checks.outcome import kept_if
from conformance.suite.atonce import arrived, at_once
from conformance.suite.dandomain.clients import JSON_TYPE, Shop
from conformance.suite.dandomain.common import succeeded, succeeds, told
from conformance.suite.dandomain.created import NEW, OF_REQUEST, agree, as_new, as_requested, without_state
from conformance.suite.dandomain.faults import vacant_number
from conformance.suite.dandomain.orders import Order, order_of, shown, text_of
from conformance.suite.dandomain.shopdata import ShopData


def made(answer: Answer) -> Order | None:
    """The order that a creation answered, if it did."""
    return order_of(answer) if succeeds(answer) else None


@verifies("DD-100", "DD-160", *OF_REQUEST, *NEW)
def test_a_valid_order_is_created_as_it_was_sent(shop: Shop, data: ShopData, judge: Judge) -> None:
    data.spare()
    first, second = (data.products(2) * 2)[:2]
    body = data.request(orderLines=[{"productId": first, "quantity": 1}, {"productId": second, "quantity": 3}])
    answer = shop.create(body)
    judge.demand(succeeded(answer, "DD-100", "the order that was created"))
    order = order_of(answer)
    judge.demand(kept_if(bool(order.id), "DD-160", where="$.id", expected="the number of the new order", actual=told(answer),
                         exchanges=(answer.id,)))  # fmt: skip
    status = str(answer.status) if answer.status in {200, 201} else "other-2xx"
    judge(Observed("DD-003", "dandomain-orders-create-success-status", status, (answer.id,)))
    looked = shop.get(order.id)
    for seen in (answer, looked):
        judge(as_requested(order_of(seen), body, (answer.id, seen.id)), as_new(order_of(seen), (seen.id,)))


@verifies("DD-162", "DD-171", "DD-172", "DD-176")
def test_the_new_order_can_be_retrieved(shop: Shop, data: ShopData, judge: Judge) -> None:
    data.spare()
    answer = shop.create(data.request())
    judge.demand(succeeded(answer, "DD-162", "an order that can be retrieved"))
    created, looked = order_of(answer), shop.get(order_of(answer).id)
    found = shown(looked)
    judge.demand(kept_if(bool(found) and found[0].id == created.id, "DD-162", where="$.id", expected=f"order {created.id}",
                         actual=told(looked), exchanges=(answer.id, looked.id)))  # fmt: skip
    judge(agree(answer, created, looked, found[0], "DD-171"))
    whole = any(name in created.raw for name in ("orderLines", "currencyCode", "siteId", "customerInfo"))
    option = "full-order" if whole else "number-only"
    judge(Observed("DD-172", "dandomain-orders-create-answer", option, (answer.id,)))
    judge(without_state(found[0], (looked.id,)))


@verifies("DD-161")
def test_a_new_order_has_a_number_of_its_own(shop: Shop, data: ShopData, judge: Judge) -> None:
    first, second = data.fresh(), data.fresh()
    judge(kept_if(second.id != first.id, "DD-161", where="$.id", expected="a number that no other order has",
                  actual=f"{second.id} again", exchanges=()))  # fmt: skip
    still = shop.get(first.id)
    judge(kept_if(bool(shown(still)), "DD-161", where="$.id", expected=f"order {first.id} beside the later ones",
                  actual=told(still), exchanges=(still.id,)))  # fmt: skip


@verifies("DD-161")
def test_orders_that_are_made_at_once_have_numbers_of_their_own(shop: Shop, data: ShopData, judge: Judge) -> None:
    data.spare()
    bodies = [json.dumps(data.request(), ensure_ascii=False).encode() for _ in range(3)]
    answers = arrived(at_once(shop.api, [
        partial(shop.api.send, "CreateOrder", body=body, content_type=JSON_TYPE, accept=shop.accept) for body in bodies
    ]))  # fmt: skip
    ids = [order.id for answer in answers if (order := made(answer)) is not None]
    judge(kept_if(len(set(ids)) == len(ids), "DD-161", where="$.id", expected="a number of its own for each new order",
                  actual=", ".join(ids), exchanges=tuple(answer.id for answer in answers)))  # fmt: skip


@pytest.mark.parametrize(
    ("content_type", "requirement"),
    [pytest.param(*row, id=row[0], marks=verifies(row[1]))
     for row in (("application/json", "DD-103"), ("text/json", "DD-104"))],
)  # fmt: skip
def test_both_media_types_of_the_samples_are_understood(
    shop: Shop, data: ShopData, judge: Judge, content_type: str, requirement: str
) -> None:
    data.spare()
    judge(succeeded(shop.create(data.request(), content_type=content_type), requirement, f"an order sent as {content_type}"))


@verifies("DD-109", "DD-110")
def test_a_delivery_address_may_be_given_or_not(shop: Shop, data: ShopData, judge: Judge) -> None:
    data.spare()
    judge(succeeded(shop.create(data.request()), "DD-110", "an order with the address of the samples"))
    judge(succeeded(shop.create(data.request(altDeliveryInfo=...)), "DD-109", "an order without altDeliveryInfo"))


@verifies("DD-111")
def test_a_customer_of_a_b2b_group_orders_with_valid_methods(shop: Shop, data: ShopData, judge: Judge) -> None:
    data.spare()
    answer = shop.create(data.request(customerId=data.one("shop.b2b_customer")))
    judge(succeeded(answer, "DD-111", "an order of a B2B customer"))


@pytest.mark.parametrize(
    ("member", "requirement", "reading"),
    [pytest.param(*row, id=row[0], marks=verifies(row[1]))
     for row in (("customerId", "DD-106", "customer-id-type"), ("productId", "DD-107", "product-id-type"))],
)  # fmt: skip
def test_which_types_an_id_may_have_is_recorded(
    shop: Shop, data: ShopData, judge: Judge, member: str, requirement: str, reading: str
) -> None:
    data.spare()
    known = text_of(data.request()["customerId"] if member == "customerId" else data.products()[0])
    if not known.isdecimal():
        judge(Unseen(requirement))  # it cannot be sent as a number
        return
    answers = [shop.create(_with_id(data, member, value)) for value in (int(known), known)]
    option = {(True, True): "both", (True, False): "number-only", (False, True): "text-only"}.get(
        (succeeds(answers[0]), succeeds(answers[1]))
    )
    if option:
        judge(Observed(requirement, f"dandomain-orders-{reading}", option, tuple(answer.id for answer in answers)))
    else:
        judge(Unseen(requirement))


def _with_id(data: ShopData, member: str, value: int | str) -> dict[str, Any]:
    if member == "customerId":
        return data.request(customerId=value)
    return data.request(orderLines=[{"productId": value, "quantity": 1}])


@verifies("DD-105")
def test_whether_further_members_are_ignored_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    data.spare()
    line = {"productId": data.products()[0], "quantity": 1}
    more = {"id": 0, "fileUrl": "", "productName": "", "totalPrice": 1, "unitPrice": 1, "variant": "", "vatPct": "25",
            "xmlParams": None}  # fmt: skip
    answer = shop.create(data.request(orderLines=[{**more, **line}]))
    option = "ignored" if succeeds(answer) else "refused"
    judge(Observed("DD-105", "dandomain-orders-request-extra-members", option, (answer.id,)))


@verifies("DD-108")
def test_whether_the_delivery_address_may_be_null_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    data.spare()
    answer = shop.create(data.request(altDeliveryInfo=None))
    option = "accepted" if succeeds(answer) else "refused"
    judge(Observed("DD-108", "dandomain-orders-alt-delivery-null", option, (answer.id,)))


@pytest.mark.parametrize(
    ("member", "requirement", "reading"),
    [pytest.param(*row, id=row[0], marks=verifies(row[1]))
     for row in (("customerId", "DD-155", "unknown-customer"), ("currencyCode", "DD-156", "unknown-currency"))],
)  # fmt: skip
def test_what_becomes_of_an_unknown_one_is_recorded(
    shop: Shop, data: ShopData, judge: Judge, member: str, requirement: str, reading: str
) -> None:
    data.spare()
    unknown = vacant_number(data, member) if member == "customerId" else "no-such-currency"
    answer = shop.create(data.request(**{member: unknown}))
    option = "accepted" if succeeds(answer) else "refused"
    judge(Observed(requirement, f"dandomain-orders-{reading}", option, (answer.id,)))


@verifies("DD-153")
def test_whether_a_quantity_may_have_decimals_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    data.spare()
    answer = shop.create(data.request(orderLines=[{"productId": data.products()[0], "quantity": 1.5}]))
    order = made(answer)
    lines = (data.look(order.id) or order).lines if order else []
    option = "refused" if order is None else "kept" if any(quantity == 1.5 for _, quantity in lines) else "rounded"
    judge(Observed("DD-153", "dandomain-orders-fractional-quantity", option, (answer.id,)))


@verifies("DD-154")
def test_what_becomes_of_the_same_product_twice_is_recorded(shop: Shop, data: ShopData, judge: Judge) -> None:
    data.spare()
    product = data.products()[0]
    lines = [{"productId": product, "quantity": 1}, {"productId": product, "quantity": 2}]
    answer = shop.create(data.request(orderLines=lines))
    order = made(answer)
    count = len((data.look(order.id) or order).lines) if order else 0
    option = "refused" if order is None else "merged" if count == 1 else "kept-apart"
    judge(Observed("DD-154", "dandomain-orders-duplicate-lines", option, (answer.id,)))
