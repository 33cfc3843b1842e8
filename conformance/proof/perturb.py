"""A fault layer that knows no rule: it stands between sandbox and suite and alters single answers at random.

What it does to an answer is drawn from a seed, so that the same seed alters the same answers of the same run.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.checks.compare import declared, differences
from conformance.contract import Contract, Operation

Message = dict[str, Any]
Path = tuple[str | int, ...]
MARK = b"x-perturbed"
"""The header by which the evidence tells which answers were altered. Nothing in the suite reads it."""
JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """A whole answer, before or after it is altered."""

    status: int
    content_type: str
    body: bytes

    @property
    def document(self) -> Any:
        """The body where it is JSON; None where it is not."""
        try:
            return json.loads(self.body) if self.content_type.startswith(JSON) else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Perturbed:
    """One answer that was altered."""

    number: int
    kind: str
    told: str
    changes_meaning: bool
    """Whether a documented part of the answer now says something else."""


Alter = Callable[[Answer, random.Random, Answer | None], tuple[Answer, str] | None]
"""Alters an answer (the previous one of the same operation at hand) and says how; None where it cannot."""


def _members(node: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of all members of all objects in a document."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield (*path, name)
            yield from _members(value, (*path, name))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _members(value, (*path, index))


def _lists(node: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of all lists with entries."""
    if isinstance(node, list) and node:
        yield path
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in children:
        yield from _lists(value, (*path, step))


def _at(node: Any, path: Path) -> Any:
    for step in path:
        node = node[step]
    return node


