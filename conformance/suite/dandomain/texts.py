"""The two texts of an order that can be set: its comment and its track number."""

from __future__ import annotations

from dataclasses import dataclass

from conformance.checks import Answer
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.orders import Order, shown


@dataclass(frozen=True)
class Text:
    """One of the texts: how it is set, where it shows, and the requirements about it."""

    name: str
    members: tuple[str, ...]
    """Where it may show in an order: the documents do not say which member it is."""
    first: int
    """The number of its first requirement; the two texts have the same rows in the same order."""

    def id(self, offset: int) -> str:
        """The requirement so many rows after the first."""
        return f"DD-{self.first + offset}"

    def reading(self, about: str) -> str:
        """A reading about this text."""
        return f"dandomain-orders-{self.name}-{about}"

    def set(self, shop: Shop, order_id: str, text: str | None) -> Answer:
        """Sets it; None leaves the parameter out."""
        return (shop.set_comment if self.name == "comment" else shop.set_track_number)(order_id, text)

    def of(self, order: Order) -> list[str]:
        """What an order shows in the members in which it may stand."""
        return [order.says(member) for member in self.members]

    def shown_by(self, shop: Shop, order_id: str) -> tuple[Answer, list[str]]:
        """GetOrder's answer, and what it shows; nothing where it shows no order."""
        answer = shop.get(order_id)
        found = shown(answer)
        return answer, self.of(found[0]) if found else []


COMMENT = Text("comment", ("comment", "customerComment"), 650)
TRACK = Text("track", ("trackingNumber",), 750)
TEXTS = (COMMENT, TRACK)

LETTERS = ("blåbærgrød på Ærø", "Zażółć gęślą jaźń", "ελληνικά", "日本語の注文", "עברית", "🎁 gift 👩‍👩‍👧")
SPECIAL = (
    "a&b", "1+1=2", "100 %", "%41", "%2B", "a#b", "what?", "a/b", "x=y&comment=z", "two  blanks", "'single' \"double\"",
    "<b>bold</b>", "semi;colon", "back\\slash", "{curly} [square]", " at both ends ",
)  # fmt: skip
LONG = "0123456789" * 100
