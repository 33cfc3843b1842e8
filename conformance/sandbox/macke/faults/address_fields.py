"""Faults of the fields of both addresses."""

from __future__ import annotations

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._members import Details, digits, false_if_empty, null_if_empty, wrapped
from conformance.sandbox.members import listed, null


@breaks("MK-239")
class ListsShippingStreets(Details):
    """The details show the street of the shipping address as a list."""

    change = "s_address", listed


@breaks("MK-240")
class NullsSecondShippingLines(Details):
    """The details show the second line of the shipping address as null where it is empty."""

    change = "s_address_2", null_if_empty


@breaks("MK-241")
class WrapsShippingCities(Details):
    """The details show the city of the shipping address inside an object."""

    change = "s_city", wrapped


@breaks("MK-243")
class ListsShippingCountryNames(Details):
    """The details show the country's name in the shipping address as a list."""

    change = "s_country_descr", listed


@breaks("MK-244")
class FalsifiesFirstShippingNames(Details):
    """The details show the first name in the shipping address as false where it is empty."""

    change = "s_firstname", false_if_empty


@breaks("MK-245")
class ListsLastShippingNames(Details):
    """The details show the last name in the shipping address as a list of words."""

    change = "s_lastname", lambda name: name.split()


@breaks("MK-246")
class CountsShippingPhones(Details):
    """The details show the phone number of the shipping address as a number."""

    change = "s_phone", digits


@breaks("MK-247")
class NullsShippingStates(Details):
    """The details show the state's code in the shipping address as null where it is empty."""

    change = "s_state", null_if_empty


@breaks("MK-248")
class WrapsShippingStateNames(Details):
    """The details show the state's name in the shipping address inside an object."""

    change = "s_state_descr", wrapped


@breaks("MK-249")
class CountsShippingPostcodes(Details):
    """The details show the postal code of the shipping address as a number, without leading zeros."""

    change = "s_zipcode", digits


@breaks("MK-242")
class SpellsShippingCountries(Details):
    """The details show the whole name of a country as its code in the shipping address."""

    change = "s_country", lambda code: {"DE": "Deutschland"}.get(code, code)


@breaks("MK-242")
class WritesThreeLettersOfShippingCountries(Details):
    """The details show three letters as country of the shipping address."""

    change = "s_country", lambda code: {"DE": "DEU", "AT": "AUT"}.get(code, code)


@breaks("MK-242")
class NullsShippingCountries(Details):
    """The details show null as country of an empty shipping address."""

    change = "s_country", null_if_empty


@breaks("MK-250")
class NullsBillingStreets(Details):
    """The details show the street of the billing address as null where it is empty."""

    change = "b_address", null_if_empty


@breaks("MK-251")
class FalsifiesSecondBillingLines(Details):
    """The details show the second line of the billing address as false where it is empty."""

    change = "b_address_2", false_if_empty


@breaks("MK-252")
class ListsBillingCities(Details):
    """The details show the city of the billing address as a list."""

    change = "b_city", listed


@breaks("MK-254")
class NullsBillingCountryNames(Details):
    """The details show the country's name in the billing address as null."""

    change = "b_country_descr", null


@breaks("MK-255")
class WrapsFirstBillingNames(Details):
    """The details show the first name in the billing address inside an object."""

    change = "b_firstname", wrapped


@breaks("MK-256")
class NullsLastBillingNames(Details):
    """The details show the last name in the billing address as null where it is empty."""

    change = "b_lastname", null_if_empty


@breaks("MK-257")
class NullsBillingPhones(Details):
    """The details show the phone number of the billing address as null where it is empty."""

    change = "b_phone", null_if_empty


@breaks("MK-258")
class ListsBillingStates(Details):
    """The details show the state's code in the billing address as a list."""

    change = "b_state", listed


@breaks("MK-259")
class ListsBillingStateNames(Details):
    """The details show the state's name in the billing address as a list."""

    change = "b_state_descr", listed


@breaks("MK-260")
class CountsBillingPostcodes(Details):
    """The details show the postal code of the billing address as a number, without leading zeros."""

    change = "b_zipcode", digits


@breaks("MK-253")
class SpellsBillingCountries(Details):
    """The details show the whole name of a country as its code in the billing address."""

    change = "b_country", lambda code: {"DE": "Deutschland"}.get(code, code)


@breaks("MK-253")
class NumbersBillingCountries(Details):
    """The details show a number as country of the billing address."""

    change = "b_country", lambda _: 276
