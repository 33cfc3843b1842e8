"""How much of a contract showed in a run: operations, parameters, members, values, codes, statuses, media types.

Coverage says what the suite and the target had occasion to show. It is no verdict.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from conformance.contract import Contract, Operation
from conformance.contract.tree import properties_of
from conformance.report.page.documents import NOTHING, document, header, objects

_MOST = 60_000
"""Bodies that are remembered as seen, by their digests; beyond it they are simply read again."""


@dataclass(frozen=True)
class Row:
    """One line of the coverage table."""

    kind: str
    seen: int
    all: int
    missing: tuple[str, ...]


@dataclass(eq=False)
class Part:
    """A member of a body and those inside it."""

    path: str
    values: tuple[str, ...]
    members: Mapping[str, Part]
    item: Part | None

    @staticmethod
    def of(schema: Mapping[str, Any], path: str) -> Part:
        """The parts that an inlined schema declares."""
        members = {name: Part.of(sub, f"{path}.{name}" if path else name) for name, sub in properties_of(schema).items()}
        item = Part.of(schema["items"], f"{path}[*]") if "items" in schema else None
        return Part(path, tuple(map(str, schema.get("enum", ()))), members, item)

    def every(self) -> Iterable[Part]:
        """Itself and all parts within."""
        yield self
        for part in [*self.members.values(), *([self.item] if self.item else [])]:
            yield from part.every()

    def mark(self, value: Any, paths: set[str], values: set[tuple[str, str]]) -> None:
        """Notices which parts, and which of their listed values, a document shows."""
        if isinstance(value, dict):
            for name, member in value.items():
                part = self.members.get(name)
                if part is not None:
                    paths.add(part.path)
                    if part.members or part.item is not None:
                        part.mark(member, paths, values)
                    elif part.values and member is not None:
                        values.add((part.path, str(member)))
        elif isinstance(value, list) and self.item is not None:
            for member in value:
                self.item.mark(member, paths, values)


@dataclass(eq=False)
class _Asked:
    """One operation: what its parts are, and which showed."""

    operation: Operation
    answer: Part
    request: Part | None
    paths: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    values: set[tuple[str, str]] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    count: int = 0

    @staticmethod
    def of(operation: Operation) -> _Asked:
        request = Part.of(operation.request.schema, "") if operation.request else None
        return _Asked(operation, Part.of(operation.answer.schema, ""), request)


@dataclass(frozen=True)
class Code:
    """An error code, documented or not, and where it was seen."""

    code: int
    message: str
    requirement: str
    seen: int
    operations: tuple[str, ...]
    first: str
    """The first exchange that shows it, or ""."""


class Coverage:
    """What of one contract showed; fed line by line."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._asked = {id_: _Asked.of(operation) for id_, operation in contract.operations.items()}
        self._places = {place for operation in contract.operations.values() for error in operation.errors.values()
                        for place in error.places}  # fmt: skip
        self._media: Counter[str] = Counter()
        self._codes: dict[int, tuple[Counter[str], str]] = {}
        self._seen: dict[bytes, tuple[int, ...]] = {}

    def add(self, operation: str, line: Mapping[str, Any]) -> Any:
        """Takes an exchange of one operation; answers the document of its answer, where it was read."""
        asked = self._asked.get(operation)
        if asked is None:
            return NOTHING
        asked.count += 1
        self._question(asked, line["request"])
        answer = line["response"]
        if answer is None:
            return NOTHING
        asked.statuses[answer["status"]] += 1
        media = header(answer, "content-type").partition(";")[0].strip().lower()
        self._media[media[:80] or "none named"] += 1
        return self._answer(asked, line, answer)

    def _question(self, asked: _Asked, request: Mapping[str, Any]) -> None:
        parts = urlsplit(request["url"])
        given = {("query", name): value for name, value in parse_qsl(parts.query, keep_blank_values=True)}
        given |= {("header", name.lower()): value for name, value in request["headers"]}
        for parameter in asked.operation.parameters:
            name, place = parameter["name"], parameter["in"]
            value = given.get((place, name.lower() if place == "header" else name))
            if place == "path" or value is not None:
                asked.parameters.add(name)
            if value is not None and value in map(str, parameter.get("schema", {}).get("enum", ())):
                asked.values.add((f"?{name}", value))
        if asked.request is not None:
            asked.request.mark(self._read(request, asked, sent=True), asked.sent, set())

    def _read(self, body: Mapping[str, Any], asked: _Asked, *, sent: bool = False) -> Any:
        return document(body, asked.operation, self.contract.vendor, asked=sent)

    def _answer(self, asked: _Asked, line: Mapping[str, Any], answer: Mapping[str, Any]) -> Any:
        text = answer.get("text", "")
        digest = hashlib.blake2b(
            text.encode("utf-8", "surrogatepass"), digest_size=10, key=asked.operation.id.encode()
        ).digest()
        codes, content = self._seen.get(digest), NOTHING
        if codes is None:
            content = self._read(answer, asked)
            asked.answer.mark(content, asked.paths, asked.values)
            codes = tuple(self._codes_in(content))
            if len(self._seen) < _MOST:
                self._seen[digest] = codes
        for code in dict.fromkeys(codes):
            counted, _ = self._codes.setdefault(code, (Counter(), line["id"]))
            counted[asked.operation.id] += 1
        return content

    def _codes_in(self, content: Any) -> Iterable[int]:
        if self._places:
            for name, holder in objects(content):
                code = holder.get("code")
                if name in self._places and isinstance(code, int) and not isinstance(code, bool):
                    yield code

    @property
    def codes(self) -> list[Code]:
        """The documented codes in their order, then any others that were seen."""
        known: dict[int, tuple[str, str]] = {}
        for operation in self.contract.operations.values():
            for error in operation.errors.values():
                known.setdefault(error.code, (error.message, error.requirement))
        every = [*sorted(known), *sorted(self._codes.keys() - known.keys())[:50]]
        return [self._code(code, *known.get(code, ("", ""))) for code in every]

    def _code(self, code: int, message: str, requirement: str) -> Code:
        counted, first = self._codes.get(code, (Counter(), ""))
        return Code(code, message, requirement, counted.total(), tuple(sorted(counted)), first)

    @property
    def statuses(self) -> list[tuple[str, list[tuple[int, int, bool]]]]:
        """For each operation that was asked: HTTP status, how often, and whether the contract lists it."""
        return [
            (id_, [(status, n, asked.operation.documents(status)) for status, n in sorted(asked.statuses.items())])
            for id_, asked in self._asked.items()
            if asked.count
        ]

    @property
    def media_types(self) -> list[tuple[str, int]]:
        """The media types of the answers, most frequent first."""
        return self._media.most_common(12)

    @property
    def rows(self) -> list[Row]:
        """One row for each kind of thing that a contract declares, where it declares any."""
        asked = list(self._asked.values())
        statuses = {(a.operation.id, s): _answered(a, s) for a in asked for s in a.operation.statuses}
        formats = {name: bool(self._media[name]) for names in self.contract.vendor.media_types.values() for name in names}
        table = {
            "operations": {a.operation.id: bool(a.count) for a in asked},
            "parameters": {f"{a.operation.id} {p['name']}": p["name"] in a.parameters
                           for a in asked for p in a.operation.parameters},
            "members of questions": {f"{a.operation.id} {part.path}": part.path in a.sent
                                     for a in asked for part in _inner(a.request)},
            "members of answers": _together(asked, lambda a, part: part.path in a.paths),
            "listed values": _values(asked),
            "error codes": {str(code.code): bool(code.seen) for code in self.codes if code.requirement},
            "HTTP statuses": {f"{operation} {status}": seen for (operation, status), seen in statuses.items()},
            "media types of answers": formats,
        }  # fmt: skip
        return [_row(kind, things) for kind, things in table.items() if things]


