"""Faults of the fields that say which order it is, whose, and what was written about it."""

from __future__ import annotations

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._members import (
    Details,
    Rows,
    Shown,
    digits,
    false_if_empty,
    german_date,
    iso_date,
    lower,
    null_if_empty,
    wrapped,
)
from conformance.sandbox.members import gone, listed, null


@breaks("MK-120", "MK-121", "MK-200")
class ShowsDetailsWithoutAnId(Details):
    """The details have no order_id."""

    change = "order_id", gone


@breaks("MK-200", "MK-121")
class WritesIdsWithPrefix(Details):
    """The details show order_id with letters before it."""

    change = "order_id", lambda number: f"MK-{number}"


@breaks("MK-200", "MK-121")
class WritesIdsAsLists(Details):
    """The details show order_id in a list."""

    change = "order_id", listed


@breaks("MK-201")
class WritesStatusesAsWords(Details):
    """The details show a status as a word."""

    change = "status", lambda letter: {"O": "Open", "P": "Processed"}.get(letter, "Other")


@breaks("MK-201")
class WritesStatusesInSmallLetters(Details):
    """The details show a status as a small letter."""

    change = "status", lower


@breaks("MK-201")
class NumbersStatuses(Shown):
    """Every order has a number as its status."""

    change = "status", "PCOFDBIHGNE".index


@breaks("MK-201", "MK-120")
class LeavesTheStatusOut(Details):
    """The details have no status."""

    change = "status", gone


@breaks("MK-201")
class AppendsToTheStatus(Shown):
    """The status of a cancelled order has a second letter."""

    change = "status", lambda letter: "IX" if letter == "I" else letter


@breaks("MK-202")
class WritesIsoTimes(Details):
    """The details show timestamp as ISO 8601 writes it."""

    change = "timestamp", iso_date


@breaks("MK-202")
class WritesGermanTimes(Shown):
    """Every timestamp is a German date."""

    change = "timestamp", german_date


@breaks("MK-202")
class CountsTimesWithFractions(Details):
    """The details show timestamp with fractions of a second."""

    change = "timestamp", lambda seconds: f"{seconds}.000"


@breaks("MK-203")
class NamesTheCompany(Shown):
    """Every order shows the name of the company as company_id."""

    change = "company_id", lambda _: "Tassen & Teller GmbH"


@breaks("MK-203")
class NullsTheCompany(Details):
    """The details show null as company_id."""

    change = "company_id", null


@breaks("MK-204")
class NamesTheAdministrator(Shown):
    """issuer_id is a word where an administrator made the order."""

    change = "issuer_id", lambda number: number and "admin"


@breaks("MK-204")
class WritesNoIssuerAsFalse(Shown):
    """issuer_id is false where nobody made the order for the customer."""

    change = "issuer_id", false_if_empty


@breaks("MK-205", "MK-265")
class NamesGuests(Details):
    """The details show a word as user_id of a guest."""

    change = "user_id", lambda number: "guest" if number == "0" else number


@breaks("MK-205", "MK-265")
class WrapsCustomers(Details):
    """The details show user_id inside an object."""

    change = "user_id", wrapped


@breaks("MK-206")
class NullsFirstNames(Details):
    """The details show null as a first name that is empty."""

    change = "firstname", null_if_empty


@breaks("MK-206")
class ListsFirstNames(Details):
    """The details show the first names as a list."""

    change = "firstname", lambda name: name.split()


@breaks("MK-207")
class WrapsLastNames(Details):
    """The details show the last name inside an object."""

    change = "lastname", wrapped


@breaks("MK-207")
class NullsLastNamesInTheList(Rows):
    """The list shows null as a last name that is empty."""

    change = "lastname", null_if_empty


@breaks("MK-208")
class ListsAddresses(Shown):
    """Every order shows a list as e-mail address."""

    change = "email", listed


@breaks("MK-208")
class HidesAddressesOfGuests(Details):
    """The details show false in place of an e-mail address at example.com."""

    change = "email", lambda email: False if email.endswith("example.com") else email


@breaks("MK-209")
class CountsPhoneNumbers(Details):
    """The details show a phone number as a number, without its zero and signs."""

    change = "phone", digits


@breaks("MK-209")
class NullsPhoneNumbers(Shown):
    """Every order shows null as a phone number that is empty."""

    change = "phone", null_if_empty


@breaks("MK-210")
class WritesLongLanguageCodes(Details):
    """The details show a language with a country."""

    change = "lang_code", lambda code: f"{code}_DE"


@breaks("MK-210")
class NullsTheLanguage(Details):
    """The details show null as language."""

    change = "lang_code", null


@breaks("MK-237")
class ListsNotes(Details):
    """The details show the customer's notes as a list."""

    change = "notes", listed


@breaks("MK-237")
class WritesNoNotesAsFalse(Details):
    """The details show false where the customer has left no notes."""

    change = "notes", false_if_empty


@breaks("MK-238")
class WrapsTheAdministratorsNotes(Details):
    """The details show the administrator's notes inside an object."""

    change = "details", wrapped


@breaks("MK-238")
class CountsTheAdministratorsNotes(Details):
    """The details show the number 0 where the administrator has left no notes."""

    change = "details", lambda notes: notes or 0


@breaks("MK-262")
class ListsReferences(Details):
    """The details show vendor_ref as a list."""

    change = "vendor_ref", listed


@breaks("MK-262")
class WrapsReferences(Details):
    """The details show an object as vendor_ref of an order that has one."""

    change = "vendor_ref", lambda text: text and wrapped(text)


@breaks("MK-262")
class WritesNoReferenceAsFalse(Details):
    """The details show false where there is no vendor_ref."""

    change = "vendor_ref", false_if_empty
