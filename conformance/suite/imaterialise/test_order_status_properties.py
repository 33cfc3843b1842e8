"""Order Status: the order book predicts the exact answer to any question about statuses, days, ids and numbers."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume
from hypothesis import strategies as st

from conformance.checks import Broken, Kept, NotTestable, verifies
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.imaterialise.book import Window
from conformance.suite.imaterialise.bookkeeper import Bookkeeper
from conformance.suite.imaterialise.clients import OrderQuery
from conformance.suite.imaterialise.common import offered, some_orders
from conformance.suite.imaterialise.orders import orders_of
from conformance.suite.properties import for_all

STATUSES = st.frozensets(st.integers(0, 7), min_size=1)


def day_pairs(keeper: Bookkeeper) -> st.SearchStrategy[tuple[int, int]]:
    """A range of days as places in the list of interesting ones: on, just before and just after a day with orders."""
    return st.tuples(*[st.integers(0, len(interesting_days(keeper)) - 1)] * 2).map(lambda pair: (min(pair), max(pair)))


def interesting_days(keeper: Bookkeeper) -> list[date]:
    """Days at which an answer can change.

    Raises:
        NotTestable: the target shows no order.
    """
    found = {order.day + timedelta(days=shift) for order in keeper.book.known() for shift in (-1, 0, 1)}
    if not found:
        raise NotTestable("needs orders of this API code; the target shows none: place some there")
    first = keeper.span[0] - timedelta(days=1)
    return sorted(day for day in found if first <= day <= keeper.today)


@verifies("OS-038", "OS-058")
def test_any_statuses_in_any_range_find_exactly_their_orders(keeper: Bookkeeper, context: Context) -> None:
    days = interesting_days(keeper)

    def finds(statuses: frozenset[int], ends: tuple[int, int], form: Format) -> None:
        first, last = days[ends[0]], days[ends[1]]
        assume(first != last)  # a range of one day may be refused
        requirement = "OS-038" if len(statuses) > 1 else "OS-058"
        query = OrderQuery(statuses=tuple(sorted(statuses)), date_from=first, date_to=last)
        keeper.window(query, Window(statuses, first, last, requirement, "OS-058", "OS-058"), form)

    for_all(context, finds, statuses=STATUSES, ends=day_pairs(keeper), form=offered(context))
    keeper.judge(Kept("OS-038"), Kept("OS-058"))  # every example held, whichever of the two it was about


@verifies("OS-052")
def test_a_range_is_the_union_of_its_parts(keeper: Bookkeeper, context: Context) -> None:
    days = interesting_days(keeper)

    def adds_up(ends: tuple[int, int], share: float, form: Format) -> None:
        first, last = days[ends[0]], days[ends[1]]
        length = (last - first).days
        assume(length >= 3)
        middle = first + timedelta(days=1 + int(share * (length - 3)))
        whole = keeper.window(OrderQuery(date_from=first, date_to=last), Window(None, first, last), form)
        parts = [
            keeper.window(OrderQuery(date_from=one, date_to=other), Window(None, one, other), form)
            for one, other in ((first, middle), (middle + timedelta(days=1), last))
        ]
        shown = {order.id for order in orders_of(whole)}
        united = {order.id for part in parts for order in orders_of(part)}
        if shown != united:
            seen = (whole.id, *(part.id for part in parts))
            keeper.judge(Broken("OS-052", "$.orders", f"{len(shown)} orders, as in the whole range",
                                f"{len(united)} orders in its two parts", seen))  # fmt: skip
        keeper.judge(Kept("OS-052", (whole.id,)))

    for_all(context, adds_up, ends=day_pairs(keeper), share=st.floats(0, 1), form=offered(context))


@verifies("OS-020", "OS-021", "OS-022")
def test_any_orders_are_found_by_id_and_by_number(keeper: Bookkeeper, context: Context) -> None:
    some_orders(keeper, 1)
    known = keeper.book.known()
    places = st.lists(st.integers(0, len(known) - 1), min_size=1, max_size=4, unique=True)

    def found(chosen: list[int], by_id: bool, form: Format) -> None:
        orders = [known[place] for place in chosen]
        if by_id:
            keeper.exactly(OrderQuery(ids=(orders[0].id,)), orders[:1], "OS-020", form)
        elif len(orders) == 1:
            keeper.exactly(OrderQuery(numbers=(orders[0].number,)), orders, "OS-021", form)
        else:
            keeper.exactly(OrderQuery(numbers=tuple(order.number for order in orders)), orders, "OS-022", form)

    for_all(context, found, chosen=places, by_id=st.booleans(), form=offered(context))
    for requirement in ("OS-020", "OS-021", "OS-022"):
        keeper.judge(Kept(requirement))  # every example held, whichever of the three it was about