def _answered(asked: _Asked, status: str) -> bool:
    """Whether a documented status was seen; for a range, whether one that no number names was."""
    named = {int(other) for other in asked.operation.statuses if other.isdecimal()}
    if status.isdecimal():
        return bool(asked.statuses[int(status)])
    return any(str(seen)[0] == status[0] and seen not in named for seen in asked.statuses)


def _inner(part: Part | None) -> list[Part]:
    return [inner for inner in part.every() if inner.path and not inner.path.endswith("[*]")] if part else []


def _together(asked: Iterable[_Asked], shows: Any) -> dict[str, bool]:
    """Members by path over all operations: several that answer the same object show its members together."""
    found: dict[str, bool] = {}
    for one in asked:
        for part in _inner(one.answer):
            found[part.path] = found.get(part.path, False) or shows(one, part)
    return found


def _values(asked: Iterable[_Asked]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for one in asked:
        wanted = [(part.path, value) for part in one.answer.every() for value in part.values]
        wanted += [(f"?{p['name']}", str(value)) for p in one.operation.parameters
                   for value in p.get("schema", {}).get("enum", ())]  # fmt: skip
        for path, value in wanted:
            name = f"{path} = {value}"
            found[name] = found.get(name, False) or (path, value) in one.values
    return found


def _row(kind: str, things: Mapping[str, bool]) -> Row:
    missing = tuple(name for name, seen in things.items() if not seen)
    return Row(kind, len(things) - len(missing), len(things), missing)
