"""How faults change members of an answer: an edit says which member becomes what, a base says of which answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from conformance.sandbox.documents import Document
from conformance.sandbox.imaterialise.models import Cart, Order
from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.rules.messages import Operation


@dataclass(frozen=True)
class Edit:
    """A change of the member at a dotted path; a list on the way stands for each of its entries."""

    path: str
    change: Callable[[dict[str, Any], str], None]
    """Takes the object that has the member, and the member's name."""

    def __call__(self, document: Any) -> Any:
        """The document, changed wherever it has the member."""
        changed(document, self.path, self.change)
        return document


def changed(node: Any, path: str, change: Callable[[dict[str, Any], str], None]) -> None:
    """Applies a change at a path of a document."""
    name, _, rest = path.partition(".")
    for parent in node if isinstance(node, list) else [node]:
        if name not in parent:
            continue
        if rest:
            changed(parent[name], rest, change)
        else:
            change(parent, name)


def lost(path: str) -> Edit:
    """The member is not there."""
    return Edit(path, lambda parent, name: parent.pop(name))


def null(path: str) -> Edit:
    """The member is null; XML leaves it out."""
    return made(path, lambda _: None)


def renamed(path: str, new: str) -> Edit:
    """The member has another name and keeps its place."""

    def change(parent: dict[str, Any], name: str) -> None:
        members = [(new if key == name else key, value) for key, value in parent.items()]
        parent.clear()
        parent.update(members)

    return Edit(path, change)


def made(path: str, new: Callable[[Any], Any]) -> Edit:
    """The member has a value made of its own."""

    def change(parent: dict[str, Any], name: str) -> None:
        parent[name] = new(parent[name])

    return Edit(path, change)


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
