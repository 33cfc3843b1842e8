"""How faults change members of an answer: an edit says which member becomes what, a base says of which answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from conformance.sandbox import members
from conformance.sandbox.documents import Document
from conformance.sandbox.imaterialise.models import Cart, Order
from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.rules.messages import Operation
from conformance.sandbox.members import Change


@dataclass(frozen=True)
class Edit:
    """A change of a document: no bare function, which would become a method of the class that has it."""

    change: Callable[[Any], Any]

    def __call__(self, document: Any) -> Any:
        """The document, changed wherever it has the member."""
        return self.change(document)


def made(path: str, new: Change) -> Edit:
    """The member at a path has a value made of its own."""
    return Edit(lambda document: members.changed(document, path, new))


def lost(path: str) -> Edit:
    """The member is not there."""
    return made(path, members.gone)


def null(path: str) -> Edit:
    """The member is null; XML leaves it out."""
    return made(path, members.null)


def renamed(path: str, new: str) -> Edit:
    """The member has another name and keeps its place."""
    return Edit(lambda document: members.renamed(document, path, new))


def counted(path: str) -> Edit:
    """The text is a number where it has digits only."""
    return made(path, lambda text: int(text) if text.isdigit() else text)


def is_now(path: str, value: Any) -> Edit:
    """The member has this value, always."""
    return made(path, lambda _: value)


def stretched(path: str, length: int) -> Edit:
    """The text is this long, filled up with x."""
    return made(path, lambda text: text.ljust(length, "x"))


class _WithNulls(Rules):
    def has_element(self, member: str, value: Any) -> bool:
        return value is not None and super().has_element(member, value)


class ChangesOrders(_WithNulls):
    """Edits every order of Order Status."""

    edit: Edit

    def order_document(self, order: Order, language: str) -> Document:
        """The order, edited."""
        document: Document = self.edit(super().order_document(order, language))
        return document


class ChangesOrderAnswers(_WithNulls):
    """Edits every answer of Order Status as a whole."""

    edit: Edit

    def order_status_document(self, orders: Any, code: int | None, language: str | None) -> Document:
        """The answer, edited."""
        document: Document = self.edit(super().order_status_document(orders, code, language))
        return document


class ChangesCarts(_WithNulls):
    """Edits every entry of Cart Status."""

    edit: Edit

    def cart_entry(self, raw: str, cart: Cart | None) -> Document:
        """The entry, edited."""
        document: Document = self.edit(super().cart_entry(raw, cart))
        return document


class ChangesRefusedCarts(_WithNulls):
    """Edits the answers to questions about carts that are refused as a whole."""

    edit: Edit

    def refused_carts_document(self, code: int) -> Document:
        """The answer, edited."""
        document: Document = self.edit(super().refused_carts_document(code))
        return document


class ChangesCancellations(_WithNulls):
    """Edits every answer to a cancellation."""

    edit: Edit

    def cancellation_document(self, order: Order | None, code: int | None) -> Document:
        """The answer, edited."""
        document: Document = self.edit(super().cancellation_document(order, code))
        return document


class SaysAnotherMessage(Rules):
    """Words the message of one code in another way."""

    operation: Operation
    code: int
    old: str
    new: str

    def message(self, operation: Operation, code: int) -> str:
        """The text, with other words in it."""
        text = super().message(operation, code)
        return text.replace(self.old, self.new) if (operation, code) == (self.operation, self.code) else text
