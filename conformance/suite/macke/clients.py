"""Asks the marketplace as a vendor's program does: HTTP Basic, JSON bodies, parameters in the query string."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from conformance.checks import Answer
from conformance.contract import Contract
from conformance.suite.atonce import at_once
from conformance.suite.client import Api
from conformance.suite.context import Context
from conformance.suite.macke.every import given_checks, list_checks
from conformance.suite.macke.orders import order_checks
from conformance.suite.macke.own import own_orders

ORDERS = "macke/orders"
JSON_TYPE = "application/json"
SLASH = "macke-search-slash"
"""Where the context keeps whether the search is asked with a slash at the end of its path."""
_FAULTY, _SAID = "macke-faulty-answers", "macke-said-again"
NOTHING_FOUND = "Your search did not return any results"


@dataclass(frozen=True)
class Question:
    """What a list is asked for; what is None is left out."""

    status: str | None = None
    user: int | None = None
    email: str | None = None
    invoice: int | None = None
    since: str | None = None
    until: str | None = None
    sort_by: str | None = None
    sort_order: str | None = None
    page: int | str | None = None
    size: int | str | None = None
    more: tuple[tuple[str, str], ...] = ()

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """As it stands in the query string."""
        named = {
            "status": self.status, "user_id": self.user, "email": self.email, "invoice_id": self.invoice,
            "updated_at_from": self.since, "updated_at_to": self.until, "sort_by": self.sort_by,
            "sort_order": self.sort_order, "page": self.page, "items_per_page": self.size,
        }  # fmt: skip
        return [(name, str(value)) for name, value in named.items() if value is not None] + list(self.more)

    @property
    def filters(self) -> int:
        """How many filters it has."""
        return sum(part is not None for part in (self.status, self.user, self.email, self.invoice, self.since, self.until))

    def __str__(self) -> str:
        return "&".join(f"{name}={value}" for name, value in self.parameters) or "no parameters"


@dataclass
class LastingApi(Api):
    """Asks for what the whole run keeps: what is wrong with such an answer belongs to every attempt that rests on it."""

    def judge_answer(self, answer: Answer) -> bool:
        """Judges an answer, and remembers it where something is wrong with it."""
        kept = super().judge_answer(answer)
        if not kept:
            self.context.shared.setdefault(_FAULTY, {})[answer.exchange.request.url] = answer
        return kept


def say_again(context: Context) -> None:
    """Judges the faulty ones of the answers that the run keeps once more, once in each attempt."""
    faulty: dict[str, Answer] = context.shared.get(_FAULTY, {})
    if faulty and context.shared.get(_SAID) is not context.judge.attempt:
        context.shared[_SAID] = context.judge.attempt
        client = market(context)
        for answer in faulty.values():
            client.api.judge_answer(answer)


@dataclass
class Market:
    """The operations, asked as one account. Every answer is judged before it is handed back, unless it is only a look."""

    api: Api

    @property
    def context(self) -> Context:
        """The run."""
        return self.api.context

    def list(self, question: Question = Question(), **options: Any) -> Answer:
        """GET /orders."""
        return self.api.ask("listOrders", query=question.parameters, **options)

    def get(self, order_id: object, **options: Any) -> Answer:
        """GET /orders/<order_id>."""
        return self.api.ask("getOrder", path={"order_id": str(order_id)}, **options)

    def look(self, order_id: object) -> Answer:
        """The same, and not judged: at an order that the run itself has put into a state that no document knows.

        Only that it says something at all is.
        """
        answer = self.api.send("getOrder", path={"order_id": str(order_id)})
        if says_nothing(answer):
            self.api.judge_answer(answer)
        return answer

    def put(self, order_id: object, members: object, **options: Any) -> Answer:
        """PUT /orders/<order_id> with a JSON body."""
        return self.put_raw(order_id, json.dumps(members).encode(), **options)

    def put_raw(
        self, order_id: object, body: bytes | None, content_type: str | None = JSON_TYPE, **options: Any
    ) -> Answer:
        """PUT /orders/<order_id> with a literal body."""
        path = {"order_id": str(order_id)}
        return self.api.ask("updateOrder", path=path, body=body, content_type=content_type, **options)

    def put_at_once(self, updates: Sequence[tuple[str, object]]) -> Sequence[Answer]:
        """Several updates of an order each, by its id, at the same moment."""

        def sending(order_id: str, members: object) -> Callable[[], Answer]:
            path, body = {"order_id": order_id}, json.dumps(members).encode()
            return lambda: self.api.send("updateOrder", path=path, body=body, content_type=JSON_TYPE)

        return at_once(self.api, [sending(*update) for update in updates])

    def search(self, reference: str | None, more: Mapping[str, str] | None = None, **options: Any) -> Answer:
        """GET /orders/search in the form of path that works; None leaves the parameter out."""
        learn_search_path(self.context)
        self.api.contract = _contract(self.context)
        query = [("vendor_ref", reference)] if reference is not None else []
        return self.api.ask("searchOrders", query=[*query, *(more or {}).items()], **options)


def basic(email: str, api_key: str) -> dict[str, str]:
    """The header of HTTP Basic authentication."""
    return {"Authorization": "Basic " + base64.b64encode(f"{email}:{api_key}".encode()).decode()}


def market(context: Context, kind: type[Api] = Api) -> Market:
    """The marketplace, asked as the target file's account."""
    names = context.target.credentials
    authentication = basic(names.get("email", ""), names.get("api_key", ""))
    own = own_orders(context)
    checks = (order_checks, given_checks, list_checks)
    return Market(kind(context, _contract(context), authentication, checks, seen=own.seen, recall=own.recall))


def learn_search_path(context: Context) -> list[Answer]:
    """The answers to a search for what nobody has, without and with a slash at the end of the path; asked once.

    Who answers with the documented message has understood the question; the other form is then not asked any more.
    """
    kept = f"{SLASH}-answers"
    if kept not in context.shared:
        reference = f"nobody-{context.random('search path').getrandbits(64):x}"
        answers = []
        for slash in (False, True):
            context.shared[SLASH] = slash
            answers.append(market(context).api.send("searchOrders", query=[("vendor_ref", reference)]))
        context.shared[SLASH] = understood(answers[1]) and not understood(answers[0])
        context.shared[kept] = answers
    found: list[Answer] = context.shared[kept]
    return found


def says_nothing(answer: Answer) -> bool:
    """Whether an answer is no answer of the contract's, or a success that cannot be read at all."""
    if answer.exchange.response is None or not (answer.says_success or answer.refused_by_http or answer.status == 200):
        return True
    return answer.status < 400 and (not answer.is_well_formed or answer.parsed is None)


def understood(answer: Answer) -> bool:
    """Whether an answer to a search for what nobody has says that nothing was found."""
    return answer.status == 404 and says_nothing_found(answer)


def says_nothing_found(answer: Answer) -> bool:
    """Whether the documented message stands anywhere in the body, as plain text or in JSON."""
    text = answer.response.body.decode("utf-8", "replace")
    return NOTHING_FOUND in text


def _contract(context: Context) -> Contract:
    """The contract, with the path of the search in the form that works."""
    contract = context.contracts[ORDERS]
    if not context.shared.get(SLASH):
        return contract
    search = contract.operations["searchOrders"]
    slashed = replace(search, path=f"{search.path}/")
    return replace(contract, operations={**contract.operations, search.id: slashed})
