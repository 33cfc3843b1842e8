"""What must notice some faults of i.materialise's sandbox, with which verdict, and which of its oddities keep company."""

from __future__ import annotations

from collections.abc import Mapping

from tests.suite import unseeded

NOTICED: Mapping[str | type, tuple[str, str]] = {
    "reads-the-month-first": ("OS-053", "fail"),
    "excludes-the-last-day": ("OS-056", "warn"),
    "looks-back-five-months": ("OS-054", "fail"),
    "looks-back-forever": ("OS-054", "fail"),
    "stops-yesterday": ("OS-055", "fail"),
    unseeded.IgnoresTheStatus: ("OS-036", "fail"),
    "honours-the-first-status": ("OS-038", "fail"),
    "accepts-reversed-ranges": ("OS-106", "fail"),
    "shows-foreign-orders-everywhere": ("OS-019", "fail"),
    "answers-the-first-number": ("OS-022", "warn"),
    "says-given-for-requested": ("OS-108", "fail"),
    "names-the-status-with-spaces": ("OS-115", "fail"),
    "tracks-too-early": ("OS-203", "fail"),
    "does-not-divide-by-the-quantity": ("OS-207", "fail"),
    "writes-the-name-before-the-code": ("OS-010", "fail"),
    "labels-xml-as-html": ("OS-009", "fail"),
    "takes-any-guid-for-orders": ("OS-013", "fail"),
    "allows-eleven-carts": ("CS-102", "fail"),
    "lowers-malformed-cart-ids": ("CS-050", "fail"),
    "shows-orders-of-pending-carts": ("CS-044", "fail"),
    "sorts-carts": ("CS-034", "warn"),
    "cancels-nothing-in-processing": ("OC-041", "fail"),
    unseeded.RefusesWith507Instead: ("OC-508", "fail"),
    "only-says-it-cancels": ("OC-046", "fail"),
    "cancels-twice": ("OC-048", "fail"),
    "hides-the-number-of-refused-orders": ("OC-052", "warn"),
    "says-unknown-for-missing": ("OC-503", "fail"),
    "crashes-on-odd-dates": ("OS-017", "fail"),
    unseeded.ForgetsTheCurrency: ("OS-129", "fail"),
    "rounds-totals-in-xml": ("OS-008", "fail"),
}
STRANGERS: Mapping[str, tuple[str | type, ...]] = {
    # Each is legal, and so is their company: a stranger is odd in more than one way.
    "by-get": (
        "only-get", "json-by-default", "other-xml", "odd-headers", "refuses-ten-carts",
    ),
    "by-post": (
        "only-post", "errors-by-http", "other-json", "merges-repeated-carts",
        "leaves-optionals-out",
    ),
    "literal": (
        "shows-optionals-empty", "canonical-media-types", "refuses-one-day", "reads-members-as-spelt",
    ),
    "strict": ("warns-in-request-error", "writes-long-fractions", "holds-orders-back"),
}  # fmt: skip
