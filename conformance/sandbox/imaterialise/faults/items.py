"""Faults of the members of an item of an order."""

from __future__ import annotations

from decimal import Decimal

from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._members import ChangesOrders, is_now, lost, made, null, renamed, stretched

# What it is


@breaks("OS-180")
class SpellsCartItemIdSmall(ChangesOrders):
    """Calls cartItemID cartItemId, as the table does."""

    edit = renamed("orderItems.cartItemID", "cartItemId")


@breaks("OS-180")
class CutsCartItemIds(ChangesOrders):
    """Writes cartItemID without its last digit."""

    edit = made("orderItems.cartItemID", lambda guid: guid[:-1])


@breaks("OS-181")
class WritesLongReferences(ChangesOrders):
    """Writes cartItemReference 101 characters long."""

    edit = stretched("orderItems.cartItemReference", 101)


@breaks("OS-181")
class LosesTheReference(ChangesOrders):
    """Leaves cartItemReference out."""

    edit = lost("orderItems.cartItemReference")


@breaks("OS-182")
class SendsNullForTools(ChangesOrders):
    """Sends toolID null in JSON."""

    edit = null("orderItems.toolID")


@breaks("OS-182")
class CountsTools(ChangesOrders):
    """Writes toolID as a number in JSON."""

    edit = is_now("orderItems.toolID", 17)


@breaks("OS-183")
class NamesModelsByTheirFile(ChangesOrders):
    """Writes modelID as the name of a file."""

    edit = made("orderItems.modelID", lambda guid: f"{guid}.stl")


@breaks("OS-184")
class CallsTheItemNameName(ChangesOrders):
    """Calls orderItemName name."""

    edit = renamed("orderItems.orderItemName", "name")


@breaks("OS-184")
class SendsNullForItemNames(ChangesOrders):
    """Sends orderItemName null in JSON."""

    edit = null("orderItems.orderItemName")


@breaks("OS-185")
class WritesPreviewsAsObjects(ChangesOrders):
    """Writes previewPictureUrl as an object with a href."""

    edit = made("orderItems.previewPictureUrl", lambda link: {"href": link})


@breaks("OS-186")
class LosesTheMaterialId(ChangesOrders):
    """Leaves materialID out."""

    edit = lost("orderItems.materialID")


@breaks("OS-186")
class BracesMaterialIds(ChangesOrders):
    """Writes materialID in braces."""

    edit = made("orderItems.materialID", lambda guid: f"{{{guid}}}")


@breaks("OS-187")
class WritesMaterialsAsObjects(ChangesOrders):
    """Writes materialName as an object with a text."""

    edit = made("orderItems.materialName", lambda name: {"text": name})


@breaks("OS-187")
class CallsTheMaterialNameMaterial(ChangesOrders):
    """Calls materialName material."""

    edit = renamed("orderItems.materialName", "material")


@breaks("OS-188")
class SpellsFinishIdSmall(ChangesOrders):
    """Calls finishID finishId."""

    edit = renamed("orderItems.finishID", "finishId")


@breaks("OS-188")
class EmptiesFinishIds(ChangesOrders):
    """Writes finishID as an empty text."""

    edit = is_now("orderItems.finishID", "")


@breaks("OS-189")
class LosesTheFinishName(ChangesOrders):
    """Leaves finishName out."""

    edit = lost("orderItems.finishName")


# How large, how many, how much


@breaks("OS-190")
class WritesDimensionsAsText(ChangesOrders):
    """Writes xDimMm as a text in JSON."""

    edit = made("orderItems.xDimMm", str)


@breaks("OS-190")
class CallsMillimetresX(ChangesOrders):
    """Calls xDimMm x."""

    edit = renamed("orderItems.xDimMm", "x")


@breaks("OS-191")
class WritesDimensionsWithUnits(ChangesOrders):
    """Writes mm behind yDimMm."""

    edit = made("orderItems.yDimMm", lambda size: f"{size:.1f} mm")


@breaks("OS-192")
class WritesDimensionsWithAComma(ChangesOrders):
    """Writes zDimMm with a comma for the point."""

    edit = made("orderItems.zDimMm", lambda size: f"{size:.1f}".replace(".", ","))


@breaks("OS-192")
class LosesTheHeight(ChangesOrders):
    """Leaves zDimMm out."""

    edit = lost("orderItems.zDimMm")


@breaks("OS-193")
class SendsNullForVolumes(ChangesOrders):
    """Sends volumeCm3 null in JSON."""

    edit = null("orderItems.volumeCm3")


@breaks("OS-193")
class CallsTheVolumeVolume(ChangesOrders):
    """Calls volumeCm3 volume."""

    edit = renamed("orderItems.volumeCm3", "volume")


@breaks("OS-194")
class LosesTheSurface(ChangesOrders):
    """Leaves surfaceCm2 out."""

    edit = lost("orderItems.surfaceCm2")


@breaks("OS-194")
class WritesSurfacesAsText(ChangesOrders):
    """Writes surfaceCm2 as a text in JSON."""

    edit = made("orderItems.surfaceCm2", str)


@breaks("OS-195")
class WritesQuantitiesAsDecimals(ChangesOrders):
    """Writes quantity with a fraction."""

    edit = made("orderItems.quantity", lambda count: count + Decimal("0.5"))


@breaks("OS-195")
class CountsPiecesFromZero(ChangesOrders):
    """Writes quantity one too low."""

    edit = made("orderItems.quantity", lambda count: count - 1)


@breaks("OS-195")
class WritesQuantitiesAsText(ChangesOrders):
    """Writes quantity as a text in JSON."""

    edit = made("orderItems.quantity", str)


@breaks("OS-196")
class CallsThePricePrice(ChangesOrders):
    """Calls orderItemPrice price."""

    edit = renamed("orderItems.orderItemPrice", "price")


@breaks("OS-196")
class WritesPricesWithCurrency(ChangesOrders):
    """Writes EUR before orderItemPrice."""

    edit = made("orderItems.orderItemPrice", lambda price: f"EUR {price}")


@breaks("OS-197")
class LosesTheUnitPrice(ChangesOrders):
    """Leaves orderItemUnitPrice out."""

    edit = lost("orderItems.orderItemUnitPrice")


@breaks("OS-197")
class WritesUnitPricesAsText(ChangesOrders):
    """Writes orderItemUnitPrice as a text in JSON."""

    edit = made("orderItems.orderItemUnitPrice", str)
