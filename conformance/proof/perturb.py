"""A fault layer that knows no rule: it stands between sandbox and suite and alters single answers at random.

What it does to an answer is drawn from a seed, so that the same seed alters the same answers of the same run.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from conformance.contract import Contract, Operation
from conformance.proof.alter import CONTENT_TYPE, KINDS, LATE, LATE_SECONDS, Answer
from conformance.proof.meaning import changes_meaning

MARK = b"x-perturbed"
"""The header by which the evidence tells which answers were altered. Nothing in the suite reads it."""
_FRAMING = {"content-length", "transfer-encoding", "connection", "date", "server"}


@dataclass(frozen=True)
class Perturbed:
    """One answer that was altered."""

    number: int
    kind: str
    operation: str
    told: str
    changes_meaning: bool
    """Whether a documented part of the answer now says something else."""


@dataclass
class Perturber:
    """An ASGI application around the sandbox that alters some of its answers."""

    inner: ASGIApp
    contracts: list[Contract]
    seed: int
    every: int
    """How many answers pass for one that is altered, on average."""
    done: list[Perturbed] = field(default_factory=list)
    _before: dict[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._draws = random.Random(self.seed)  # noqa: S311 (no secret)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        asked = self._operation(scope) if scope["type"] == "http" else None
        if asked is None:
            await self.inner(scope, receive, send)
            return
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self.inner(scope, receive, hold)
        known = len(self.done)
        messages = self._altered(held, *asked)
        if len(self.done) > known and self.done[-1].kind == LATE:
            await asyncio.sleep(LATE_SECONDS)
        for message in messages:
            await send(message)

    def _operation(self, scope: Scope) -> tuple[Contract, Operation] | None:
        found = ((contract, op) for contract in self.contracts for op in contract.operations.values()
                 if op.method == scope["method"] and op.fits(scope["path"].rstrip("/") or "/"))  # fmt: skip
        # The most literal path: `/orders/search` is not the order whose id is `search`.
        return min(found, key=lambda pair: pair[1].path.count("{"), default=None)

    def _altered(self, held: list[Message], contract: Contract, operation: Operation) -> list[Message]:
        answer = _answer(held)
        before = self._before.get(operation.id)
        self._before[operation.id] = answer
        if self._draws.randrange(self.every):
            return held
        made = self._made(answer, before)
        if made is None:
            return held
        kind, altered, told = made
        number = len(self.done) + 1
        changed = changes_meaning(answer, altered, operation, contract)
        self.done.append(Perturbed(number, kind, operation.id, told, changed))
        return list(_messages(altered, held, number))

    def _made(self, answer: Answer, before: Answer | None) -> tuple[str, Answer, str] | None:
        """The first kind, in a drawn order, that this answer can suffer."""
        for kind in self._draws.sample(list(KINDS), len(KINDS)):
            made = KINDS[kind](answer, self._draws, before)
            if made is not None:
                return kind, *made
        return None


def _answer(held: list[Message]) -> Answer:
    start = next(message for message in held if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in held if message["type"] == "http.response.body")
    headers = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in start["headers"]]
    others = tuple(pair for pair in headers if pair[0] not in _FRAMING and pair[0] != CONTENT_TYPE)
    return Answer(start["status"], dict(headers).get(CONTENT_TYPE, ""), body, others)


def _messages(answer: Answer, held: list[Message], number: int) -> Iterator[Message]:
    start = next(message for message in held if message["type"] == "http.response.start")
    framing = [(name, value) for name, value in start["headers"]
               if name.decode("latin-1").lower() in _FRAMING - {"content-length", "transfer-encoding"}]  # fmt: skip
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    if answer.content_type:
        headers.append((CONTENT_TYPE.encode(), answer.content_type.encode("latin-1")))
    headers += [(b"content-length", str(len(answer.body)).encode()), (MARK, str(number).encode())]
    yield {**start, "status": answer.status, "headers": [*framing, *headers]}
    yield {"type": "http.response.body", "body": answer.body}
