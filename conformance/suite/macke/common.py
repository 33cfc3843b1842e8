"""What several scenarios judge alike: accepted, refused, found, and that nothing else changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from conformance.checks import Answer, Broken, Kept, Observed, Unreadable
from conformance.checks.compare import differences
from conformance.checks.outcome import kept_if
from conformance.contract import Contract
from conformance.contract.tree import wire_text
from conformance.suite.macke.orders import Order, equal, ids, integer_of, orders_in, orders_of

BY_STATUS = frozenset(
    {"status", "invoice_id", "credit_memo_id", "shipment_ids", "need_shipment", "shipping", "repaid", "payment_info"}
)
"""What may follow a change of status: papers, shipments and payments that belong to the new status."""


def told(answer: Answer) -> str:
    """What came, in a few words."""
    if answer.exchange.response is None:
        return answer.exchange.failure
    rows = orders_in(answer.value) if answer.says_success and answer.operation.id != "updateOrder" else None
    return f"HTTP {answer.status}" + (f" with {len(rows)} orders" if rows is not None else "")


def accepted(answer: Answer) -> bool:
    """Whether an update says that it was done."""
    return 200 <= answer.status < 300


def refused(answer: Answer) -> bool:
    """Whether it was refused: any client error.

    Raises:
        Unreadable: no answer came, or one that is neither (a failure of the server), which is a finding of its own.
    """
    if not accepted(answer) and not answer.refused_by_http:
        raise Unreadable(f"neither accepted nor refused: {told(answer)}")
    return answer.refused_by_http


def refused_or(answer: Answer, otherwise: Callable[[], str] | str) -> str:
    """The option of a reading: `refused`, or else what the effect shows, which is looked for only then.

    Raises:
        Unreadable: as `refused` does.
    """
    if refused(answer):
        return "refused"
    return otherwise if isinstance(otherwise, str) else otherwise()


def is_accepted(answer: Answer, requirement: str, what: str) -> Kept | Broken:
    """An update was answered with 200."""
    return kept_if(accepted(answer), requirement, where="status", expected=f"HTTP 200 for {what}", actual=told(answer),
                   exchanges=(answer.id,))  # fmt: skip


def is_unknown(answer: Answer, requirement: str, what: str) -> Kept | Broken:
    """The answer is a 404."""
    return kept_if(answer.status == 404, requirement, where="status", expected=f"HTTP 404 for {what}",
                   actual=told(answer), exchanges=(answer.id,))  # fmt: skip


def names_the_order(answer: Answer, order_id: str, requirement: str) -> Iterator[Kept | Broken]:
    """The answer to an update has the id of its order. That it has one at all is judged by the schema."""
    if answer.says_success:
        shown = integer_of(answer.document.get("order_id"))
        yield kept_if(str(shown) == order_id, requirement, where="$.order_id", expected=order_id,
                      actual=wire_text(answer.document.get("order_id")), exchanges=(answer.id,))  # fmt: skip


def has_status(order: Order, letter: str, requirement: str, evidence: Iterable[str]) -> Kept | Broken:
    """The details show a status."""
    return kept_if(order.status == letter, requirement, where="$.status", expected=letter,
                   actual=order.status or "no status", exchanges=evidence)  # fmt: skip


def unchanged(
    contract: Contract, before: Order, after: Order, requirement: str, evidence: Iterable[str],
    but: Iterable[str] = (),
) -> Kept | Broken:  # fmt: skip
    """An order's documented fields are as they were, apart from some."""
    seen, left_out = tuple(evidence), set(but)
    schema = contract.operations["getOrder"].answer.schema
    for difference in differences(dict(before.raw), dict(after.raw), schema, (), equal):
        if difference.path[0] not in left_out:
            where = f"$.{difference.path[0]}"
            return Broken(requirement, where, wire_text(difference.left), wire_text(difference.right), seen)
    return Kept(requirement, seen)


def found_in(answer: Answer) -> list[str]:
    """The ids of the orders that a search or list shows; none where it is refused or says that there are none."""
    if answer.refused_by_http:
        return []
    return ids(orders_of(answer))


def finds(answer: Answer, order_id: str, requirement: str, what: str) -> Kept | Broken:
    """A search shows an order."""
    return kept_if(order_id in found_in(answer), requirement, where="$", expected=f"order {order_id} for {what}",
                   actual=told(answer), exchanges=(answer.id,))  # fmt: skip


def finds_not(answer: Answer, order_id: str, requirement: str, what: str) -> Kept | Broken:
    """A search does not show an order."""
    return kept_if(order_id not in found_in(answer), requirement, where="$", actual=f"order {order_id}",
                   expected=f"results without order {order_id} for {what}", exchanges=(answer.id,))  # fmt: skip


@dataclass
class Seen:
    """The options of a reading that several answers showed: one that all agree on, or `mixed`."""

    requirement: str
    reading: str
    mixed: str = "mixed"
    options: dict[str, str] = field(default_factory=dict)

    def add(self, option: str, answer: Answer) -> None:
        """Takes what one answer shows."""
        self.options.setdefault(option, answer.id)

    def outcome(self) -> Iterator[Observed]:
        """What was observed; nothing where no answer showed anything."""
        if self.options:
            option = next(iter(self.options)) if len(self.options) == 1 else self.mixed
            yield Observed(self.requirement, self.reading, option, tuple(self.options.values()))
