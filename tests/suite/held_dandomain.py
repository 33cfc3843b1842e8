"""What must notice some faults of DanDomain's sandbox, with which verdict, and which of its oddities keep company."""

from __future__ import annotations

from collections.abc import Mapping

from tests.suite import unseeded

NOTICED: Mapping[str | type, tuple[str, str]] = {
    "sells-hidden-products": ("DD-142", "fail"),
    "sells-products-of-other-sites": ("DD-143", "fail"),
    "accepts-quantity-zero": ("DD-146", "fail"),
    "takes-a-missing-quantity-for-one": ("DD-144", "fail"),
    "accepts-orders-without-lines": ("DD-136", "fail"),
    "accepts-any-shipping-country": ("DD-132", "fail"),
    "ignores-the-group-of-payment": ("DD-131", "fail"),
    unseeded.TakesTheFirstCurrency: ("DD-123", "fail"),
    "validates-the-first-line-only": ("DD-149", "fail"),
    "doubles-quantities": ("DD-163", "fail"),
    "starts-with-a-default-state": ("DD-173", "fail"),
    "starts-complete": ("DD-174", "fail"),
    "keeps-what-it-refuses": ("DD-151", "fail"),
    "hides-incomplete-orders": ("DD-208", "fail"),
    "lists-by-modification": ("DD-207", "fail"),
    "forgets-the-end": ("DD-210", "fail"),
    "needs-no-start": ("DD-203", "fail"),
    "finds-customers-by-their-beginning": ("DD-506", "fail"),
    "says-true-for-unknown-deletions": ("DD-404", "fail"),
    "only-says-it-deletes": ("DD-405", "fail"),
    "refuses-unknown-completions": ("DD-453", "fail"),
    "only-says-it-completes": ("DD-455", "fail"),
    "completes-with-a-comment": ("DD-458", "warn"),
    unseeded.FreezesCompleteOrders: ("DD-707", "fail"),
    "sets-the-comment-of-unknown-orders": ("DD-654", "fail"),
    unseeded.AcceptsAnyState: ("DD-710", "warn"),
    "refuses-the-last-state": ("DD-708", "fail"),
    "names-states-differently": ("DD-709", "warn"),
    "lists-a-state-twice": ("DD-606", "warn"),
    "decodes-comments-twice": ("DD-658", "fail"),
    "deletes-with-any-key": ("DD-401", "fail"),
    "takes-no-key": ("DD-021", "fail"),
    "deletes-with-update": ("DD-402", "fail"),
    "lists-states-without-permission": ("DD-602", "fail"),
    "creates-three-days-ago": ("DD-175", "warn"),
    "fails-on-odd-numbers": ("DD-002", "fail"),
    unseeded.AnswersTrueAsText: ("DD-450", "fail"),
}
STRANGERS: Mapping[str, tuple[str | type, ...]] = {
    # Each is legal, and so is their company: a stranger is odd in more than one way.
    "curt": (
        "answers-the-number-only", "refuses-in-html", "speaks-json-only",
        unseeded.WritesDatesInUtc, "wants-short-texts", "ends-at-midnight",
    ),
    "sparing": (
        "leaves-nulls-out", "says-false-to-the-unknown", "lists-the-newest-first",
        "lists-modifications-by-creation",
    ),
    "soft": (
        "refuses-with-success", "shows-an-empty-state", "completes-with-the-default-state",
        "adds-members",
    ),
    "eager": ("completes-with-a-state",),
}  # fmt: skip
