"""Cart Status: any mixture of known, unknown and malformed carts is answered entry by entry as each would be alone."""

from __future__ import annotations

from hypothesis import strategies as st

from conformance.checks import Judge, Kept, refused_with, verifies
from conformance.checks.compare import differences
from conformance.checks.outcome import kept_if
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.imaterialise.carts import NOT_FOUND, answered_in_order, entries, entry_of, request
from conformance.suite.imaterialise.clients import Posting
from conformance.suite.imaterialise.common import any_carts, offered, strangers
from conformance.suite.properties import for_all

MALFORMED = ("NOT-A-GUID", "0", "ABCDEF01-2345-6789-ABCD-EF012345678", "Ünïcode & <tags>")


@verifies("CS-033", "CS-034", "CS-050", "CS-101")
def test_any_mixture_of_carts_is_answered_entry_by_entry(carts: Posting, context: Context, judge: Judge) -> None:
    good, bad = any_carts(context), [*strangers(context, 4), *MALFORMED]
    alone = {cart: entry_of(carts.ask(request(cart)), cart)[1] for cart in good}

    def each_on_its_own(asked: list[str], form: Format) -> None:
        answer = carts.ask(request(*asked), form)
        judge(answered_in_order(answer, asked))
        schema = answer.operation.answer.schema["properties"]["carts"]["items"]
        for cart in asked:
            index, entry = entry_of(answer, cart)
            if cart in bad:
                judge(refused_with(answer, NOT_FOUND, "CS-101", at=("carts", index)))
            else:
                changed = [str(difference.path[-1]) for difference in differences(alone[cart], entry, schema)]
                judge(kept_if(not changed, "CS-047", where=answer.where("carts", index), exchanges=(answer.id,),
                              expected="the entry that the cart has when asked for alone",
                              actual=f"another {', '.join(changed)}"))  # fmt: skip
            if cart in MALFORMED:
                shown = str(entries(answer)[index].get("cartID"))
                judge(kept_if(shown == cart, "CS-050", where=answer.where("carts", index, "cartID"), expected=cart,
                              actual=shown, exchanges=(answer.id,)))  # fmt: skip

    mixtures = st.lists(st.sampled_from([*good, *bad]), min_size=1, max_size=9, unique=True)
    for_all(context, each_on_its_own, asked=mixtures, form=offered(context))
    # Every example held, whichever of them it was about.
    judge([Kept(id_) for id_ in ("CS-033", "CS-034", "CS-050", "CS-101")])
    if good:
        judge(Kept("CS-047"))
