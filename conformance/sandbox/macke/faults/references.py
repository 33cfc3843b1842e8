"""Faults of giving a vendor_ref: what is answered, what is stored, and what it does to the order."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, false, or_

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._requests import Counting, Knowing
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import RefusedError, Rules
from conformance.sandbox.macke.rules.wire import Document

# The answer


@breaks("MK-340")
class DemandsAStatusBesideAReference(Rules):
    """A vendor_ref without a status is refused."""

    def changes(self, body: Document, now: datetime) -> dict[str, Any]:
        if "vendor_ref" in body and "status" not in body:
            raise RefusedError(400, "status is missing")
        return super().changes(body, now)


@breaks("MK-340")
class DoesNotKnowTheOrderOfAReference(Rules):
    """Every vendor_ref is refused with 404."""

    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        raise RefusedError(404)


@breaks("MK-340", "MK-348")
class RefusesASecondReference(Rules):
    """A vendor_ref for an order that has one is refused with 400."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        if order.vendor_ref and "vendor_ref" in changes:
            raise RefusedError(400, "The order has a vendor_ref")
        return super().statement(order, changes)


@breaks("MK-340")
class RefusesReferencesSometimes(Counting):
    """One of four references is refused with 400."""

    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        if self.is_turn():
            raise RefusedError(400, "vendor_ref is not valid")
        return super().vendor_ref_change(value, now)


class _Answering(Knowing):
    """Answers an update that gives a reference in its own way."""

    def updated_document(self, name: str) -> Document:
        document = super().updated_document(name)
        return self.given(name) if "vendor_ref" in self.sent else document

    def given(self, name: str) -> Document:
        raise NotImplementedError


@breaks("MK-341", "MK-301")
class AnswersReferencesWithThemselves(_Answering):
    """A vendor_ref is answered with the reference and without order_id."""

    def given(self, name: str) -> Document:
        return {"vendor_ref": self.sent["vendor_ref"]}


@breaks("MK-341", "MK-302")
class AnswersReferencesWithTheNextOrder(_Answering):
    """A vendor_ref is answered with an order_id that is one too large."""

    def given(self, name: str) -> Document:
        return {"order_id": str(int(name) + 1)}


# What is stored


@breaks("MK-342")
class OnlySaysItGivesAReference(Rules):
    """A vendor_ref is answered with 200 and stored nowhere."""

    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        self.accepted_vendor_ref(value)
        return {}


@breaks("MK-342")
class KeepsTwentyCharacters(Rules):
    """A vendor_ref is cut after 20 characters."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        found = super().accepted_vendor_ref(value)
        return found and found[:20]


@breaks("MK-342")
class KeepsReferencesInSmallLetters(Rules):
    """A vendor_ref is stored in small letters, and compared with what is searched as it is."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        found = super().accepted_vendor_ref(value)
        return found and found.lower()


@breaks("MK-342")
class LosesHyphens(Rules):
    """A vendor_ref is stored without its hyphens."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        found = super().accepted_vendor_ref(value)
        return found and found.replace("-", "")


@breaks("MK-342", "MK-371")
class FindsAReferenceTheSecondTime(Rules):
    """The first search for a reference finds nothing: its index is written by the search."""

    def has_ref(self, text: str) -> ColumnElement[bool]:
        known: list[str] = vars(self).setdefault("known", [])
        known.append(text)
        return super().has_ref(text) if text in known[:-1] else false()


@breaks("MK-342", shows="MK-350")
class LosesReferencesSometimes(Counting):
    """One of four references is answered with 200 and stored nowhere."""

    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        return {} if self.is_turn() else super().vendor_ref_change(value, now)


@breaks("MK-344")
class TakesTheFirstOfAnObject(Rules):
    """An object as vendor_ref is stored as the first text in it."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        return str(next(iter(value.values()), "")) if isinstance(value, dict) else super().accepted_vendor_ref(value)


@breaks("MK-344")
class WritesObjectsAsJson(Rules):
    """An object as vendor_ref is stored as JSON."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        known = json.dumps(value, separators=(",", ":")) if isinstance(value, dict) else value
        return super().accepted_vendor_ref(known)


@breaks("MK-344", "MK-328")
class StoresObjectsAndRefuses(Rules):
    """An object as vendor_ref is refused with 400, and the first text in it is stored."""

    late = False

    def accepted_vendor_ref(self, value: object) -> str | None:
        self.late = isinstance(value, dict)
        return super().accepted_vendor_ref(next(iter(value.values()), "") if isinstance(value, dict) else value)

    def updated_document(self, name: str) -> Document:
        late, self.late = self.late, False
        if late:
            raise RefusedError(400, "vendor_ref must be a single string")
        return super().updated_document(name)


@breaks("MK-345")
class TakesTheFirstOfAnArray(Rules):
    """An array as vendor_ref is stored as its first entry."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        return super().accepted_vendor_ref(value[0] if isinstance(value, list) and value else value)


@breaks("MK-345")
class WritesArraysAsJson(Rules):
    """An array as vendor_ref is stored as JSON."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        known = json.dumps(value, separators=(",", ":")) if isinstance(value, list) else value
        return super().accepted_vendor_ref(known)


@breaks("MK-345")
class JoinsArrays(Rules):
    """An array as vendor_ref is stored as its entries with commas between them."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        known = ",".join(map(str, value)) if isinstance(value, list) else value
        return super().accepted_vendor_ref(known)


# A second reference


@breaks("MK-348")
class KeepsTheFirstReference(Rules):
    """A second vendor_ref is answered with 200, and the first one stays."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        kept = {"vendor_ref": order.vendor_ref} if order.vendor_ref and "vendor_ref" in changes else {}
        return super().statement(order, changes | kept)


@breaks("MK-348")
class AppendsReferences(Rules):
    """A second vendor_ref is stored behind the first one, with a comma between them."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        both = order.vendor_ref and changes.get("vendor_ref")
        joined = {"vendor_ref": f"{order.vendor_ref},{changes['vendor_ref']}"} if both else {}
        return super().statement(order, changes | joined)


@breaks("MK-349")
class FindsWhatWasReplaced(Rules):
    """A vendor_ref that was replaced finds the order still."""

    def statement(self, order: Order, changes: dict[str, Any]) -> Update:
        if order.vendor_ref and "vendor_ref" in changes:
            self.replaced.setdefault(order.vendor_ref, set()).add(order.order_id)
        return super().statement(order, changes)

    def has_ref(self, text: str) -> ColumnElement[bool]:
        return or_(super().has_ref(text), Order.order_id.in_(self.replaced.get(text, set())))

    @property
    def replaced(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = vars(self).setdefault("old", {})
        return found
