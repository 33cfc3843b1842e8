"""Faults of the fields about products, promotions and delivery."""

from __future__ import annotations

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._members import (
    Details,
    digits,
    false_if_empty,
    lower,
    null_if_empty,
    serialized,
    truth,
)
from conformance.sandbox.members import listed


@breaks("MK-223")
class ListsProducts(Details):
    """The details show the products as a list."""

    change = "products", lambda products: [*products.values()] if products else []


@breaks("MK-223")
class NullsProducts(Details):
    """The details show null where there are no products."""

    change = "products", null_if_empty


@breaks("MK-223")
class CountsProducts(Details):
    """The details show how many products there are."""

    change = "products", len


@breaks("MK-224")
class ListsPromotionIds(Details):
    """The details show promotion_ids as a list."""

    change = "promotion_ids", lambda ids: ids.split(",") if ids else []


@breaks("MK-224")
class CountsASinglePromotion(Details):
    """The details show a single promotion id as a number."""

    change = "promotion_ids", digits


@breaks("MK-225")
class SerializesPromotions(Details):
    """The details show the promotions as PHP stores them: as text."""

    change = "promotions", serialized


@breaks("MK-225")
class WritesNoPromotionsAsFalse(Details):
    """The details show false where there are no promotions."""

    change = "promotions", false_if_empty


@breaks("MK-226")
class WritesNeedOfShippingAsLetter(Details):
    """The details show need_shipping as Y or N."""

    change = "need_shipping", lambda need: "Y" if need else "N"


@breaks("MK-226")
class WritesNeedOfShippingAsNumber(Details):
    """The details show need_shipping as 1 or 0."""

    change = "need_shipping", int


@breaks("MK-227")
class ListsShippingIds(Details):
    """The details show shipping_ids as a list."""

    change = "shipping_ids", lambda ids: ids.split(",") if ids else []


@breaks("MK-227")
class CountsShippingIds(Details):
    """The details show a single shipping id as a number."""

    change = "shipping_ids", digits


@breaks("MK-228")
class NamesShipping(Details):
    """The details show the name of the shipping method in place of the list."""

    change = "shipping", lambda methods: methods[0]["shipping"]


@breaks("MK-228")
class WritesWhetherThereIsShipping(Details):
    """The details show shipping as true."""

    change = "shipping", bool


@breaks("MK-229")
class NamesTheShippingMethod(Details):
    """The details show a word as shipping_id."""

    change = "shipping_id", lambda number: f"shipping-{number}"


@breaks("MK-229")
class ListsTheShippingMethod(Details):
    """The details show shipping_id as a list."""

    change = "shipping_id", listed


@breaks("MK-230")
class WritesNeedOfShipmentAsText(Details):
    """The details show need_shipment as a word."""

    change = "need_shipment", lambda need: "true" if need else "false"


@breaks("MK-230")
class NullsNeedOfShipment(Details):
    """The details show null where no shipment is needed."""

    change = "need_shipment", null_if_empty


@breaks("MK-231")
class CountsShipments(Details):
    """The details show how many shipments there are."""

    change = "shipment_ids", len


@breaks("MK-231")
class WrapsShipmentIds(Details):
    """The details show shipment_ids as an object."""

    change = "shipment_ids", lambda ids: {str(place): one for place, one in enumerate(ids)}


@breaks("MK-234")
class AnswersWhetherTaxExempt(Details):
    """The details show tax_exempt as true or false."""

    change = "tax_exempt", truth


@breaks("MK-234")
class WritesTaxExemptAsWord(Details):
    """The details show tax_exempt as a whole word."""

    change = "tax_exempt", lambda letter: "Yes" if letter == "Y" else "No"


@breaks("MK-234")
class WritesTaxExemptInSmallLetters(Details):
    """The details show tax_exempt as a small letter."""

    change = "tax_exempt", lower
