"""Faults of questions about carts: how they are read, which entries answer them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import CARTS, CannotRead, KnowsTheCall, Sometimes
from conformance.sandbox.imaterialise.models import Cart
from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.rules.messages import Operation

Entries = Sequence[tuple[str, Cart | None]]

# How a question is read


@breaks("CS-030", "CS-121", "CS-122")
class CannotReadJsonAboutCarts(CannotRead):
    """Refuses every JSON body about carts with 501."""

    format, operation = "json", CARTS


@breaks("CS-031")
class CannotReadXmlAboutCarts(CannotRead):
    """Refuses every XML body about carts with 501."""

    format, operation = "xml", CARTS


@breaks("CS-030", "CS-010")
class WantsTextJson(KnowsTheCall):
    """Answers 415 to a JSON body about carts whose Content-Type is application/json."""

    def respond(self, operation: Operation, document: Document, code: int | None, media_type: str) -> Response:
        if operation is CARTS and self.call.header("content-type") == "application/json":
            return Response("Unsupported Media Type", 415)
        return super().respond(operation, document, code, media_type)


@breaks("CS-121", "CS-030")
class WantsCartList(Rules):
    """Looks for carts in CartList instead of Carts."""

    def cart_entries(self, body: Mapping[str, object]) -> Sequence[object]:
        return super().cart_entries({"Carts": self.member(body, "CartList")})


@breaks("CS-122", "CS-030")
class WantsIds(Rules):
    """Looks for the id of a cart in ID instead of CartID."""

    def cart_id(self, entry: object) -> str:
        members = entry if isinstance(entry, Mapping) else {}
        return super().cart_id({"CartID": self.member(members, "ID")})


@breaks("CS-122", "CS-101", "CS-040")
class TakesIdsForNumbers(Rules):
    """Keeps only the digits of a CartID before it looks for the cart."""

    def cart_named(self, raw: str, carts: Mapping[str, Cart]) -> Cart | None:
        return carts.get("".join(filter(str.isdigit, raw)))


@breaks("CS-046")
class ReadsCartIdsInSmallLettersOnly(Rules):
    """Does not find a cart whose id is sent in capitals."""

    def cart_named(self, raw: str, carts: Mapping[str, Cart]) -> Cart | None:
        return carts.get(raw)


# Which entries answer


class _ChangesEntries(Rules):
    def cart_status_document(self, entries: Entries) -> Document:
        return super().cart_status_document(self.changed(list(entries)))

    def changed(self, entries: list[tuple[str, Cart | None]]) -> Entries:
        """The entries that are answered."""
        return entries


@breaks("CS-033")
class SkipsUnknownCarts(_ChangesEntries):
    """Answers no entry for a cart that is unknown, unless all are."""

    def changed(self, entries: list[tuple[str, Cart | None]]) -> Entries:
        return [(raw, cart) for raw, cart in entries if cart] or entries


@breaks("CS-033")
class MergesUnknownCarts(_ChangesEntries):
    """Answers one entry for all carts that are unknown."""

    def changed(self, entries: list[tuple[str, Cart | None]]) -> Entries:
        return [*((raw, cart) for raw, cart in entries if cart), *[entry for entry in entries if not entry[1]][:1]]


@breaks("CS-033")
class AnswersTheLastCartTwice(_ChangesEntries):
    """Answers the last of several carts twice."""

    def changed(self, entries: list[tuple[str, Cart | None]]) -> Entries:
        return [*entries, entries[-1]] if len(entries) > 1 else entries


@breaks("CS-033")
class SometimesLosesACart(Sometimes, _ChangesEntries):
    """Leaves the last entry out of one answer in four."""

    def changed(self, entries: list[tuple[str, Cart | None]]) -> Entries:
        return entries[:-1] if len(entries) > 1 and self.is_turn() else entries


@breaks("CS-034")
class SortsCarts(_ChangesEntries):
    """Answers carts in the order of their ids."""

    def changed(self, entries: list[tuple[str, Cart | None]]) -> Entries:
        return sorted(entries, key=lambda entry: entry[0].lower())


@breaks("CS-034")
class PutsBadCartsLast(_ChangesEntries):
    """Answers carts with an error behind the others."""

    def changed(self, entries: list[tuple[str, Cart | None]]) -> Entries:
        return sorted(entries, key=lambda entry: entry[1] is None)


@breaks("CS-034")
class AnswersBackwards(Rules):
    """Answers the last cart first, in XML only."""

    def write(self, document: Any, root: str, media_type: str) -> bytes:
        if "xml" in media_type and "carts" in document:
            document = {**document, "carts": document["carts"][::-1]}
        return super().write(document, root, media_type)


@breaks("CS-036", "CS-033")
class AnswersFiveCarts(_ChangesEntries):
    """Answers the first five carts and no more."""

    def changed(self, entries: list[tuple[str, Cart | None]]) -> Entries:
        return entries[:5]


@breaks("CS-047")
class RefusesAllForOne(_ChangesEntries):
    """Answers 101 for every cart when one of them is unknown."""

    def changed(self, entries: list[tuple[str, Cart | None]]) -> Entries:
        spoilt = any(cart is None for _, cart in entries)
        return [(raw, None) for raw, _ in entries] if spoilt else entries


@breaks("CS-047")
class StopsAtTheFirstBadCart(_ChangesEntries):
    """Finds no cart behind one that is unknown."""

    def changed(self, entries: list[tuple[str, Cart | None]]) -> Entries:
        bad = next((place for place, (_, cart) in enumerate(entries) if cart is None), len(entries))
        return [(raw, cart if place < bad else None) for place, (raw, cart) in enumerate(entries)]


@breaks("CS-047")
class MixesUpNeighbours(Rules):
    """Shows cartCreationDateTime of the first known cart for every known one."""

    def cart_status_document(self, entries: Entries) -> Document:
        document: dict[str, Any] = super().cart_status_document(entries)
        shown = [entry for entry in document["carts"] if "cartError" not in entry]
        for entry in shown:
            entry["cartCreationDateTime"] = shown[0]["cartCreationDateTime"]
        return document
