"""Faults of a vendor_ref's text on its way in and out, and of what a reference does to the order besides."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import datetime
from typing import Any
from urllib.parse import unquote, unquote_plus

from starlette.datastructures import QueryParams

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.models import unix_seconds
from conformance.sandbox.macke.rules import Rules


class _Written(Rules):
    """Stores a reference otherwise than it was sent."""

    def accepted_vendor_ref(self, value: object) -> str | None:
        found = super().accepted_vendor_ref(value)
        return found and self.written(found)

    def written(self, text: str) -> str:
        """What is stored."""
        raise NotImplementedError


class _Read(Rules):
    """Searches for another text than was sent."""

    def searched_ref(self, query: QueryParams) -> str:
        return self.read(super().searched_ref(query))

    def read(self, text: str) -> str:
        """What is searched for."""
        raise NotImplementedError


# ASCII


@breaks("MK-352")
class CutsSearchesAtAnAmpersand(_Read):
    """A search ends at an ampersand, also where that is percent-encoded."""

    def read(self, text: str) -> str:
        return text.partition("&")[0]


@breaks("MK-352")
class DecodesSearchesTwice(_Read):
    """A search decodes its parameter twice, so that a plus is a space."""

    def read(self, text: str) -> str:
        return unquote_plus(text)


@breaks("MK-352")
class CutsSearchesAtANumberSign(_Read):
    """A search ends at a number sign, as if a fragment began there."""

    def read(self, text: str) -> str:
        return text.partition("#")[0]


@breaks("MK-352")
class StripsTags(_Written):
    """What looks like a tag of HTML is taken out of a vendor_ref before it is stored."""

    def written(self, text: str) -> str:
        return re.sub(r"<[^>]*>", "", text)


@breaks("MK-352")
class AddsBackslashes(_Written):
    """Quotes and backslashes of a vendor_ref are stored behind a backslash."""

    def written(self, text: str) -> str:
        return re.sub(r"""(["'\\])""", r"\\\1", text)


@breaks("MK-352")
class EscapesForHtml(_Written):
    """A vendor_ref is stored with the entities of HTML."""

    def written(self, text: str) -> str:
        return html.escape(text)


@breaks("MK-352")
class DecodesBodies(_Written):
    """A vendor_ref is decoded as a part of a URL before it is stored, and loses its percent signs."""

    def written(self, text: str) -> str:
        return unquote(text).replace("%", "")


@breaks("MK-352")
class CutsReferencesAtAQuote(_Written):
    """A vendor_ref ends at a double quote."""

    def written(self, text: str) -> str:
        return text.partition('"')[0]


# Beyond ASCII


@breaks("MK-353")
class WritesQuestionMarks(_Written):
    """Letters of a vendor_ref that are not ASCII are stored as question marks."""

    def written(self, text: str) -> str:
        return text.encode("ascii", "replace").decode()


@breaks("MK-353")
class ReadsUtf8AsLatin1(_Written):
    """Each byte of a vendor_ref in UTF-8 is stored as a letter of ISO 8859-1."""

    def written(self, text: str) -> str:
        return text.encode("utf-8", "replace").decode("latin-1")


@breaks("MK-353")
class EndsAtTheFirstEmoji(_Written):
    """A vendor_ref ends before the first character of four bytes, as MySQL's utf8 stores it."""

    def written(self, text: str) -> str:
        return re.split("[\U00010000-\U0010ffff]", text)[0]


@breaks("MK-353")
class TakesUmlautsApart(_Written):
    """Letters with marks are stored as letter and mark, and compared with what is searched as it is."""

    def written(self, text: str) -> str:
        return unicodedata.normalize("NFD", text)


@breaks("MK-353")
class SearchesLatin1(_Read):
    """Each byte of a searched text in UTF-8 is taken for a letter of ISO 8859-1."""

    def read(self, text: str) -> str:
        return text.encode("utf-8", "replace").decode("latin-1")


# What a reference does besides


class _Besides(Rules):
    """Changes more than the reference."""

    besides: tuple[str, Any]

    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        return {**super().vendor_ref_change(value, now), **dict([self.besides])}


@breaks("MK-343")
class ProcessesReferencedOrders(_Besides):
    """An order that is given a vendor_ref is put into the status P."""

    besides = "status", "P"


@breaks("MK-343")
class ForgetsThePhoneBesideAReference(_Besides):
    """A vendor_ref empties the customer's phone number."""

    besides = "phone", ""


@breaks("MK-343")
class TakesTheReferenceForTheInvoice(_Besides):
    """A vendor_ref gives the order an invoice."""

    besides = "invoice_id", 777


@breaks("MK-343")
class PlacesReferencedOrdersAgain(Rules):
    """An order that is given a vendor_ref counts as placed an hour before that."""

    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        return {**super().vendor_ref_change(value, now), "timestamp": unix_seconds(now) - 3600}
