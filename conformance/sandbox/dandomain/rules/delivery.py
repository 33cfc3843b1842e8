"""Rules of CreateOrder that read a request: its members and types, and where the order goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from conformance.sandbox.dandomain.rules.refused import RefusedError
from conformance.sandbox.dandomain.rules.updates import UpdateRules
from conformance.sandbox.dandomain.shop import Customer, Person

Thing = TypeVar("Thing")

_TEXTS = {
    "name": "name",
    "address": "address",
    "zipCode": "zip_code",
    "city": "city",
    "country": "country",
    "address2": "address2",
    "attention": "attention",
    "cvr": "cvr",
    "ean": "ean",
    "email": "email",
    "fax": "fax",
    "phone": "phone",
    "state": "state",
}


class DeliveryRules(UpdateRules):
    """The members of a request, and the alternative delivery address among them."""

    # Members and types

    def required(self, parent: Mapping[str, object], name: str, word: str) -> object:
        """A member that cannot be null; refuses with the word where it is null or missing."""
        if (value := parent.get(name)) is None:
            raise RefusedError(400, word)
        return value

    def known(self, thing: Thing | None, word: str) -> Thing:
        """The thing that an id names; refuses with the word if there is none."""
        if thing is None:
            raise RefusedError(400, word)
        return thing

    def reference(self, value: object, word: str) -> str:
        """A number of a customer or product as text: clients send it as text or as a number."""
        return value if isinstance(value, str) else str(self.number_of(value, word))

    def number_of(self, value: object, word: str) -> int:
        """A whole number of 32 bits, also written as text or with a zero fraction; refuses with the word."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise RefusedError(400, word)
        if (number := self.integer(str(value))) is None:
            raise RefusedError(400, word)
        return number

    # Where the order goes

    def delivery(self, body: Mapping[str, object], customer: Customer) -> Person:
        """The alternative delivery address; null or missing, the customer's own."""
        match body.get("altDeliveryInfo"):
            case None:
                return customer.person
            case dict() as given:
                return self.address(given, customer.person)
        raise RefusedError(400, "AltDeliveryInfoNotValid")

    def address(self, given: Mapping[str, object], own: Person) -> Person:
        """An address of a request: what it does not say is empty, but for the country: the customer's."""
        texts = {field: self.address_text(given.get(name)) for name, field in _TEXTS.items()}
        country_id = self.country_id(given.get("countryId"))
        if country_id is None:
            return Person(**texts | {"country": texts["country"] or own.country}, country_id=own.country_id)
        return Person(**texts, country_id=country_id)

    def address_text(self, value: object) -> str:
        """A text of an address; 400 for what is neither text nor null."""
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        raise RefusedError(400, "AltDeliveryInfoNotValid")

    def country_id(self, value: object) -> int | None:
        """The country of an address, if it is said."""
        return None if value is None else self.number_of(value, "AltDeliveryInfoNotValid")

    def chosen_countries(self, customer: Customer, delivery: Person) -> Collection[int]:
        """The countries that methods must be valid for: the document does not say whose, so both."""
        return {customer.person.country_id, delivery.country_id}
