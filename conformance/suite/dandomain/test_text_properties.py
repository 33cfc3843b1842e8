"""SetOrderComment and SetTrackNumber: any text that can stand in a line comes back as it was sent."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from conformance.checks import Judge, Kept, verifies
from conformance.checks.outcome import kept_if
from conformance.suite.context import Context
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.orders import shown
from conformance.suite.dandomain.shopdata import ShopData
from conformance.suite.dandomain.texts import TEXTS
from conformance.suite.properties import for_all, written

# A track number of 40 characters fits anywhere.
_SCRIPTS = (
    (0x20, 0x7E), (0xA1, 0x17E), (0x391, 0x3C9), (0x410, 0x44F), (0x5D0, 0x5EA), (0x4E00, 0x4E40), (0x1F380, 0x1F3A0),
)  # fmt: skip
_WRITTEN = "".join(
    char for first, last in _SCRIPTS for char in map(chr, range(first, last + 1))
    if unicodedata.category(char)[0] in "LNPSZ" and unicodedata.is_normalized("NFC", char)
)  # fmt: skip


def lines() -> st.SearchStrategy[str]:
    """Texts of one line, without blanks at their ends."""
    return written(_WRITTEN, 40, shortest=1).map(str.strip).filter(bool)


@verifies(*(text.id(offset) for text in TEXTS for offset in (7, 8)))
def test_any_comment_and_any_track_number_come_back(
    shop: Shop, data: ShopData, context: Context, judge: Judge
) -> None:
    order = data.scratch()

    def example(**sent: str) -> None:
        answers = [text.set(shop, order.id, sent[text.name]).id for text in TEXTS]
        looked = shop.get(order.id)
        for text in TEXTS:
            seen = [value for row in shown(looked) for value in text.of(row)]
            requirement = text.id(8 if sent[text.name].isascii() else 7)
            came = " and ".join(filter(None, seen)) or "nothing"
            judge(kept_if(sent[text.name] in seen, requirement, where=f"$.{text.members[0]}", expected=sent[text.name],
                          actual=came, exchanges=(*answers, looked.id)))  # fmt: skip

    for_all(context, example, **{text.name: lines() for text in TEXTS})
    judge(Kept(text.id(offset)) for text in TEXTS for offset in (7, 8))  # every example held, of letters and of others
