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

from conformance.proof import alterxml
from conformance.proof.alterxml import Change, altered, in_xml

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


def _nodes(node: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything in a document with its path, each before what is in it."""
    yield path, node
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in inner:
        yield from _nodes(value, (*path, step))


def _at(node: Any, path: Path) -> Any:
    for step in path:
        node = node[step]
    return node


def _on_member(
    change: Callable[[dict[str, Any], str, random.Random], bool], xml: Change, chosen: tuple[str, ...] = ()
) -> Alter:
    """Changes one member, of some names only where they are given."""

    def at(document: Any, path: Path, draws: random.Random) -> bool:
        return change(_at(document, path[:-1]), str(path[-1]), draws)

    return _inside(at, xml, chosen=chosen)


def _on_rows(change: Callable[[Any, random.Random], bool]) -> Alter:
    """Changes the rows of one list; those of an XML element are had and set in the same way."""
    return _inside(lambda document, path, draws: change(_at(document, path), draws), change, rows=True)


def _inside(
    change: Callable[[Any, Path, random.Random], bool], xml: Change, *, rows: bool = False, chosen: tuple[str, ...] = ()
) -> Alter:
    """Changes one place of a body: a list with rows, or a member."""

    def fits(path: Path, node: Any) -> bool:
        if rows:
            return isinstance(node, list) and bool(node)
        return bool(path) and isinstance(path[-1], str) and (not chosen or path[-1].lower() in chosen)

    def alter(answer: Answer, draws: random.Random, before: Answer | None) -> tuple[Answer, str] | None:
        if answer.is_xml:
            made = in_xml(answer.body, xml, draws, rows=rows, chosen=chosen)
            return made and (replace(answer, body=made[0]), made[1])
        document = answer.document
        paths = [path for path, node in _nodes(document) if fits(path, node)]
        if not paths:
            return None
        path = draws.choice(paths)
        if not change(document, path, draws):
            return None
        return replace(answer, body=json.dumps(document).encode()), ".".join(map(str, path)) or "the list"

    return alter


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
        holder[name] = altered(value, draws)
    else:
        return False
    return True


def _drop_row(rows: Any, draws: random.Random) -> bool:
    del rows[draws.randrange(len(rows))]
    return True


def _repeat_row(rows: Any, draws: random.Random) -> bool:
    place = draws.randrange(len(rows))
    rows.insert(place, copy.deepcopy(rows[place]))
    return True


def _swap_rows(rows: Any, draws: random.Random) -> bool:
    if len(rows) < 2:
        return False
    one, other = draws.sample(range(len(rows)), 2)
    # Copies: an element that is set in another place leaves its own.
    rows[one], rows[other] = copy.deepcopy(rows[other]), copy.deepcopy(rows[one])
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
    "drop a member": _on_member(_drop, alterxml.drop), "rename a member": _on_member(_rename, alterxml.rename),
    "null a member": _on_member(_null, alterxml.null), "retype a member": _on_member(_retype, alterxml.retype),
    "alter a value": _on_member(_alter, alterxml.alter), "drop a row": _on_rows(_drop_row),
    "repeat a row": _on_rows(_repeat_row), "swap two rows": _on_rows(_swap_rows),
    "another error code": _on_member(_alter, alterxml.alter, ("code",)),
    "another error message": _on_member(_alter, alterxml.alter, ("message",)),
    "another status": _status, "another media type": _media_type, "another header": _header,
    "the previous answer": _previous, "cut the body": _cut, LATE: _late,
}  # fmt: skip
