"""The ways in which a whole answer can be altered, of any vendor and in either format, knowing no rule of anybody.

Each takes what it needs from a generator, so that the same seed alters in the same way.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from conformance.proof.alterxml import in_xml

Path = tuple[str | int, ...]
JSON = "application/json"
CONTENT_TYPE = "content-type"


@dataclass(frozen=True)
class Answer:
    """A whole answer, before or after it is altered."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    """All others, names in small letters; not those that only frame the body."""

    @property
    def document(self) -> Any:
        """The body where it is JSON; None where it is not."""
        try:
            return json.loads(self.body) if self.content_type.startswith(JSON) else None
        except ValueError:
            return None

    @property
    def is_xml(self) -> bool:
        """Whether its label names XML."""
        return "xml" in self.content_type


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


def _told(path: Path) -> str:
    return ".".join(map(str, path)) or "the list"


def _on_member(
    change: Callable[[dict[str, Any], str, random.Random], bool], xml: str, chosen: tuple[str, ...] = ()
) -> Alter:
    """Changes one member, of some names only where they are given."""

    def alter(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
        if answer.is_xml:
            return _xml(answer, draws, xml, chosen)
        document = copy.deepcopy(answer.document)
        paths = [path for path in _members(document) if not chosen or str(path[-1]).lower() in chosen]
        if not paths:
            return None
        path = draws.choice(paths)
        if not change(_at(document, path[:-1]), str(path[-1]), draws):
            return None
        return _with_body(answer, document), _told(path)

    return alter


def _on_list(change: Callable[[list[Any], random.Random], bool], xml: str) -> Alter:
    def alter(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
        if answer.is_xml:
            return _xml(answer, draws, xml)
        document = copy.deepcopy(answer.document)
        paths = list(_lists(document))
        if not paths:
            return None
        path = draws.choice(paths)
        if not change(_at(document, path), draws):
            return None
        return _with_body(answer, document), _told(path)

    return alter


def _xml(answer: Answer, draws: random.Random, change: str, chosen: tuple[str, ...] = ()) -> tuple[Answer, str] | None:
    made = in_xml(answer.body, change, draws, chosen)
    return made and (replace(answer, body=made[0]), made[1])


def _with_body(answer: Answer, document: Any) -> Answer:
    return replace(answer, body=json.dumps(document).encode())


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
    return replace(answer, status=status), f"{answer.status} becomes {status}"


def _media_type(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
    other = draws.choice(["", "text/html", "text/plain", "application/xml" if "json" in answer.content_type else JSON])
    return (replace(answer, content_type=other), other or "none") if answer.body else None


def _header(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
    if not answer.headers:
        return None
    place = draws.randrange(len(answer.headers))
    name, value = answer.headers[place]
    instead = draws.choice([(), ((name, "altered"),)])
    told = f"{name}: {value} becomes {'altered' if instead else 'nothing'}"
    return replace(answer, headers=(*answer.headers[:place], *instead, *answer.headers[place + 1 :])), told


def _previous(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
    return (before, "the answer before it") if before and before != answer else None


def _cut(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
    if len(answer.body) < 2:
        return None
    place = draws.randrange(1, len(answer.body))
    return replace(answer, body=answer.body[:place]), f"{place} of {len(answer.body)} bytes"


def _late(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
    return answer, "100 milliseconds"


LATE, LATE_SECONDS = "answer late", 0.1
KINDS: Mapping[str, Alter] = {
    "drop a member": _on_member(_drop, "drop"), "rename a member": _on_member(_rename, "rename"),
    "null a member": _on_member(_null, "null"), "retype a member": _on_member(_retype, "retype"),
    "alter a value": _on_member(_alter, "alter"), "drop a row": _on_list(_drop_row, "drop-row"),
    "repeat a row": _on_list(_repeat_row, "repeat-row"), "swap two rows": _on_list(_swap_rows, "swap-rows"),
    "another error code": _on_member(_alter, "alter", ("code",)),
    "another error message": _on_member(_alter, "alter", ("message",)),
    "another status": _status, "another media type": _media_type, "another header": _header,
    "the previous answer": _previous, "cut the body": _cut, LATE: _late,
}  # fmt: skip
