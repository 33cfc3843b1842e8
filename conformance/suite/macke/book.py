"""The order book: every order that the list shows, newest first, and from it the answer to any narrower question.

Pure: a book and a question in, the expected orders out, and the difference to an answer as outcomes. Orders of the same
second may change places. Of a very long list only the newest orders are known; then only what follows from these is
predicted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from conformance.checks import Answer, Broken, Kept, Outcome
from conformance.contract.tree import wire_text
from conformance.suite.macke.clients import Question
from conformance.suite.macke.every import STATUS_ROWS
from conformance.suite.macke.orders import HIDDEN, Order, equal, ids, named, orders_of

DEFAULT_SIZE = 10
ASC, DESC = "asc", "desc"


@dataclass(frozen=True)
class Blame:
    """The requirement that each kind of mistake in a page breaks."""

    stray: str
    """An order that does not fit the question."""
    missing: str
    """An order that fits and is not shown."""
    order: str
    """Orders in the wrong sequence."""
    number: str
    """More or fewer orders than the page has to have."""

    @staticmethod
    def all(requirement: str) -> Blame:
        """The same requirement for every mistake."""
        return Blame(requirement, requirement, requirement, requirement)

    def rows(self) -> tuple[str, ...]:
        """All requirements that an answer without a mistake keeps."""
        return tuple(dict.fromkeys((self.stray, self.missing, self.order, self.number)))


@dataclass(frozen=True)
class EmailReading:
    """How the target compares e-mail addresses."""

    partial: bool = False
    any_case: bool = True

    def holds(self, wanted: str, shown: str) -> bool:
        """Whether an order with an address answers a question for another."""
        if self.any_case:
            wanted, shown = wanted.casefold(), shown.casefold()
        return wanted in shown if self.partial else wanted == shown


@dataclass(frozen=True)
class OrderBook:
    """The orders of the account as the list shows them."""

    orders: tuple[Order, ...]
    """Newest first."""
    whole: bool
    """Whether these are all orders, or only the newest."""
    evidence: tuple[str, ...]
    """The exchanges that show them."""
    members: frozenset[str] = frozenset()
    """The documented members of an order: those that are the same wherever it is listed."""
    details: Mapping[str, Order] = field(default_factory=dict)
    """Details that were read because the list does not show what a prediction needs."""

    def fingerprint(self) -> object:
        """What to compare when asking whether the data behind the book have changed."""
        return [{name: order.raw[name] for name in sorted(self.members & order.raw.keys())} for order in self.orders]

    def by_id(self) -> dict[str, Order]:
        """The orders by their ids."""
        return {order.id: order for order in self.orders}

    def fits(self, order: Order, question: Question, email: EmailReading) -> bool | None:
        """Whether an order answers a question; None where what the list shows of it does not tell."""
        known = self.details.get(order.id, order)
        found: list[bool | None] = [not question.status or order.status == question.status]
        if question.user is not None:
            found.append(None if known.user is None else known.user == question.user)
        if question.email is not None:
            found.append(None if known.email is None else email.holds(question.email, known.email))
        if question.invoice is not None:
            shown = "invoice_id" in known.raw or "invoice_id" in order.raw
            found.append(None if not shown else (known.invoice or order.invoice) == question.invoice)
        if False in found:
            return False
        return None if None in found else True

    def predicted(self, question: Question, email: EmailReading) -> list[Order] | None:
        """The orders of a page, in sequence; None where the book does not tell."""
        fitting = [(order, self.fits(order, question, email)) for order in self.orders]
        if any(fits is None for _, fits in fitting):
            return None
        found = [order for order, fits in fitting if fits]
        ascending = question.sort_order == ASC
        if not self.whole and ascending:
            return None
        if ascending:
            found.reverse()
        size = int(question.size) if question.size is not None else DEFAULT_SIZE
        first = (int(question.page or 1) - 1) * size
        if not self.whole and first + size > len(found) - self._last_second(found):
            return None
        return found[first : first + size]

    @staticmethod
    def _last_second(found: list[Order]) -> int:
        """How many orders are of the same second as the last known one: not all of that second need be known."""
        return sum(order.timestamp == found[-1].timestamp for order in found) if found else 0

    def total(self, question: Question, email: EmailReading) -> int | None:
        """How many orders a question has over all pages; None where the book does not tell."""
        fits = [self.fits(order, question, email) for order in self.orders]
        return None if not self.whole or None in fits else sum(fit is True for fit in fits)

    def judge_page(
        self, answer: Answer, question: Question, blame: Blame, email: EmailReading = EmailReading()
    ) -> Iterator[Outcome]:
        """Holds a page against the prediction: no order more, none less, in sequence."""
        if answer.refused_by_http and answer.status != 404:
            yield Broken(blame.missing, "status", f"a page for {question}", f"HTTP {answer.status}", (answer.id,))
            return
        due = None if question.filters else self.predicted(question, email)
        if answer.status == 404 and due:
            told = f"HTTP 200 and {len(due)} orders for {question}"
            yield Broken("MK-001", "status", told, "HTTP 404", (*self.evidence, answer.id))
            return
        shown = orders_of(answer)
        yield from self._judged(answer, shown, question, blame, email)

    def _judged(
        self, answer: Answer, shown: list[Order], question: Question, blame: Blame, email: EmailReading
    ) -> Iterator[Outcome]:
        seen, known = (*self.evidence, answer.id), self.by_id()
        for order in shown:
            listed = known.get(order.id, None if self.whole else order)
            if listed is None or self.fits(listed, question, email) is False:
                told = f"order {order.id}" + (f" in status {order.status}" if order.status else "")
                hidden = order.status == HIDDEN and question.status is None
                yield Broken("MK-082" if hidden else blame.stray, "$.orders", f"only orders for {question}", told, seen)
                return
        yield from self._altered(shown, known, seen)
        due = self.predicted(question, email)
        if due is None:
            yield from in_sequence(answer, shown, question, blame.order)
            yield from (Kept(requirement, (answer.id,)) for requirement in blame.rows() if requirement != blame.order)
            return
        yield from differing(answer, shown, due, question, blame, seen)

    def judge_default(self, answer: Answer) -> Iterator[Outcome]:
        """Holds the list without parameters against the ten newest orders; which default is wrong shows in what came."""
        blame = Blame("MK-040", "MK-040", "MK-056", "MK-042")
        for outcome in self.judge_page(answer, Question(), blame):
            if not isinstance(outcome, Broken) or outcome.requirement == "MK-042":
                yield outcome
                continue
            moments = [order.timestamp or 0 for order in orders_of(answer)]
            if moments == sorted(moments, reverse=True):
                yield outcome  # newest first, and not the newest: another page
            elif moments == sorted(moments):
                yield replace(outcome, requirement="MK-056")
            else:
                yield replace(outcome, requirement="MK-055")
            return
        yield Kept("MK-055", (answer.id,))

    def _altered(self, shown: list[Order], known: Mapping[str, Order], seen: tuple[str, ...]) -> Iterator[Broken]:
        """The first member in which an order is shown otherwise than the book has it."""
        for order in shown:
            for name, left, right in alike(known.get(order.id, order), order, self.members):
                yield Broken("MK-037", f"$.orders[*].{name}", f"{wire_text(left)}, as other answers show it for {order.id}",
                             wire_text(right), seen)  # fmt: skip
                return

    def without(self, order_ids: Iterable[str]) -> list[Order]:
        """The orders but for some."""
        left_out = set(order_ids)
        return [order for order in self.orders if order.id not in left_out]


def differing(
    answer: Answer, shown: list[Order], due: list[Order], question: Question, blame: Blame, seen: tuple[str, ...]
) -> Iterator[Outcome]:
    """What is wrong with a page whose orders are known."""
    twice = [id_ for id_, count in Counter(ids(shown)).items() if count > 1]
    if twice:
        yield Broken(blame.number, "$.orders", "each order once", f"{named(twice)} more than once", seen)
        return
    if len(shown) != len(due):
        cut = len(shown) == DEFAULT_SIZE < len(due)  # items_per_page itself was not heeded
        more = len(shown) > len(due) or (question.filters == 0 and shown)
        requirement = "MK-043" if cut and blame.number in STATUS_ROWS.values() else blame.number if more else blame.missing
        lost = [id_ for id_ in ids(due) if id_ not in ids(shown)]
        told = f"{len(shown)} orders" + (f" without {named(lost)}" if lost and len(shown) < len(due) else "")
        yield Broken(requirement, "$.orders", f"{len(due)} orders for {question}", told, seen)
        return
    moments = [order.timestamp for order in due]
    known = {order.id: order.timestamp for order in due}
    came = [known.get(order.id, order.timestamp) for order in shown]
    if came == moments:
        yield from (Kept(requirement, (answer.id,)) for requirement in blame.rows())
    elif sorted(came, key=_moment) == sorted(moments, key=_moment):
        yield Broken(blame.order, "$.orders", f"{named(ids(due))} in this sequence", named(ids(shown)), seen)
    else:
        yield Broken(blame.missing, "$.orders", f"{named(ids(due))} for {question}", named(ids(shown)), seen)


def in_sequence(answer: Answer, shown: list[Order], question: Question, requirement: str) -> Iterator[Outcome]:
    """The orders of a page stand in the sequence that was asked for, whichever they are."""
    moments = [order.timestamp for order in shown if order.timestamp is not None]
    expected = sorted(moments, reverse=question.sort_order != ASC)
    if moments == expected:
        yield Kept(requirement, (answer.id,))
    else:
        way = "oldest" if question.sort_order == ASC else "newest"
        yield Broken(requirement, "$.orders", f"the {way} order first", f"timestamps {named(map(str, moments))}",
                     (answer.id,))  # fmt: skip


def _moment(value: int | None) -> int:
    return -1 if value is None else value


def alike(left: Order, right: Order, members: Iterable[str]) -> Iterator[tuple[str, object, object]]:
    """Where two pictures of one order differ, in the members that both show: name and both values."""
    for name in members:
        if name in left.raw and name in right.raw and not equal(left.raw[name], right.raw[name]):
            yield name, left.raw[name], right.raw[name]
