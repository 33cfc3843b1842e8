"""Asks one API. Every answer is judged by the checks on all answers before a scenario sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import requests

from conformance.checks import Answer, Outcome, passive
from conformance.contract import Contract, Format
from conformance.suite.context import Context
from conformance.suite.recall import Recall
from conformance.wire.recorder import OPERATION_HEADER

Query = Sequence[tuple[str, str]]
AnswerCheck = Callable[[Answer], Iterable[Outcome]]


@dataclass
class Api:
    """One API of the target, asked as an integrator would."""

    context: Context
    contract: Contract
    authentication: Mapping[str, str]
    """The header fields that carry the credentials."""
    checks: Sequence[AnswerCheck] = field(default=())
    """The vendor's own checks on every answer of this API."""
    path: Mapping[str, str] = field(default_factory=dict)
    """Path parameters that every request has: a credential that stands in the path."""
    seen: Callable[[Answer], None] = lambda answer: None
    """Told of every answer as soon as it comes, to keep book of what the run makes: also of those that nobody judges."""
    recall: Recall | None = None
    """What earlier answers said of the same things."""
    unread: Sequence[AnswerCheck] = field(default=())
    """The vendor's own checks on answers that cannot be read."""
    _asked: dict[str, Callable[[], Answer] | None] = field(default_factory=dict, repr=False)
    """How to ask again, by exchange that is not judged yet; None for what changes something and is asked once."""

    def ask(self, operation_id: str, **options: Any) -> Answer:
        """Sends one request as `send` does, and hands back the judged answer."""
        answer = self.send(operation_id, **options)
        self.judge_answer(answer)
        return answer

    def send(
        self,
        operation_id: str,
        *,
        path: Mapping[str, str] | None = None,
        query: Query = (),
        accept: Format | str | None = Format.JSON,
        body: bytes | None = None,
        content_type: str | None = None,
        headers: Mapping[str, str] | None = None,
        authentication: Mapping[str, str] | None = None,
        method: str | None = None,
        address: str | None = None,
    ) -> Answer:
        """Sends one request. The answer is not judged yet: that is done in the test's own thread.

        Args:
            operation_id: the operation, as the OpenAPI file names it.
            path: its path parameters, not yet encoded; they come before those of `self.path`.
            query: parameters in order, repeated where they repeat.
            accept: a format (asked for by the target's media type), a literal Accept value, or None for no header.
            body: the request's body, exactly as it is to be sent.
            content_type: its Content-Type, or None for no header.
            headers: further header fields.
            authentication: instead of the target's own credentials; empty for none.
            method: instead of the documented one.
            address: a path instead of the documented one, its parameters in braces as there.

        Raises:
            Refused: the guard forbids the request. BudgetSpent: the target allows no more.
        """
        operation = self.contract.operations[operation_id]
        asked = self.context.target.media_type(accept) if isinstance(accept, Format) else accept
        fields = {
            OPERATION_HEADER: f"{self.contract.id} {operation_id}",
            **(self.authentication if authentication is None else authentication),
            **({"Accept": asked} if asked is not None else {}),
            **({"Content-Type": content_type} if content_type is not None else {}),
            **(headers or {}),
        }
        url = self.context.target.base_url + operation.at({**self.path, **(path or {})}, address)
        # A space as %20, never as +: that means a space everywhere, also where a query is not read as a form.
        encoded = urlencode(list(query), quote_via=quote)
        request = requests.Request(method or operation.method, url, headers=fields, params=encoded, data=body)
        answer = self.context.answer(self.context.send(request), self.contract, operation_id, asked)
        self.seen(answer)
        if request.method == operation.method:
            self._asked[answer.id] = None if operation.changes_state else partial(
                self.send, operation_id, path=path, query=query, accept=accept, body=body, content_type=content_type,
                headers=headers, authentication=authentication, address=address,
            )  # fmt: skip
        return answer

    def judge_answer(self, answer: Answer) -> bool:
        """Judges an answer by the checks that hold for all answers, the vendor's included; whether all was kept."""
        kept = self._judge_alone(answer)
        if self.recall is not None and answer.id in self._asked:  # only while it is news: later answers may differ by right
            again = self._asked.pop(answer.id)
            kept = self.context.judge.passively(self.recall.judged(answer, again, self._judge_alone)) and kept
        return kept

    def _judge_alone(self, answer: Answer) -> bool:
        """Judges an answer by what it says itself."""
        kept = self.context.judge.passively(passive.judged(answer))
        if answer.exchange.response is not None:
            for check in self.checks if answer.readable else self.unread:
                kept = self.context.judge.passively(check(answer)) and kept
        return kept
