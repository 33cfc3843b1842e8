"""CreateOrder: whatever valid order is sent, GetOrder shows that order, new and unlike any other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from conformance.checks import Judge, Kept, Unseen, verifies
from conformance.checks.outcome import kept_if
from conformance.suite.context import Context
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.common import succeeded, told
from conformance.suite.dandomain.created import NEW, OF_REQUEST, as_new, as_requested
from conformance.suite.dandomain.orders import order_of, shown
from conformance.suite.dandomain.shopdata import ShopData
from conformance.suite.properties import for_all, written
from conformance.target import Unmet

_TEXT = written("abcÆØÅæøåéß 0123456789-.,'&<>\"/", 30).map(str.strip)
"""Letters, digits and what people write in addresses; no blanks at the ends, which nobody promises to keep."""
ADDRESS = st.fixed_dictionaries(
    dict.fromkeys(("address", "address2", "city", "name", "state"), _TEXT)
    | {"zipCode": st.integers(1000, 9999).map(str)}
)
_DAY = timedelta(days=1)


def lines(data: ShopData) -> st.SearchStrategy[list[dict[str, Any]]]:
    """One to four lines, no product twice (what becomes of that is not documented)."""
    products: list[int | str] = []
    for count in (4, 3, 2, 1):
        try:
            products = data.products(count)
            break
        except Unmet:
            if count == 1:
                raise
    line = st.tuples(st.sampled_from(products), st.integers(1, 9) | st.sampled_from([10, 99, 250]))
    rows = st.lists(line, min_size=1, max_size=len(products), unique_by=lambda row: row[0])
    return rows.map(lambda drawn: [{"productId": product, "quantity": quantity} for product, quantity in drawn])


@verifies("DD-100", "DD-161", "DD-162", "DD-207", "DD-208", *OF_REQUEST, *NEW)
def test_whatever_is_created_is_what_is_shown(shop: Shop, data: ShopData, context: Context, judge: Judge) -> None:
    numbers = {data.spare().id}
    evidence: list[str] = []

    def example(drawn: list[dict[str, Any]], address: dict[str, str]) -> None:
        body = data.request(orderLines=drawn, altDeliveryInfo=data.delivery(**address))
        answer = shop.create(body)
        judge(succeeded(answer, "DD-100", "the order that was created"))
        order = order_of(answer)
        judge(kept_if(order.id not in numbers, "DD-161", where="$.id", expected="a number that no order had",
                      actual=f"{order.id} again", exchanges=(answer.id, *evidence)))  # fmt: skip
        numbers.add(order.id)
        evidence[:] = [answer.id]
        looked = shop.get(order.id)
        found = shown(looked)
        judge(kept_if(bool(found) and found[0].id == order.id, "DD-162", where="$.id", expected=f"order {order.id}",
                      actual=told(looked), exchanges=(answer.id, looked.id)))  # fmt: skip
        judge(as_requested(found[0], body, (answer.id, looked.id)), as_new(found[0], (answer.id, looked.id)))

    for_all(context, example, drawn=lines(data), address=ADDRESS)
    # Every example held, or said what does not show.
    for requirement in (*OF_REQUEST, *NEW):
        judge(Kept(requirement) if judge.evidence[requirement] else Unseen(requirement))
    judge(Kept("DD-100"), Kept("DD-161"), Kept("DD-162"))
    today = context.clock.date()
    answer = shop.created(today - _DAY, today + 2 * _DAY)
    missing = numbers & set(data.own.live) - {row.id for row in shown(answer)}
    told_of = f"order {min(missing)} is not listed" if missing else ""
    for requirement in ("DD-207", "DD-208"):
        judge(kept_if(not missing, requirement, where="$", expected=f"the {len(numbers)} orders that were just created",
                      actual=told_of, exchanges=(*evidence, answer.id)))  # fmt: skip
