"""What several scenarios judge alike: success, refusal, and that nothing else changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from conformance.checks import Answer, Broken, Kept
from conformance.checks.outcome import kept_if
from conformance.contract.tree import wire_text
from conformance.suite.dandomain.orders import MODIFIED, Order, equal, shown, text_of


def told(answer: Answer) -> str:
    """What came, in a few words."""
    if answer.exchange.response is None:
        return answer.exchange.failure
    if not answer.says_success:
        return f"HTTP {answer.status} without a result"
    value = answer.value
    if isinstance(value, list):
        return f"HTTP {answer.status} with a list of {len(value)}"
    return f"HTTP {answer.status} with " + (f"order {value.get('id')}" if isinstance(value, dict) else wire_text(value))


def succeeds(answer: Answer) -> bool:
    """Whether an answer says that the operation did what it is for: an order with its number, a list, `true`."""
    if not answer.says_success or answer.value is False:
        return False
    return not isinstance(answer.value, dict) or bool(Order(answer.value).id)


def succeeded(answer: Answer, requirement: str, expected: str) -> Kept | Broken:
    """The operation did what was asked."""
    return kept_if(succeeds(answer), requirement, where="status", expected=expected, actual=told(answer),
                   exchanges=(answer.id,))  # fmt: skip


def refused(answer: Answer, requirement: str, sent: str) -> Kept | Broken:
    """The answer says no success. How a refusal looks is not documented: any other answer is one.

    Raises:
        Unreadable: no answer came at all.
    """
    _ = answer.response
    return kept_if(not succeeds(answer), requirement, where="status", expected=f"no success for {sent}",
                   actual=told(answer), exchanges=(answer.id,))  # fmt: skip


def answered(answer: Answer, value: bool, requirement: str) -> Kept | Broken:
    """The answer is exactly `true` or `false`."""
    good = answer.says_success and answer.value is value
    return kept_if(good, requirement, where="$", expected=wire_text(value), actual=told(answer), exchanges=(answer.id,))


def status_seen(answer: Answer, *named: str) -> str:
    """How something was answered that is no success, as an option of a reading.

    Args:
        answer: what came.
        named: the statuses that the reading tells apart; other client errors are `other-4xx`.
    """
    status = str(answer.response.status)
    if not answer.refused_by_http:
        return "no-value"
    return status if status in named else "other-4xx"


def state_ids(answer: Answer) -> list[str]:
    """The ids of the order states that an answer lists; none where it lists none."""
    rows = answer.value if answer.says_success and isinstance(answer.value, list) else []
    found = (text_of(row.get("id")) for row in rows if isinstance(row, Mapping))
    return [id_ for id_ in found if id_]


def listing(answer: Answer, requirement: str) -> Kept | Broken:
    """A list, in which each order shows its number."""
    rows = answer.value
    nameless = [place for place, row in enumerate(rows if isinstance(rows, list) else ()) if not Order(row).id]
    good = isinstance(rows, list) and not nameless
    where, actual = (f"$[{nameless[0]}].id", "none") if nameless else ("$", told(answer))
    return kept_if(good, requirement, where=where, expected="a list of orders, each with its number", actual=actual,
                   exchanges=(answer.id,))  # fmt: skip


def unchanged(
    before: Order, after: Order | None, requirement: str, evidence: Iterable[str], but: Iterable[str] = ()
) -> Kept | Broken:
    """An order is as it was before, apart from some members.

    Args:
        before: the order before a call.
        after: the order after it; None where it is gone.
        requirement: what is broken where more has changed.
        evidence: the exchanges that show both.
        but: members that may differ.
    """
    seen = tuple(evidence)
    if after is None:
        return Broken(requirement, "$", f"order {before.id} as it was", "no such order any more", seen)
    for name in sorted(before.raw, key=MODIFIED.__contains__):  # last: in the same second it would not differ
        value, now = before.raw[name], after.raw.get(name)
        if name not in but and value != now and not equal(value, now):
            return Broken(requirement, f"$.{name}", wire_text(value), wire_text(now), seen)
    return Kept(requirement, seen)


def undone(answers: Sequence[Answer], before: Order, after: Order | None, requirement: str) -> Kept | Broken:
    """What was refused has changed nothing.

    Where it was said to be done, that is broken already, and the date of the change is no second fault.
    """
    said = any(map(succeeds, answers))
    return unchanged(before, after, requirement, [answer.id for answer in answers], but=MODIFIED if said else ())


def not_listed(answer: Answer, order_id: str, requirement: str, why: str) -> Kept | Broken:
    """A list does not hold an order."""
    listed = order_id in {order.id for order in shown(answer)}
    return kept_if(not listed, requirement, where="$", expected=f"a list without order {order_id}, {why}",
                   actual=f"order {order_id} is listed", exchanges=(answer.id,))  # fmt: skip


def listed(answer: Answer, order_id: str, requirement: str, why: str) -> Kept | Broken:
    """A list holds an order, once."""
    times = [order.id for order in shown(answer)].count(order_id)
    return kept_if(times == 1, requirement, where="$", expected=f"a list with order {order_id}, {why}, once",
                   actual=told(answer) if not times else f"{told(answer)}, which holds it {times} times",
                   exchanges=(answer.id,))  # fmt: skip
