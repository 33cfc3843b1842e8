"""Faults in SetTrackNumber: track numbers that are lost, altered, or set on other orders."""

from __future__ import annotations

import re
import time
import unicodedata
from datetime import datetime

from sqlalchemy.orm import Session
from starlette.datastructures import QueryParams

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._operations import DigitRules, SpreadRules, TrueRules
from conformance.sandbox.dandomain.faults._texts import TrackRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.writing import Document, Value
from conformance.sandbox.faults import breaks


@breaks("DD-750")
class SaysFalseWhenItSetsATrackNumber(TrackRules):
    """SetTrackNumber sets the track number and returns false."""

    def answered(self, value: Value) -> Value:
        return False


@breaks("DD-750")
class WantsCompleteOrdersToTrack(TrackRules):
    """SetTrackNumber refuses an order that is incomplete."""

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        order = session.get(Order, order_id)
        if order and order.incomplete and self.column in effect:
            raise RefusedError(409, "OrderIsIncomplete")
        return super().change(session, order_id, effect)


@breaks("DD-753")
class SetsTheTrackNumberOfNoOrder(TrueRules):
    """SetTrackNumber returns true where no order id is given."""

    sets = Operation.SET_TRACK_NUMBER


@breaks("DD-754", "DD-411")
class SetsTheTrackNumberOfUnknownOrders(TrackRules):
    """SetTrackNumber returns true for an order that does not exist."""

    def updated(self, found: bool) -> bool:
        return super().updated(found or self.asks(Operation.SET_TRACK_NUMBER))


@breaks("DD-763", "DD-750")
class AnswersOneWhenItSetsATrackNumber(TrackRules):
    """SetTrackNumber answers 1 for true."""

    def answered(self, value: Value) -> Value:
        return 1 if value is True else value


@breaks("DD-763", "DD-750")
class AnswersTrackNumbersWithAList(TrackRules):
    """SetTrackNumber puts its true into a list."""

    def answered(self, value: Value) -> Value:
        return [value]


@breaks("DD-764")
class SetsTrackNumbersByTheDigitsOfAText(DigitRules):
    """SetTrackNumber takes the digits of a text for the number of an order."""

    misreads = Operation.SET_TRACK_NUMBER


# The track number that was set


@breaks("DD-756")
class OnlySaysItSetsTrackNumbers(Rules):
    """SetTrackNumber returns true and leaves the track number as it was."""

    def effect_of_track_number(self, track_number: str, now: datetime) -> Effect:
        return self.touched(now)


@breaks("DD-756")
class SometimesLosesATrackNumber(AskedRules):
    """SetTrackNumber returns true and leaves the track number as it was at every fourth time."""

    def effect_of_track_number(self, track_number: str, now: datetime) -> Effect:
        return self.touched(now) if self.is_turn() else super().effect_of_track_number(track_number, now)


@breaks("DD-756", "DD-012")
class ReadsAnotherParameter(Rules):
    """SetTrackNumber reads the parameter trackingNumber and takes tracknumber for a missing one."""

    def text(self, query: QueryParams, name: str) -> str:
        return super().text(query, "trackingNumber" if name == "tracknumber" else name)


@breaks("DD-756")
class ShowsTheTrackNumberAsComment(Rules):
    """An order shows its comment and its track number in each other's place."""

    def order_document(self, order: Order) -> Document:
        return {**super().order_document(order), "comment": order.tracking_number, "trackingNumber": order.comment}


@breaks("DD-756")
class KeepsTheDigitsOfTrackNumbers(TrackRules):
    """SetTrackNumber stores the digits of a track number only."""

    def stored(self, text: str) -> str:
        return "".join(filter(str.isdigit, text))


@breaks("DD-756")
class WritesTrackNumbersInCapitals(TrackRules):
    """SetTrackNumber stores a track number in capital letters."""

    def stored(self, text: str) -> str:
        return text.upper()


@breaks("DD-756", "DD-656")
class MixesUpTextsThatComeAtOnce(TrackRules):
    """SetTrackNumber stores the text that came last, whichever order it came for, where two come at once."""

    _last = ""

    def text(self, query: QueryParams, name: str) -> str:
        self._last = super().text(query, name)
        time.sleep(0.02)
        return self._last


@breaks("DD-757")
class KeepsAsciiOnly(TrackRules):
    """SetTrackNumber leaves out every letter that is not ASCII."""

    def stored(self, text: str) -> str:
        return text.encode("ascii", "ignore").decode()


@breaks("DD-757")
class FoldsLetters(TrackRules):
    """SetTrackNumber stores plain letters for accented ones."""

    def stored(self, text: str) -> str:
        return "".join(part for part in unicodedata.normalize("NFD", text) if not unicodedata.combining(part))


@breaks("DD-757")
class DropsJoiners(TrackRules):
    """SetTrackNumber leaves out the invisible characters that join emoji."""

    def stored(self, text: str) -> str:
        return text.replace("\u200d", "")


@breaks("DD-758")
class TrimsTrackNumbers(TrackRules):
    """SetTrackNumber drops blanks at both ends."""

    def stored(self, text: str) -> str:
        return text.strip()


@breaks("DD-758")
class StripsTags(TrackRules):
    """SetTrackNumber drops what stands between angle brackets."""

    def stored(self, text: str) -> str:
        return re.sub("<[^>]*>", "", text)


@breaks("DD-758")
class DoublesQuotes(TrackRules):
    """SetTrackNumber stores two single quotes for one."""

    def stored(self, text: str) -> str:
        return text.replace("'", "''")


@breaks("DD-758")
class CutsTrackNumbersAtAHash(TrackRules):
    """SetTrackNumber drops what stands behind a hash."""

    def stored(self, text: str) -> str:
        return text.partition("#")[0]


@breaks("DD-765")
class AppendsTrackNumbers(TrackRules):
    """SetTrackNumber appends a track number to the one before."""

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        order = session.get(Order, order_id)
        if order and order.tracking_number and effect.get(self.column):
            effect = {**effect, self.column: f"{order.tracking_number}, {effect[self.column]}"}
        return super().change(session, order_id, effect)


# What else it changes


@breaks("DD-762")
class CommentsByATrackNumber(Rules):
    """SetTrackNumber writes a comment."""

    def effect_of_track_number(self, track_number: str, now: datetime) -> Effect:
        return {**super().effect_of_track_number(track_number, now), "comment": "sent"}


@breaks("DD-762")
class SendsByATrackNumber(Rules):
    """SetTrackNumber puts the order into the state of those that were sent."""

    def effect_of_track_number(self, track_number: str, now: datetime) -> Effect:
        return {**super().effect_of_track_number(track_number, now), "state_id": 4}


@breaks("DD-766")
class TracksEveryOrderOfTheCustomer(SpreadRules):
    """SetTrackNumber sets the track number of all new orders of the customer."""

    column = "tracking_number"
