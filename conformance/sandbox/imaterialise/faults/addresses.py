"""Faults of the members of the two addresses of an order."""

from __future__ import annotations

from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._members import (
    ChangesOrders,
    counted,
    is_now,
    lost,
    made,
    null,
    renamed,
    stretched,
)

# Where the order goes


@breaks("OS-140")
class LosesTheFirstName(ChangesOrders):
    """Leaves firstName out of shippingInfo."""

    edit = lost("shippingInfo.firstName")


@breaks("OS-141")
class CallsTheLastNameSurname(ChangesOrders):
    """Calls lastName of shippingInfo surname."""

    edit = renamed("shippingInfo.lastName", "surname")


@breaks("OS-142")
class WritesLongEmails(ChangesOrders):
    """Writes email of shippingInfo 256 characters long."""

    edit = stretched("shippingInfo.email", 256)


@breaks("OS-142")
class SendsNullForEmails(ChangesOrders):
    """Sends email of shippingInfo null in JSON."""

    edit = null("shippingInfo.email")


@breaks("OS-143")
class WritesPhonesAsNumbers(ChangesOrders):
    """Writes phone of shippingInfo as a number in JSON, where it has digits only."""

    edit = counted("shippingInfo.phone")


@breaks("OS-144")
class WritesLongCompanies(ChangesOrders):
    """Writes company of shippingInfo 101 characters long."""

    edit = stretched("shippingInfo.company", 101)


@breaks("OS-144")
class WritesCompaniesAsObjects(ChangesOrders):
    """Writes company of shippingInfo as an object with a name."""

    edit = made("shippingInfo.company", lambda name: {"name": name})


@breaks("OS-145")
class CallsTheFirstLineStreet(ChangesOrders):
    """Calls line1 of shippingInfo street."""

    edit = renamed("shippingInfo.line1", "street")


@breaks("OS-145")
class WritesLongLines(ChangesOrders):
    """Writes line1 of shippingInfo 101 characters long."""

    edit = stretched("shippingInfo.line1", 101)


@breaks("OS-146")
class SendsNullForTheSecondLine(ChangesOrders):
    """Sends line2 of shippingInfo null in JSON where it is empty."""

    edit = made("shippingInfo.line2", lambda line: line or None)


@breaks("OS-146")
class WritesLongSecondLines(ChangesOrders):
    """Writes line2 of shippingInfo 101 characters long."""

    edit = stretched("shippingInfo.line2", 101)


@breaks("OS-147")
class WritesThreeLettersOfCountries(ChangesOrders):
    """Writes three letters for countryCode of shippingInfo."""

    edit = made("shippingInfo.countryCode", {"BE": "BEL", "DE": "DEU", "US": "USA", "JP": "JPN", "ES": "ESP"}.__getitem__)


@breaks("OS-147")
class NamesCountries(ChangesOrders):
    """Calls countryCode of shippingInfo country."""

    edit = renamed("shippingInfo.countryCode", "country")


@breaks("OS-148")
class WritesStatesAsNumbers(ChangesOrders):
    """Writes stateCode of shippingInfo as a number in JSON, where it has digits only."""

    edit = counted("shippingInfo.stateCode")


@breaks("OS-148")
class SendsNullForStates(ChangesOrders):
    """Sends stateCode of shippingInfo null in JSON where it is empty."""

    edit = made("shippingInfo.stateCode", lambda code: code or None)


@breaks("OS-149")
class WritesZipCodesAsNumbers(ChangesOrders):
    """Writes zipCode of shippingInfo as a number in JSON, where it has digits only."""

    edit = counted("shippingInfo.zipCode")


@breaks("OS-150")
class LosesTheCity(ChangesOrders):
    """Leaves city out of shippingInfo."""

    edit = lost("shippingInfo.city")


@breaks("OS-150")
class WritesLongCities(ChangesOrders):
    """Writes city of shippingInfo 101 characters long."""

    edit = stretched("shippingInfo.city", 101)


# Who pays


@breaks("OS-160")
class CallsTheFirstNameName(ChangesOrders):
    """Calls firstName of billingInfo name."""

    edit = renamed("billingInfo.firstName", "name")


@breaks("OS-160")
class WritesLongFirstNames(ChangesOrders):
    """Writes firstName of billingInfo 101 characters long."""

    edit = stretched("billingInfo.firstName", 101)


@breaks("OS-161")
class SendsNullForPayers(ChangesOrders):
    """Sends lastName of billingInfo null in JSON."""

    edit = null("billingInfo.lastName")


@breaks("OS-162")
class LosesTheEmailOfThePayer(ChangesOrders):
    """Leaves email out of billingInfo."""

    edit = lost("billingInfo.email")


@breaks("OS-163")
class WritesLongPhones(ChangesOrders):
    """Writes phone of billingInfo 101 characters long."""

    edit = stretched("billingInfo.phone", 101)


@breaks("OS-163")
class LosesThePhoneOfThePayer(ChangesOrders):
    """Leaves phone out of billingInfo."""

    edit = lost("billingInfo.phone")


@breaks("OS-164")
class WritesLongCompaniesOfPayers(ChangesOrders):
    """Writes company of billingInfo 101 characters long."""

    edit = stretched("billingInfo.company", 101)


@breaks("OS-164")
class TellsWhetherACompanyPays(ChangesOrders):
    """Writes company of billingInfo as a boolean."""

    edit = is_now("billingInfo.company", True)


@breaks("OS-165")
class WritesLongVatNumbers(ChangesOrders):
    """Writes vatNumber of billingInfo 101 characters long."""

    edit = stretched("billingInfo.vatNumber", 101)


@breaks("OS-165")
class WritesVatNumbersAsNumbers(ChangesOrders):
    """Writes vatNumber of billingInfo as a number in JSON."""

    edit = made("billingInfo.vatNumber", lambda number: int(number.lstrip("USJP-")))


@breaks("OS-166")
class LosesTheStreetOfThePayer(ChangesOrders):
    """Leaves line1 out of billingInfo."""

    edit = lost("billingInfo.line1")


@breaks("OS-167")
class WritesLongSecondLinesOfPayers(ChangesOrders):
    """Writes line2 of billingInfo 101 characters long."""

    edit = stretched("billingInfo.line2", 101)


@breaks("OS-168")
class WritesCountriesInFull(ChangesOrders):
    """Writes the name of the country for countryCode of billingInfo."""

    edit = is_now("billingInfo.countryCode", "Belgium")


@breaks("OS-168")
class LosesTheCountryOfThePayer(ChangesOrders):
    """Leaves countryCode out of billingInfo."""

    edit = lost("billingInfo.countryCode")


@breaks("OS-169")
class WritesLongStatesOfPayers(ChangesOrders):
    """Writes stateCode of billingInfo 101 characters long."""

    edit = stretched("billingInfo.stateCode", 101)


@breaks("OS-169")
class SendsNullForStatesOfPayers(ChangesOrders):
    """Sends stateCode of billingInfo null in JSON."""

    edit = null("billingInfo.stateCode")


@breaks("OS-170")
class CallsTheZipCodePostalCode(ChangesOrders):
    """Calls zipCode of billingInfo postalCode."""

    edit = renamed("billingInfo.zipCode", "postalCode")


@breaks("OS-171")
class WritesCitiesAsObjects(ChangesOrders):
    """Writes city of billingInfo as an object with a name."""

    edit = made("billingInfo.city", lambda name: {"name": name})


@breaks("OS-171")
class WritesLongCitiesOfPayers(ChangesOrders):
    """Writes city of billingInfo 101 characters long."""

    edit = stretched("billingInfo.city", 101)
