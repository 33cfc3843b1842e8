"""Order Status: which orders a question finds (Structure of the Request; Errors)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from conformance.checks import Answer, Judge, Kept, NotTestable, Observed, refused_with, verifies
from conformance.checks.errors import codes_of, error_objects
from conformance.checks.outcome import kept_if
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.imaterialise.book import Window
from conformance.suite.imaterialise.bookkeeper import LONG_AGO, Bookkeeper
from conformance.suite.imaterialise.clients import OrderQuery, OrderStatus
from conformance.suite.imaterialise.common import same_in_both, shows_no_orders, some_orders
from conformance.suite.imaterialise.orderdata import STATUS_OF_NEED, OrderData
from conformance.suite.imaterialise.orders import NOTHING_FOUND, STATUS_NAMES, orders_of
from conformance.suite.imaterialise.probes import unknown_id

UNKNOWN_STATUS = 103
GUID_LENGTH = 36


def everything(keeper: Bookkeeper) -> Window:
    """All statuses, all days that are worth asking about."""
    return Window(None, *keeper.span)


@verifies("OS-002")
def test_get_or_post_works(status: OrderStatus, judge: Judge, context: Context) -> None:
    answers = {
        method: status.ask(OrderQuery(date_from=context.clock.date() - timedelta(days=31)), operation=operation)
        for method, operation in (("get", "getOrders"), ("post", "postOrders"))
    }
    working = [method for method, answer in answers.items() if answer.readable and answer.status < 500]
    if not working:
        _ = answers["get"].document  # why not is another finding's matter
    else:
        option = "both" if len(working) > 1 else working[0]
        judge(Observed("OS-002", "order-status-method", option, tuple(answer.id for answer in answers.values())))


@verifies("OS-002")
def test_get_and_post_say_the_same_where_both_work(keeper: Bookkeeper, status: OrderStatus, judge: Judge) -> None:
    known = keeper.book.known()
    query = OrderQuery(numbers=(known[0].number,) if known else ("IMC000000",))
    get, post = (status.ask(query, operation=operation) for operation in ("getOrders", "postOrders"))
    if get.readable and post.readable and {get.status, post.status} == {200}:
        same_in_both(judge, get, post, "OS-002")
    else:
        judge(Kept("OS-002", (get.id, post.id)))


@verifies("OS-020")
def test_an_id_finds_exactly_its_order(keeper: Bookkeeper, form: Format) -> None:
    for order in some_orders(keeper, 3):
        keeper.exactly(OrderQuery(ids=(order.id,)), [order], "OS-020", form)


@verifies("OS-021")
def test_a_number_finds_exactly_its_order(keeper: Bookkeeper, form: Format) -> None:
    for order in some_orders(keeper, 3):
        keeper.exactly(OrderQuery(numbers=(order.number,)), [order], "OS-021", form)


@verifies("OS-021")
def test_part_of_a_number_finds_nothing(keeper: Bookkeeper, judge: Judge, form: Format) -> None:
    order = some_orders(keeper, 1)[0]
    for other in (order.number[:-1], order.number[:-1] + "X", order.number[1:]):
        answer = keeper.api.ask(OrderQuery(numbers=(other,)), form)
        shown = [shown.number for shown in orders_of(answer)] if answer.readable else []
        judge(kept_if(not shown, "OS-021", where="$.orders", expected=f"no order: {other} is nobody's number",
                      actual=", ".join(shown[:4]), exchanges=(answer.id,)))  # fmt: skip


@verifies("OS-021", "OS-040")
def test_every_order_that_the_target_names_is_found(
    keeper: Bookkeeper, orders: OrderData, judge: Judge, form: Format
) -> None:
    named = sorted(orders.named() - keeper.book.touched)
    judge(Kept("OS-021"), Kept("OS-040"))
    wide = keeper.api.ask(OrderQuery(date_from=LONG_AGO), form)
    listed = {order.number for order in orders_of(wide)}
    for number in named[:20]:
        answer = keeper.api.ask(OrderQuery(numbers=(number,)), form)
        found = [order for order in orders_of(answer) if order.number == number]
        judge(kept_if(bool(found), "OS-021", where="$.orders", expected=f"{number}, which the target file names",
                      actual="no such order", exchanges=(answer.id,)))  # fmt: skip
        if found:
            judge(kept_if(number in listed, "OS-040", where="$.orders", expected=f"{number} ({found[0].day}) in the list",
                          actual="not in the list", exchanges=(wide.id, answer.id)))  # fmt: skip


@verifies("OS-022")
def test_several_numbers_find_their_orders(keeper: Bookkeeper, form: Format) -> None:
    wanted = some_orders(keeper, 3)
    keeper.exactly(OrderQuery(numbers=tuple(order.number for order in wanted)), wanted, "OS-022", form)


@verifies("OS-027")
def test_several_ids_are_recorded(keeper: Bookkeeper, judge: Judge) -> None:
    wanted = some_orders(keeper, 2)
    answer = keeper.api.ask(OrderQuery(ids=tuple(order.id for order in wanted)))
    shown = [order.id for order in orders_of(answer)] if answer.readable else []
    option = "all" if len(shown) == len(wanted) else "first-only" if shown else "refused"
    judge(Observed("OS-027", "order-status-several-ids", option, (answer.id,)))


@verifies("OS-023")
def test_id_beside_number_is_recorded(keeper: Bookkeeper, judge: Judge) -> None:
    one, other = some_orders(keeper, 2)
    answer = keeper.api.ask(OrderQuery(ids=(one.id,), numbers=(other.number,)))
    shown = {order.id for order in orders_of(answer)} if answer.readable else set()
    option = {frozenset({one.id}): "id-wins", frozenset({other.id}): "number-wins"}.get(frozenset(shown))
    if option is None:
        option = "both-applied" if answer.readable and codes_of(answer) == {NOTHING_FOUND} else "refused"
    judge(Observed("OS-023", "order-status-id-with-number", option, (answer.id,)))


@verifies("OS-024")
def test_filters_beside_a_number_are_recorded(keeper: Bookkeeper, judge: Judge) -> None:
    order = some_orders(keeper, 1)[0]
    other = (order.status + 1) % len(STATUS_NAMES)
    answer = keeper.api.ask(OrderQuery(numbers=(order.number,), statuses=(other,)))
    found = answer.readable and any(shown.id == order.id for shown in orders_of(answer))
    judge(Observed("OS-024", "order-status-filters-beside-number", "ignored" if found else "applied", (answer.id,)))


@verifies("OS-025")
def test_an_id_that_is_no_guid_is_no_server_error(status: OrderStatus, judge: Judge, form: Format) -> None:
    for malformed in ("IMC000001", "", "0", "%00", "ä" * 40):
        answer = status.ask(OrderQuery(ids=(malformed,)), form)
        judge(kept_if(answer.status < 500, "OS-025", where="status", expected="no server error",
                      actual=f"HTTP {answer.status}", exchanges=(answer.id,)))  # fmt: skip


@verifies("OS-026", "OS-040")
def test_neither_id_nor_number_is_needed(
    keeper: Bookkeeper, orders: OrderData, judge: Judge, form: Format
) -> None:
    if not keeper.book.known() and orders.look(orders.in_state("order.ordered")) is None:
        raise NotTestable("needs an order of this API code; the target shows none: place one there")
    window = everything(keeper)
    answer = keeper.window(OrderQuery(date_from=window.first, date_to=window.last), window, form)
    found = bool(orders_of(answer))
    judge(kept_if(found, "OS-026", where="$.orders", expected="orders, found by date alone", actual="none",
                  exchanges=(answer.id,)))  # fmt: skip


@pytest.mark.parametrize(
    ("code", "requirement"),
    [pytest.param(code, f"OS-03{code}", id=name, marks=verifies(f"OS-03{code}"))
     for code, name in enumerate(STATUS_NAMES)],
)  # fmt: skip
def test_one_status_finds_exactly_its_orders(
    keeper: Bookkeeper, context: Context, form: Format, code: int, requirement: str
) -> None:
    book = keeper.book
    window = Window(frozenset({code}), *keeper.span, by_status=requirement)
    if not book.predicted(window):
        window = replace(window, first=book.since)
    keeper.window(OrderQuery(statuses=(code,), date_from=window.first, date_to=window.last), window, form)
    if not book.predicted(window):
        need = next(need for need, status in STATUS_OF_NEED.items() if status == code)
        raise context.data.unmet(need)


@verifies("OS-038")
def test_a_repeated_status_finds_the_union(keeper: Bookkeeper, form: Format) -> None:
    for codes in ((0, 2, 3, 5, 6), (7, 1), (4, 4)):
        window = Window(frozenset(codes), *keeper.span, by_status="OS-038")
        keeper.window(OrderQuery(statuses=codes, date_from=window.first, date_to=window.last), window, form)


@verifies("OS-039")
def test_an_empty_status_means_all(keeper: Bookkeeper, form: Format) -> None:
    window = Window(None, *keeper.span, by_status="OS-039", by_first="OS-039", by_last="OS-039")
    keeper.window(OrderQuery(statuses=("",), date_from=window.first, date_to=window.last), window, form)


@verifies("OS-103")
def test_an_unknown_status_is_refused_with_103(status: OrderStatus, judge: Judge, form: Format) -> None:
    for unknown in (8, 99, -1):
        answer = status.ask(OrderQuery(statuses=(unknown,)), form)
        judge(refused_with(answer, UNKNOWN_STATUS, "OS-103"), shows_no_orders(answer, "OS-103"))


@verifies("OS-041")
def test_an_unknown_status_among_valid_ones_is_recorded(status: OrderStatus, judge: Judge) -> None:
    answer = status.ask(OrderQuery(statuses=(2, 99)))
    judge(Observed("OS-041", "order-status-mixed-status", _refusal(answer, "valid-ones-answered"), (answer.id,)))


@verifies("OS-042")
def test_a_status_that_is_no_number_is_recorded(status: OrderStatus, judge: Judge) -> None:
    answer = status.ask(OrderQuery(statuses=("Shipped",)))
    judge(Observed("OS-042", "order-status-text-status", _refusal(answer, "ignored"), (answer.id,)))


def _refusal(answer: Answer, otherwise: str) -> str:
    """Which of the usual ways to refuse a status an answer took; `otherwise` where it shows orders."""
    codes = codes_of(answer)
    if UNKNOWN_STATUS in codes:
        return "refused-103"
    if answer.readable and orders_of(answer):
        return otherwise
    return "nothing-found" if NOTHING_FOUND in codes else "refused-otherwise"


@verifies("OS-108")
def test_what_nobody_ordered_is_not_found_with_108(
    status: OrderStatus, orders: OrderData, context: Context, judge: Judge, form: Format
) -> None:
    for query in (OrderQuery(ids=(unknown_id(context, "order"),)), OrderQuery(numbers=(orders.unknown(),))):
        answer = status.ask(query, form)
        judge(refused_with(answer, NOTHING_FOUND, "OS-108"), shows_no_orders(answer, "OS-108"))


@verifies("OS-108")
def test_a_day_without_orders_is_not_found_with_108(keeper: Bookkeeper, judge: Judge, form: Format) -> None:
    answer = keeper.api.ask(OrderQuery(date_from=LONG_AGO, date_to=LONG_AGO.replace(day=2)), form)
    judge(refused_with(answer, NOTHING_FOUND, "OS-108"), shows_no_orders(answer, "OS-108"))


@verifies("OS-068")
def test_orders_beside_an_xml_error_are_recorded(status: OrderStatus, context: Context, judge: Judge) -> None:
    answer = status.ask(OrderQuery(ids=(unknown_id(context, "order"),)), Format.XML)
    empty = "orders" in answer.document
    judge(Observed("OS-068", "order-status-xml-empty-orders", "empty" if empty else "absent", (answer.id,)))


@verifies("OS-069")
def test_one_unknown_among_several_numbers_is_recorded(keeper: Bookkeeper, orders: OrderData, judge: Judge) -> None:
    known = some_orders(keeper, 1)[0]
    answer = keeper.api.ask(OrderQuery(numbers=(known.number, orders.unknown())))
    places = {error.place for error in error_objects(answer)}
    shown = answer.readable and orders_of(answer)
    option = "order-error" if "orderError" in places else "known-ones-only" if shown else "refused-108"
    judge(Observed("OS-069", "order-status-partial-miss", option, (answer.id,)))


@verifies("OS-019")
def test_orders_of_another_api_code_are_invisible(
    keeper: Bookkeeper, context: Context, judge: Judge, form: Format
) -> None:
    foreign = context.data.one("order.foreign")
    # The target file may name foreign orders by number and by id.
    names = {str(value) for value in (*foreign.ids.values(), *context.data.named("order.foreign"))}
    ids = {name for name in names if len(name) == GUID_LENGTH}
    queries = [OrderQuery(ids=(id_,)) for id_ in sorted(ids)] + [OrderQuery(numbers=(n,)) for n in sorted(names - ids)]
    for query in (*queries, OrderQuery(date_from=LONG_AGO)):
        answer = keeper.api.ask(query, form)
        asked_by_name = bool(query.ids or query.numbers)
        listed = orders_of(answer) if answer.readable else []
        shown = {str(order.raw.get(key)) for order in listed for key in ("orderNumber", "orderID")}
        seen = shown if asked_by_name else shown & names
        judge(kept_if(not seen, "OS-019", where="$.orders", expected="no order of another API code",
                      actual=", ".join(sorted(seen)), exchanges=(answer.id,)))  # fmt: skip
        if asked_by_name and not seen:
            judge(refused_with(answer, NOTHING_FOUND, "OS-019"))  # as if there were no such order


@verifies("OS-210")
def test_an_order_on_hold_says_so(keeper: Bookkeeper, context: Context, orders: OrderData, judge: Judge) -> None:
    held = [order for order in keeper.book.known() if order.raw.get("isOnHold") is True]
    if held and not context.target.states_url and not context.data.named("order.on_hold"):
        judge(Kept("OS-210", keeper.book.evidence))  # discovered: one says so, and nothing speaks against it
        return
    number = orders.in_state("order.on_hold")
    answer = keeper.api.ask(OrderQuery(numbers=(number,)))
    shown = [order for order in orders_of(answer) if order.raw.get("orderNumber") == number]
    judge(kept_if(bool(shown) and shown[0].raw.get("isOnHold") is True, "OS-210", where="$.orders[0].isOnHold",
                  expected=f"true for {number}, which is on hold", exchanges=(answer.id,),
                  actual=str(shown[0].raw.get("isOnHold")).lower() if shown else "the order is not shown"))  # fmt: skip


@verifies("OS-008")
def test_all_orders_read_the_same_in_json_and_xml(keeper: Bookkeeper, judge: Judge) -> None:
    query = OrderQuery(date_from=keeper.span[0], date_to=keeper.span[1])
    json_answer, xml_answer = (keeper.api.ask(query, form) for form in (Format.JSON, Format.XML))
    same_in_both(judge, json_answer, xml_answer, "OS-008")
    keeper.window(query, everything(keeper), Format.XML)


