"""Keeps the order book of a run: reads all pages once, asks the target, and holds each answer against the prediction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conformance.checks import Answer, Blocked, Broken, Kept, NotTestable
from conformance.contract.tree import properties_of, wire_text
from conformance.suite.context import Context
from conformance.suite.macke.book import Blame, EmailReading, OrderBook, alike
from conformance.suite.macke.clients import LastingApi, Market, Question, market, say_again
from conformance.suite.macke.orders import Order, number_of, order_of, orders_of, total_of
from conformance.suite.macke.own import BOOK
from conformance.suite.steady import Steady

LARGE = 250
"""The page that is asked for when many orders are to be read; how many come is the target's matter."""
ENOUGH = 500
"""Orders after which the book is long enough: what holds for hundreds of orders holds for thousands."""
SOME = 25
"""A page that no known server cuts short."""
_MOST_PAGES = 50
_MOST_DETAILS = 25
_DETAILS = "macke-book-details"
_SAMPLE, SAMPLE_SIZE = "macke-details", 12
_TELLING = ("status", "user_id", "email")
"""Members of which each value makes an order of another kind; of the others only whether there is anything."""
_EMAIL = "macke-email-reading"


class Keeper:
    """The order book beside the marketplace that it was read from."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.judge = context.judge
        self.market: Market = market(context)
        self.steady = Steady(context, BOOK, self._lasting_read)

    @property
    def book(self) -> OrderBook:
        """The book, read when first asked for, and again after each change that the run made.

        Raises:
            Unreadable: no page is a list of orders.
        """
        say_again(self.context)
        return self.steady.picture

    @property
    def kept(self) -> Keeper:
        """The same, for questions whose answers the whole run keeps."""
        found = Keeper(self.context)
        found.market = market(self.context, LastingApi)
        return found

    def details(self) -> list[Answer]:
        """The details of some orders, asked for once.

        Raises:
            Blocked: no details are shown.
        """
        say_again(self.context)
        if _SAMPLE not in self.context.shared:
            client = self.kept.market
            self.context.shared[_SAMPLE] = {order.id: client.get(order.id) for order in self.various(SAMPLE_SIZE)}
        found: dict[str, Answer] = self.context.shared[_SAMPLE]
        shown = [answer for answer in found.values() if answer.says_success]
        if not shown:
            raise Blocked("MK-120")
        return shown

    @property
    def email(self) -> EmailReading:
        """How the target compares e-mail addresses, found out once."""
        if _EMAIL not in self.context.shared:
            self.context.shared[_EMAIL] = self.kept._learn_email()
        found: EmailReading = self.context.shared[_EMAIL]
        return found

    def page(self, question: Question, blame: Blame) -> Answer:
        """Asks for a page, and judges the answer by the book."""
        email = self.email if question.email is not None else EmailReading()
        return self.steady.judged(
            lambda: self.market.list(question), lambda book, answer: book.judge_page(answer, question, blame, email)
        )

    def default(self) -> Answer:
        """Asks for the list without parameters, and judges the answer."""
        return self.steady.judged(self.market.list, lambda book, answer: book.judge_default(answer))

    def listed(self, question: Question, requirement: str, stray: str = "") -> Answer:
        """Asks for the first orders of a filter, and judges the answer: these and no others, in sequence, and no more.

        Args:
            question: the filter.
            requirement: what is broken when an order is missing, or one too many is shown.
            stray: what is broken by an order that does not fit; default the same.
        """
        return self.page(replace(question, size=SOME), Blame(stray or requirement, requirement, "MK-108", requirement))

    def how_filtered(self, answer: Answer, question: Question) -> str:
        """What an answer did with a filter of which the document does not say enough: refused, nothing, ignored, other."""
        if answer.refused_by_http and answer.status != 404:
            return "refused"
        shown = orders_of(answer)
        everything = self.book.predicted(Question(size=question.size), EmailReading())
        moments = [order.timestamp for order in shown]
        if not shown:
            return "nothing"
        ignored = everything is not None and moments == [order.timestamp for order in everything]
        return "ignored" if ignored else "other"

    def everything(self, question: Question, most: int = 12) -> tuple[list[Order], tuple[str, ...]]:
        """All orders of a question, over as many pages as it takes, and the evidence.

        Raises:
            Unreadable: a page is no list of orders.
        """
        found: dict[str, Order] = {}
        evidence = []
        for answer, orders in self._walk(question, most):
            evidence.append(answer.id)
            found.update({order.id: order for order in orders})
        return [*found.values()], tuple(evidence)

    def some(self, count: int) -> list[Order]:
        """Orders spread over the book.

        Raises:
            NotTestable: the target shows none.
        """
        known = self.book.orders
        if not known:
            raise NotTestable("needs orders of this account; the target shows none: place some there")
        return list(known[:: max(1, len(known) // count)][:count])

    def various(self, count: int) -> list[Order]:
        """Orders of the book that differ as much as they can: in status and customer, with and without whatever there is.

        Raises:
            NotTestable: the target shows none.
        """
        spread, seen, chosen = self.some(count), set[tuple[str, str]](), list[Order]()
        kinds = {order.id: self._kinds(order) for order in self.book.orders}
        while len(chosen) < count:
            best = max(self.book.orders, key=lambda order: len(kinds[order.id] - seen))
            if not kinds[best.id] - seen:
                break
            seen |= kinds[best.id]
            chosen.append(best)
        return [*chosen, *(order for order in spread if order not in chosen)][:count]

    def _kinds(self, order: Order) -> set[tuple[str, str]]:
        """What is special about an order."""
        shown = {name: value for name, value in order.raw.items() if name in self.book.members}
        return {(name, wire_text(value) if name in _TELLING else str(_is_any(value))) for name, value in shown.items()}

    def agrees(self, row: Order, requirement: str) -> Kept | Broken:
        """What an entry of a list says of an order is what its details say; data that change meanwhile excuse it.

        Details that the run has read already are asked for again only where they say something else.
        """
        members = properties_of(self.market.api.contract.operations["getOrder"].answer.schema)
        read: Answer | None = self.context.shared.get(_SAMPLE, {}).get(row.id)
        if read is not None and read.says_success and not any(alike(row, order_of(read), members)):
            return Kept(requirement, (read.id,))
        answer = self.market.get(row.id)
        if not answer.says_success:
            self.judge(Broken("MK-120", "status", f"the details of order {row.id}, which is listed",
                              f"HTTP {answer.status}", (answer.id, *self.book.evidence)))  # fmt: skip
            raise Blocked("MK-120")
        for name, left, right in alike(row, order_of(answer), members):
            if self.steady.data_changed():
                break
            return Broken(requirement, answer.where(name), wire_text(left), wire_text(right),
                          (*self.book.evidence, answer.id))  # fmt: skip
        return Kept(requirement, (answer.id,))

    def told(self) -> list[Order]:
        """The orders of the book, each with its details where the list does not show enough."""
        book = self.book
        return [book.details.get(order.id, order) for order in book.orders]

    def emails(self) -> list[str]:
        """Addresses that can be asked for without a doubt: none that holds a wildcard of any store."""
        known = (order.email for order in self.told())
        return list(dict.fromkeys(email for email in known if email and not set(email) & set("%_*?")))

    def users(self) -> list[int]:
        """Ids of registered customers."""
        return list(dict.fromkeys(order.user for order in self.told() if order.user))

    def invoices(self) -> list[int]:
        """Ids of invoices."""
        known = [order.invoice for order in (*self.book.orders, *self.told())]
        return list(dict.fromkeys(invoice for invoice in known if invoice))

    def _walk(self, question: Question, most: int) -> Iterator[tuple[Answer, list[Order]]]:
        """Pages with new orders, one after the other; ends with the first that has none."""
        seen: set[str] = set()
        for page in range(1, most + 1):
            answer = self.market.list(replace(question, page=page, size=LARGE))
            orders = [] if answer.status == 404 else orders_of(answer)
            new = {order.id for order in orders} - seen
            yield answer, orders
            seen |= new
            if not new or _last(answer, orders, len(seen)):
                return

    def _lasting_read(self) -> OrderBook:
        return self.kept._read()

    def _read(self) -> OrderBook:
        found: dict[str, Order] = {}
        evidence, whole = [], True
        for answer, orders in self._walk(Question(), _MOST_PAGES):
            evidence.append(answer.id)
            for order in orders:
                found.setdefault(order.id, order)
            if len(found) >= ENOUGH and orders:
                whole = total_of(answer) == len(found)
                break
        orders = [*found.values()]
        details = self._details(orders)
        if any(order.timestamp is None for order in orders):
            whole = whole and len(orders) <= len(details)
            orders = [details[order.id] for order in orders if order.id in details]
        # A list that is sorted wrongly is another finding's matter: the book is sorted by what is shown.
        orders.sort(key=lambda order: order.timestamp or 0, reverse=True)
        members = frozenset(properties_of(self.market.api.contract.operations["getOrder"].answer.schema))
        return OrderBook(tuple(orders), whole, tuple(evidence), members, details)

    def _details(self, orders: list[Order]) -> dict[str, Order]:
        """The details of the newest orders, where the list leaves out what predictions need."""
        if not orders or not {"timestamp", "user_id", "email", "status"} - orders[0].raw.keys():
            return {}
        # What predictions need of them (customer, address, time, invoice) does not change, so each is asked for once.
        known: dict[str, Order] = self.context.shared.setdefault(_DETAILS, {})
        for row in orders[: _MOST_DETAILS - len(known)]:
            if row.id not in known and (answer := self.market.get(row.id)).says_success:
                known[row.id] = order_of(answer)
        return dict(known)

    def _learn_email(self) -> EmailReading:
        """Asks for a part of an address, and for one in other letters."""
        for email in self.emails():
            part = self.market.list(Question(email=email[1:]))
            his = {order.id for order in self.told() if order.email == email}
            partial = part.says_success and bool(his & {order.id for order in orders_of(part)})
            other = email.swapcase()
            cased = self.market.list(Question(email=other)) if other != email else None
            any_case = cased is None or (cased.says_success and bool(orders_of(cased)))
            return EmailReading(partial, any_case)
        return EmailReading()


def _is_any(value: object) -> bool:
    """Whether there is any: a nought is none, as number and as text."""
    number = number_of(value)
    return bool(value if number is None else number)


def _last(answer: Answer, orders: list[Order], seen: int) -> bool:
    """Whether an answer says itself that nothing more comes."""
    if len(orders) >= LARGE:
        return False
    total = total_of(answer)
    return total is not None and total <= seen
