"""An answer: one exchange, read by the contract of its operation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conformance.checks.compare import declared
from conformance.checks.errorobject import ErrorObject, errors_in
from conformance.contract import Contract, Format, Operation
from conformance.contract.bodies import XmlBody
from conformance.contract.tree import is_of_type, json_path, properties_of, types_of, xml_path
from conformance.wire import Exchange, Response
from conformance.wire.recorder import TOO_LARGE


class Unreadable(Exception):
    """An answer does not say what a scenario needs to go on.

    Why is already a finding of its own, unless nobody is to blame (`unblamed`): the target refused by HTTP alone, of which
    the documents say nothing, or we cut the answer ourselves because it was larger than the target file allows.
    """

    def __init__(self, why: str, *, unblamed: bool = False) -> None:
        super().__init__(why)
        self.unblamed = unblamed


@dataclass(frozen=True, eq=False)
class Answer:
    """An exchange beside the contract that it is judged by."""

    exchange: Exchange
    contract: Contract
    operation: Operation
    accept: str | None
    """The Accept header that was sent."""

    @property
    def id(self) -> str:
        """The exchange's id, as evidence."""
        return self.exchange.id

    @property
    def response(self) -> Response:
        """What came back.

        Raises:
            Unreadable: nothing did.
        """
        if self.exchange.response is None:
            ours = self.exchange.failure.startswith(TOO_LARGE)
            raise Unreadable(f"no answer: {self.exchange.failure}", unblamed=ours)
        return self.exchange.response

    @property
    def status(self) -> int:
        """The HTTP status; 0 where no answer came."""
        return self.exchange.response.status if self.exchange.response else 0

    @property
    def refused_by_http(self) -> bool:
        """Whether the status is a client error."""
        return 400 <= self.status < 500

    @property
    def asked(self) -> Format | None:
        """The format that the Accept header asked for, where it named one."""
        return self.contract.vendor.format_of(self.accept) if self.accept else None

    @property
    def format(self) -> Format | None:
        """The format that the answer's Content-Type names."""
        return self.contract.vendor.format_of(self.response.header("Content-Type"))

    @cached_property
    def xml(self) -> XmlBody:
        """The body read as XML.

        Raises:
            ValueError: not well-formed.
        """
        return self.operation.answer.read_xml(self.response.body)

    @cached_property
    def parsed(self) -> Any:
        """The body in its JSON shape, of whatever kind its top is.

        Raises:
            ValueError: no known format, or not well-formed.
        """
        if self.format is Format.XML:
            return self.xml.document
        if self.format is Format.JSON:
            return _json(self.response.body, self.repeated)
        raise ValueError(f"the media type {self.response.header('Content-Type') or '(none)'} names neither format")

    @cached_property
    def is_well_formed(self) -> bool:
        """Whether `parsed` can be asked for."""
        try:
            _ = self.parsed
        except ValueError:
            return False
        return True

    @cached_property
    def repeated(self) -> list[str]:
        """Names that stand more than once in one JSON object: a reader cannot know which of the values is meant."""
        return []

    @property
    def value(self) -> Any:
        """The body in its JSON shape, whatever its format: an object, a list, a truth value, as the operation answers.

        Raises:
            Unreadable: no answer, no known format, not well-formed, or something else at the top than is documented.
        """
        try:
            parsed = self.parsed
        except ValueError as error:
            told = f"HTTP {self.status}: {error}"
            raise Unreadable(told, unblamed=self.refused_by_http) from error
        schema = self.operation.answer.schema
        if not is_of_type(parsed, schema):
            due = " or ".join(types_of(schema))
            told = f"HTTP {self.status}: the top of the body is no {due} but {type(parsed).__name__}"
            raise Unreadable(told, unblamed=self.refused_by_http)
        return parsed

    @cached_property
    def documented(self) -> Any:
        """The body without what its schema does not declare.

        Raises:
            Unreadable: as for `value`.
        """
        return declared(self.value, self.operation.answer.schema)

    @property
    def document(self) -> Mapping[str, Any]:
        """The body where it is an object.

        Raises:
            Unreadable: it cannot be read, or is none.
        """
        value = self.value
        if not isinstance(value, Mapping):
            told = f"HTTP {self.status}: the top of the body is no object but {type(value).__name__}"
            raise Unreadable(told, unblamed=self.refused_by_http)
        return value

    @cached_property
    def readable(self) -> bool:
        """Whether `value` can be asked for."""
        try:
            _ = self.value
        except Unreadable:
            return False
        return True

    @cached_property
    def says_success(self) -> bool:
        """Whether it is what the operation answers when it succeeds, whole or in part.

        A list, a truth value or a number is; of an object at least one documented member shows; null says nothing.
        """
        if not 200 <= self.status < 300 or not self.readable or self.value is None:
            return False
        if not isinstance(self.value, Mapping):
            return True
        return any(name in self.value for name in properties_of(self.operation.answer.schema))

    @cached_property
    def errors(self) -> list[ErrorObject]:
        """Every error object of the body.

        Raises:
            Unreadable: the body cannot be read.
        """
        return list(errors_in(self.value))

    def where(self, *path: str | int) -> str:
        """A place in the body, as JSONPath or XPath by the answer's format."""
        if self.exchange.response and self.format is Format.XML and self.readable:
            return xml_path(self.operation.answer.schema, path, self.xml.root)
        return json_path(path)


def _json(body: bytes, repeated: list[str]) -> Any:
    """A JSON document; NaN and Infinity, which Python would read, are none (RFC 8259, section 6).

    Adds to `repeated` the names that stand more than once in one object.
    """

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no JSON value")

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            repeated.extend(name for name in found if names.count(name) > 1)
        return found

    try:
        return json.loads(body, parse_constant=refuse, object_pairs_hook=members)
    except RecursionError:
        raise ValueError("nested too deeply to be read") from None
