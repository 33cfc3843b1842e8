"""Faults in SetOrderComment: comments that are lost, altered, or set on other orders."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from sqlalchemy.orm import Session
from starlette.responses import Response

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._operations import DigitRules, SpreadRules, TrueRules
from conformance.sandbox.dandomain.faults._texts import CommentRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import Rules
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.writing import Document, Value
from conformance.sandbox.faults import breaks


@breaks("DD-650")
class SaysFalseWhenItSetsAComment(CommentRules):
    """SetOrderComment sets the comment and returns false."""

    def answered(self, value: Value) -> Value:
        return False


@breaks("DD-653")
class SetsTheCommentOfNoOrder(TrueRules):
    """SetOrderComment returns true where no order id is given."""

    sets = Operation.SET_COMMENT


@breaks("DD-654", "DD-411")
class SetsTheCommentOfUnknownOrders(CommentRules):
    """SetOrderComment returns true for an order that does not exist."""

    def updated(self, found: bool) -> bool:
        return super().updated(found or self.asks(Operation.SET_COMMENT))


@breaks("DD-663", "DD-650")
class AnswersTheCommentThatItSet(CommentRules):
    """SetOrderComment answers the comment that it set."""

    def answered(self, value: Value) -> Value:
        return self.parameter(self.call.query, "comment")


@breaks("DD-663", "DD-650")
class AnswersCommentsWithNull(CommentRules):
    """SetOrderComment answers null."""

    def answered(self, value: Value) -> Value:
        return None


@breaks("DD-664")
class SetsCommentsByTheDigitsOfAText(DigitRules):
    """SetOrderComment takes the digits of a text for the number of an order."""

    misreads = Operation.SET_COMMENT


# The comment that was set


@breaks("DD-656")
class OnlySaysItSetsComments(Rules):
    """SetOrderComment returns true and leaves the comment as it was."""

    def effect_of_comment(self, comment: str, now: datetime) -> Effect:
        return self.touched(now)


@breaks("DD-656")
class SometimesLosesAComment(AskedRules):
    """SetOrderComment returns true and leaves the comment as it was at every fourth time."""

    def effect_of_comment(self, comment: str, now: datetime) -> Effect:
        return self.touched(now) if self.is_turn() else super().effect_of_comment(comment, now)


@breaks("DD-656")
class CutsCommentsAtTwentyCharacters(CommentRules):
    """SetOrderComment keeps the first 20 characters of a comment."""

    def stored(self, text: str) -> str:
        return text[:20]


@breaks("DD-656")
class CallsTheCommentReferenceNumber(Rules):
    """An order shows the comment that was set as its referenceNumber."""

    def order_document(self, order: Order) -> Document:
        return {**super().order_document(order), "comment": "", "referenceNumber": order.comment}


@breaks("DD-707", "DD-656", "DD-756", "DD-455")
class ShowsChangesAtTheSecondLook(AskedRules):
    """GetOrder shows an order as it was the last time, and its changes only when it is asked again."""

    def respond(self, operation: Operation, value: Any, media_type: str) -> Response:
        if operation is Operation.GET:
            before: dict[int, Any] = self.__dict__.setdefault("before", {})
            last, before[value["id"]] = before.get(value["id"], value), value
            value = last
        return super().respond(operation, value, media_type)


@breaks("DD-656", "DD-221")
class ListsCommentsLate(AskedRules):
    """The lists show the comments that orders had when they were listed for the first time."""

    def orders_document(self, orders: Sequence[Order]) -> Any:
        first: dict[int, str] = self.__dict__.setdefault("first", {})
        return [{**self.order_document(order), "comment": first.setdefault(order.id, order.comment)} for order in orders]


@breaks("DD-657")
class KeepsLatinLettersOnly(CommentRules):
    """SetOrderComment stores ? for every letter beyond Latin-1."""

    def stored(self, text: str) -> str:
        return text.encode("latin-1", "replace").decode("latin-1")


@breaks("DD-657")
class ReadsUtf8AsLatin1(CommentRules):
    """SetOrderComment reads the bytes of UTF-8 as Latin-1."""

    def stored(self, text: str) -> str:
        return text.encode().decode("latin-1")


@breaks("DD-657")
class DropsEmoji(CommentRules):
    """SetOrderComment leaves out characters beyond the first 65,536."""

    def stored(self, text: str) -> str:
        return "".join(letter for letter in text if ord(letter) < 0x10000)


@breaks("DD-657")
class TakesAccentsOff(CommentRules):
    """SetOrderComment stores letters apart from their accents."""

    def stored(self, text: str) -> str:
        return unicodedata.normalize("NFD", text)


@breaks("DD-658")
class DecodesCommentsTwice(CommentRules):
    """SetOrderComment decodes a comment that is decoded already."""

    def stored(self, text: str) -> str:
        return unquote(text)


@breaks("DD-658")
class TakesPlusForBlank(CommentRules):
    """SetOrderComment stores a blank for every plus sign."""

    def stored(self, text: str) -> str:
        return text.replace("+", " ")


@breaks("DD-658")
class EscapesComments(CommentRules):
    """SetOrderComment stores a comment escaped for HTML."""

    def stored(self, text: str) -> str:
        return html.escape(text)


@breaks("DD-658")
class CutsCommentsAtAnAmpersand(CommentRules):
    """SetOrderComment drops what stands behind an ampersand."""

    def stored(self, text: str) -> str:
        return text.partition("&")[0]


@breaks("DD-658")
class JoinsBlanks(CommentRules):
    """SetOrderComment stores one blank for several."""

    def stored(self, text: str) -> str:
        return re.sub(" +", " ", text)


@breaks("DD-665")
class AppendsComments(CommentRules):
    """SetOrderComment appends a comment to the one before."""

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        order = session.get(Order, order_id)
        if order and order.comment and effect.get("comment"):
            effect = {**effect, "comment": f"{order.comment}\n{effect['comment']}"}
        return super().change(session, order_id, effect)


@breaks("DD-665", "DD-656")
class KeepsTheFirstComment(CommentRules):
    """SetOrderComment returns true and keeps the comment of an order that has one."""

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        order = session.get(Order, order_id)
        if order and order.comment and effect.get("comment"):
            effect = self.touched(self.call.now)
        return super().change(session, order_id, effect)


# What else it changes


@breaks("DD-662")
class CompletesByAComment(Rules):
    """SetOrderComment completes the order."""

    def effect_of_comment(self, comment: str, now: datetime) -> Effect:
        return {**super().effect_of_comment(comment, now), "incomplete": False}


@breaks("DD-662")
class ClearsTheTrackNumberByAComment(Rules):
    """SetOrderComment clears the track number."""

    def effect_of_comment(self, comment: str, now: datetime) -> Effect:
        return {**super().effect_of_comment(comment, now), "tracking_number": ""}


@breaks("DD-666")
class CommentsOnEveryOrderOfTheCustomer(SpreadRules):
    """SetOrderComment sets the comment of all new orders of the customer."""

    column = "comment"
