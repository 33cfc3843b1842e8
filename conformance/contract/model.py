"""The contract's values: requirements, readings, operations, and what a vendor says of himself.

All are frozen: a contract is read once and judged against, never changed. `load` makes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import quote

from conformance.contract.bodies import BodySchema

_PARAMETER = re.compile(r"\{(\w+)\}")
Json = Any
"""A parsed JSON value."""


class ContractError(Exception):
    """The contract's own files are wrong: says the file, the place, and what to do."""

    def __init__(self, file: Path | str, place: str, problem: str) -> None:
        super().__init__(f"{file}: {place}: {problem}" if place else f"{file}: {problem}")


class Level(StrEnum):
    """The force of a clause, by its keyword (RFC 2119)."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Format(StrEnum):
    """The two formats in which a body can be written."""

    JSON = "json"
    XML = "xml"


@dataclass(frozen=True)
class Source:
    """Where a clause stands: document id, section heading, table row."""

    document: str
    section: str
    row: str = ""

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row else ""
        return f"{self.document}, {self.section}{row}"


@dataclass(frozen=True)
class Requirement:
    """One testable sentence of a document."""

    id: str
    level: Level
    area: str
    source: Source
    operations: tuple[str, ...]
    text: str
    readings: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    codes: tuple[int, ...] = ()
    hint: str = ""
    untested: str = ""


@dataclass(frozen=True)
class Option:
    """One way to read an unclear point; `plain` says in plain words what a target does that follows it."""

    id: str
    accepted: bool
    plain: str
    evidence: str


@dataclass(frozen=True)
class Reading:
    """A point where the document contradicts itself or is silent, and the readings of it that we accept."""

    id: str
    question: str
    statements: tuple[Source, ...]
    options: Mapping[str, Option]
    requirements: tuple[str, ...]
    strength: str
    free: bool = False
    """Any value is accepted and recorded (a root name, say)."""
    untested: str = ""

    def accepts(self, option: str) -> bool:
        """Whether a target that follows this option keeps the contract."""
        if self.free and option not in self.options:
            return True
        return option in self.options and self.options[option].accepted


@dataclass(frozen=True)
class ErrorCode:
    """A code of the documents' error tables and its exact text; `exact` is false where only a beginning is known."""

    code: int
    message: str
    exact: bool
    places: tuple[str, ...]
    requirement: str

    def says(self, message: object) -> bool:
        """Whether a message on the wire is the documented one."""
        if not isinstance(message, str):
            return False
        return message == self.message if self.exact else message.startswith(self.message)


@dataclass(frozen=True)
class Operation:
    """One operation of an API, as the OpenAPI file states it."""

    id: str
    method: str
    path: str
    changes_state: bool
    parameters: tuple[Mapping[str, Json], ...]
    statuses: tuple[str, ...]
    errors: Mapping[int, ErrorCode]
    requirements: tuple[str, ...]
    answer: BodySchema
    request: BodySchema | None = None

    def at(self, parameters: Mapping[str, str], path: str | None = None) -> str:
        """Its path (or another in the same form) with the parameters filled in and percent-encoded.

        Raises:
            KeyError: one that the path names is not given.
        """
        return _PARAMETER.sub(lambda match: quote(parameters[match[1]], safe=""), path or self.path)

    def fits(self, path: str) -> bool:
        """Whether a path is its own, with anything in the place of each parameter."""
        parts = re.split(r"\{\w+\}", self.path)
        return re.fullmatch("[^/]+".join(map(re.escape, parts)), path) is not None

    def documents(self, status: int) -> bool:
        """Whether the contract lists this HTTP status, by number or by range (`4XX`)."""
        return str(status) in self.statuses or f"{status // 100}XX" in self.statuses


@dataclass(frozen=True)
class Need:
    """A piece of test data that a scenario needs, and the two ways in which a target can provide it."""

    id: str
    describe: str
    state: str
    params: Mapping[str, Json]
    data: str
    """Path in the target file (`data.orders.ordered`)."""
    gives: str
    """The name of the id that it gives (`orderNumber`): a member of the state's answer, a value in the target file."""


@dataclass(frozen=True)
class Document:
    """A vendor's document; the digest shows when it has changed and its rows are to be read again."""

    id: str
    title: str
    sha256: str
    revision: str = ""
    url: str = ""


@dataclass(frozen=True)
class Vendor:
    """What the contract knows of a vendor beyond single APIs."""

    id: str
    title: str
    documents: Mapping[str, Document]
    production_hosts: tuple[str, ...]
    sandbox_hosts: tuple[str, ...]
    credentials: tuple[str, ...]
    """Names of the credentials that the target file must give."""
    optional_credentials: tuple[str, ...]
    media_types: Mapping[Format, tuple[str, ...]]
    apis: tuple[str, ...]
    needs: Mapping[str, Need]
    folder: Path

    def format_of(self, content_type: str) -> Format | None:
        """The format that a Content-Type names (parameters such as charset do not matter), if it is a known one."""
        name = content_type.partition(";")[0].strip().lower()
        return next((form for form, names in self.media_types.items() if name in names), None)


@dataclass(frozen=True)
class Roles:
    """Ids of the rows that judge every answer alike, whatever the API (`x-conformance` in openapi.yaml)."""

    ids: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, role: str) -> str:
        return self.ids[role]

    def get(self, role: str) -> str | None:
        """The requirement (or reading) with this role, or None where the API has none."""
        return self.ids.get(role)


@dataclass(frozen=True, eq=False)  # loaded once: the same contract is the same object
class Contract:
    """One API's contract."""

    id: str
    """`vendor/api`, as in `imaterialise/order-status`."""
    title: str
    vendor: Vendor
    operations: Mapping[str, Operation]
    requirements: Mapping[str, Requirement]
    readings: Mapping[str, Reading]
    roles: Roles
    openapi: Mapping[str, Json]
    """The OpenAPI document with every reference resolved."""
    folder: Path
    digest: str
    """SHA-256 over the files that a verdict can depend on."""

    @property
    def name(self) -> str:
        """The API's name without the vendor."""
        return self.id.partition("/")[2]

    def reading_of(self, role: str) -> str:
        """The reading of a role: `<api>-<role>`, with the vendor before it where another vendor names an API alike."""
        short = f"{self.name}-{role}"
        return short if short in self.readings else f"{self.vendor.id}-{short}"
