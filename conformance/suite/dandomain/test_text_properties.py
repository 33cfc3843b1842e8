"""SetOrderComment and SetTrackNumber: any text that can stand in a line comes back as it was sent."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import strategies as st

from conformance.checks import Judge, Kept, verifies
from conformance.suite.context import Context
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.shopdata import ShopData
from conformance.suite.dandomain.test_text_scenarios import kept_as_sent
from conformance.suite.dandomain.texts import TEXTS, Text
from conformance.suite.properties import for_all

# Letters, digits, marks, punctuation, symbols and the blank. A track number of 40 characters fits anywhere.
_WRITTEN = st.characters(categories=("L", "N", "P", "S"), include_characters=" ")


def lines() -> st.SearchStrategy[str]:
    """Texts of one line, without blanks at their ends, of characters that have one form only."""
    texts = st.text(_WRITTEN, min_size=1, max_size=40).map(str.strip).filter(bool)
    return texts.filter(lambda text: unicodedata.is_normalized("NFC", text))


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=text.name, marks=verifies(text.id(7), text.id(8))) for text in TEXTS]
)
def test_any_text_comes_back(shop: Shop, data: ShopData, context: Context, judge: Judge, text: Text) -> None:
    order = data.scratch()

    def example(sent: str) -> None:
        judge(kept_as_sent(shop, order, text, sent, text.id(7)))

    for_all(context, example, sent=lines())
    judge(Kept(text.id(7)), Kept(text.id(8)))  # every example held, of letters and of others
