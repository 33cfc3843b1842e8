"""What must notice some faults of Ich hab ne Macke's sandbox, with which verdict, and which of its oddities keep company."""

from __future__ import annotations

from collections.abc import Mapping

from tests.suite import unseeded

NOTICED: Mapping[str | type, tuple[str, str]] = {
    "shows-twenty-by-default": ("MK-042", "fail"),
    "skips-an-order-between-pages": ("MK-041", "fail"),
    "counts-pages-from-zero": ("MK-041", "fail"),
    "forgets-the-last-page": ("MK-045", "fail"),
    "shows-the-oldest-first": ("MK-056", "fail"),
    "ignores-ascending": ("MK-058", "fail"),
    "sorts-by-number-by-default": ("MK-055", "fail"),
    "takes-backordered-for-open": ("MK-075", "fail"),
    "lists-the-hidden-status": ("MK-082", "warn"),
    "ignores-the-customer": ("MK-090", "fail"),
    "forgets-the-customer-beside-a-status": ("MK-107", "fail"),
    "compares-the-domain-only": ("MK-094", "fail"),
    "takes-the-invoice-for-the-order": ("MK-097", "fail"),
    "begins-when-placed": ("MK-099", "fail"),
    "ends-forty-days-late": ("MK-100", "fail"),
    "counts-the-hidden-too": ("MK-034", "warn"),
    "lists-round-totals": ("MK-037", "warn"),
    "shows-foreign-details": ("MK-023", "warn"),
    "counts-milliseconds": ("MK-266", "fail"),
    "writes-totals-with-comma": ("MK-211", "warn"),
    "says-unknown-with-bad-request": ("MK-122", "fail"),
    "only-says-it-sets-the-status": ("MK-303", "fail"),
    "takes-the-reference-away": ("MK-306", "warn"),
    "changes-every-order": ("MK-307", "warn"),
    "notifies-by-text-only": ("MK-310", "warn"),
    "ignores-broken-bodies": ("MK-321", "fail"),
    "answers-with-the-example": ("MK-302", "fail"),
    "takes-the-first-of-an-array": ("MK-345", "fail"),
    "keeps-references-in-small-letters": ("MK-342", "fail"),
    "cuts-searches-at-an-ampersand": ("MK-352", "fail"),
    "writes-question-marks": ("MK-353", "warn"),
    "finds-everything": ("MK-375", "fail"),
    "says-nothing-is-an-empty-list": ("MK-378", "fail"),
    "says-nothing-at-all": ("MK-379", "fail"),
    "finds-short-rows": ("MK-374", "warn"),
    "takes-any-key": ("MK-014", "warn"),
    "crashes-on-odd-pages": ("MK-002", "fail"),
    unseeded.ChangesPagesUnderway: ("MK-044", "fail"),
}
STRANGERS: Mapping[str, tuple[str | type, ...]] = {
    # Each is legal, and so is their company: a stranger is odd in more than one way.
    "literal": (
        "keeps-to-the-table", "sends-bare-lists", "compares-whole-addresses", "shows-the-table-only",
        "ignores-structures",
    ),
    "sparing": ("lists-three-members", "sends-forty-at-most", "gives-a-reference-once"),
    "lax": (
        "lists-all-details", "ignores-unknown-orders", "sets-any-letter", "finds-parts",
        "turns-ties-around",
    ),
    "strict": (
        "refuses-odd-pages", "leaves-the-bounds-out", "keeps-final-statuses", "takes-short-references",
        unseeded.OtherErrors,
    ),
}  # fmt: skip
