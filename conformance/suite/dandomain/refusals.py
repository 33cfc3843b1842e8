"""How requests are refused, and whether a refusal was meant: what it was to prevent must not have happened."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from conformance.checks import Answer, Broken, Kept, NotTestable, Observed, Outcome, Unseen
from conformance.suite.dandomain.common import refused, status_seen, succeeds
from conformance.suite.dandomain.orders import Order, shown
from conformance.suite.dandomain.shopdata import ShopData

_DAY = timedelta(days=1)


def turned_down(answer: Answer, requirement: str, sent: str) -> Iterator[Outcome]:
    """No success for what was sent; and how the refusal looks, of which the document says nothing."""
    yield refused(answer, requirement, sent)
    if succeeds(answer) or failed(answer):
        return
    form = "http-4xx" if answer.refused_by_http else "http-200-without-result"
    yield Observed("DD-025", "dandomain-orders-refusal-form", form, (answer.id,))
    if answer.refused_by_http:
        yield Observed("DD-030", "dandomain-orders-error-body", body_form(answer), (answer.id,))
    else:
        yield Unseen("DD-030")


def failed(answer: Answer) -> bool:
    """Whether the server itself failed, or gave no answer: the checks on every answer say so."""
    return answer.status == 0 or answer.status >= 500


def body_form(answer: Answer) -> str:
    """In which form an error is told."""
    if not answer.response.body.strip():
        return "empty"
    named = answer.response.header("Content-Type").partition(";")[0].lower()
    # application/xhtml+xml is a page for people, whatever it is made of.
    return next((form for form in ("html", "json", "xml") if form in named), "text")


def refused_with(answer: Answer, requirement: str, reading: str, *named: str) -> Iterator[Outcome]:
    """With which status something was refused, where the document names none."""
    if not succeeds(answer) and not failed(answer):
        yield Observed(requirement, f"dandomain-orders-{reading}", status_seen(answer, *named), (answer.id,))


def word_seen(answer: Answer, requirement: str, reading: str, word: str, status: int) -> Iterator[Outcome]:
    """Whether an error tells its reason by the word that public clients look for, and with the status that they know."""
    if succeeds(answer) or failed(answer):
        return
    said = word.encode().lower() in answer.response.body.lower()
    option = "other" if not said else "named" if answer.status == status else "word-only"
    yield Observed(requirement, f"dandomain-orders-{reading}", option, (answer.id,))


class Watch:
    """Looks for orders that were made although their creation was refused.

    Every order of the run carries its mark as attention, followed by what is being tried. Where the shop does not show
    it, a new order of the same customer that no answer has told of is taken for one.
    """

    def __init__(self, data: ShopData, about: str) -> None:
        self._data = data
        self._about = f"{data.own.mark} {about}"
        self._known = self._data.spare()
        self._before = {order.id for order in shown(self._listed())}

    def attention(self, what: str = "") -> str:
        """What an order that is tried here carries as attention."""
        return f"{self._about} {what}".rstrip()

    def judged(self, requirement: str, tried: Collection[Answer]) -> Kept | Broken:
        """No order came of the requests that were refused.

        Raises:
            NotTestable: the list of orders, by which this is seen, is not answered.
        """
        answer = self._listed()
        rows = shown(answer)
        if not any(row.id == self._known.id for row in rows):
            raise NotTestable("the orders of today are not listed, so it cannot be seen which were created")
        strays = [row for row in rows if self._is_stray(row, marked=self._marked(rows))]
        evidence = (*(one.id for one in tried if not succeeds(one)), answer.id)
        if not strays:
            return Kept(requirement, evidence)
        about = strays[0].part("deliveryInfo").get("attention") or "the request"
        told = f"order {strays[0].id} ({about})" + (f" and {len(strays) - 1} more" if len(strays) > 1 else "")
        return Broken(requirement, "$", "no order of a creation that was refused", told, evidence)

    def _listed(self) -> Answer:
        today = self._data.context.clock.date()
        return self._data.shop.created(today - _DAY, today + 2 * _DAY)

    def _marked(self, rows: list[Order]) -> bool:
        """Whether orders show the mark at all."""
        return any(_attention(row).startswith(self._data.own.mark) for row in rows if row.id in self._data.own.live)

    def _is_stray(self, row: Order, *, marked: bool) -> bool:
        own = self._data.own
        if not row.id or row.id in own.live or row.id in own.gone:
            return False
        if marked:
            return _attention(row).startswith(self._about)
        return row.id not in self._before and row.customer in ("", self._known.customer)


def _attention(order: Order) -> str:
    return str(order.part("deliveryInfo").get("attention") or "")