def _on_member(change: Callable[[dict[str, Any], str, random.Random], bool]) -> Alter:
    def alter(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
        document = copy.deepcopy(answer.document)
        paths = list(_members(document))
        if not paths:
            return None
        path = draws.choice(paths)
        if not change(_at(document, path[:-1]), str(path[-1]), draws):
            return None
        return _with_body(answer, document), ".".join(map(str, path))

    return alter


def _on_list(change: Callable[[list[Any], random.Random], bool]) -> Alter:
    def alter(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
        document = copy.deepcopy(answer.document)
        paths = list(_lists(document))
        if not paths:
            return None
        path = draws.choice(paths)
        if not change(_at(document, path), draws):
            return None
        return _with_body(answer, document), ".".join(map(str, path)) or "the list"

    return alter


def _with_body(answer: Answer, document: Any) -> Answer:
    return Answer(answer.status, answer.content_type, json.dumps(document).encode())


def _drop(holder: dict[str, Any], name: str, draws: random.Random) -> bool:
    del holder[name]
    return True


def _rename(holder: dict[str, Any], name: str, draws: random.Random) -> bool:
    holder[f"{name}_"] = holder.pop(name)
    return True


def _null(holder: dict[str, Any], name: str, draws: random.Random) -> bool:
    changes = holder[name] is not None
    holder[name] = None
    return changes


def _retype(holder: dict[str, Any], name: str, draws: random.Random) -> bool:
    value = holder[name]
    holder[name] = [value] if isinstance(value, str | int | float | bool) or value is None else "text"
    return True


def _alter(holder: dict[str, Any], name: str, draws: random.Random) -> bool:
    value = holder[name]
    if isinstance(value, bool):
        holder[name] = not value
    elif isinstance(value, int | float):
        holder[name] = value + 1
    elif isinstance(value, str) and value:
        place = draws.randrange(len(value))
        letter = "7" if value[place] != "7" else "3"
        holder[name] = value[:place] + letter + value[place + 1 :]
    else:
        return False
    return True


def _drop_row(rows: list[Any], draws: random.Random) -> bool:
    del rows[draws.randrange(len(rows))]
    return True


def _repeat_row(rows: list[Any], draws: random.Random) -> bool:
    place = draws.randrange(len(rows))
    rows.insert(place, rows[place])
    return True


def _swap_rows(rows: list[Any], draws: random.Random) -> bool:
    if len(rows) < 2:
        return False
    one, other = draws.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]
    return True


def _status(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
    status = draws.choice([status for status in (200, 302, 404, 500, 503) if status != answer.status])
    return Answer(status, answer.content_type, answer.body), f"{answer.status} becomes {status}"


def _media_type(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
    other = draws.choice(["text/html", "text/plain", "application/xml" if "json" in answer.content_type else JSON])
    return (Answer(answer.status, other, answer.body), other) if answer.body else None


def _previous(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
    return (before, "the answer before it") if before and before != answer else None


def _cut(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
    if len(answer.body) < 2:
        return None
    place = draws.randrange(1, len(answer.body))
    return Answer(answer.status, answer.content_type, answer.body[:place]), f"{place} of {len(answer.body)} bytes"


KINDS: Mapping[str, Alter] = {
    "drop a member": _on_member(_drop), "rename a member": _on_member(_rename), "null a member": _on_member(_null),
    "retype a member": _on_member(_retype), "alter a value": _on_member(_alter), "drop a row": _on_list(_drop_row),
    "repeat a row": _on_list(_repeat_row), "swap two rows": _on_list(_swap_rows), "another status": _status,
    "another media type": _media_type, "the previous answer": _previous, "cut the body": _cut,
}  # fmt: skip


@dataclass
class Perturber:
    """An ASGI application around the sandbox that alters every so manieth answer."""

    inner: Any
    contracts: list[Contract]
    seed: int
    every: int
    """How many answers pass for one that is altered, on average."""
    done: list[Perturbed] = field(default_factory=list)
    _before: dict[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._draws = random.Random(self.seed)  # noqa: S311 (no secret)

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """One request."""
        operation = self._operation(scope) if scope["type"] == "http" else None
        if operation is None:
            await self.inner(scope, receive, send)
            return
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self.inner(scope, receive, hold)
        for message in self._altered(held, operation):
            await send(message)

    def _operation(self, scope: Message) -> Operation | None:
        found = (op for contract in self.contracts for op in contract.operations.values()
                 if op.method == scope["method"] and op.fits(scope["path"].rstrip("/") or "/"))  # fmt: skip
        return next(found, None)

    def _altered(self, held: list[Message], operation: Operation) -> list[Message]:
        start = next(message for message in held if message["type"] == "http.response.start")
        body = b"".join(message.get("body", b"") for message in held if message["type"] == "http.response.body")
        headers = {name.lower(): value for name, value in start["headers"]}
        answer = Answer(start["status"], headers.get(b"content-type", b"").decode("latin-1"), body)
        before = self._before.get(operation.id)
        self._before[operation.id] = answer
        if self._draws.randrange(self.every):
            return held
        kind = self._draws.choice(list(KINDS))
        made = KINDS[kind](answer, self._draws, before)
        if made is None:
            return held
        number = len(self.done) + 1
        self.done.append(Perturbed(number, kind, f"{operation.id}: {made[1]}", changes_meaning(answer, made[0], operation)))
        replaced = {b"content-type", b"content-length"}
        kept = [(name, value) for name, value in start["headers"] if name.lower() not in replaced]
        kept += [(b"content-type", made[0].content_type.encode()), (b"content-length", str(len(made[0].body)).encode()),
                 (MARK, str(number).encode())]  # fmt: skip
        return [{**start, "status": made[0].status, "headers": kept}, {"type": "http.response.body", "body": made[0].body}]


def changes_meaning(before: Answer, after: Answer, operation: Operation) -> bool:
    """Whether a documented part of an answer says something else: status, media type, or a declared part of the body."""
    if before.status != after.status:
        return True
    if before.status >= 400 and not operation.errors:
        return False  # the form of an error is documented only where codes are
    if before.content_type.partition(";")[0] != after.content_type.partition(";")[0]:
        return True
    schema = operation.answer.schema
    one, other = before.document, after.document
    if one is None or other is None:
        return before.body != after.body
    if type(one) is not type(other):
        return True
    return next(differences(declared(one, schema), declared(other, schema), schema), None) is not None
