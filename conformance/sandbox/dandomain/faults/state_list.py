"""Faults in GetOrderStates."""

from __future__ import annotations

from typing import Any

from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.shop import STATES, OrderState
from conformance.sandbox.dandomain.writing import Document, Value
from conformance.sandbox.faults import InTurns, breaks
from conformance.sandbox.members import changed, renamed, without

FIRST, LAST = min(STATES), max(STATES)


# The list


@breaks("DD-600", "DD-603")
class AnswersNullForTheStates(Rules):
    """GetOrderStates answers null."""

    def states_document(self) -> Value:
        return None


@breaks("DD-600", "DD-001", "DD-012")
class RefusesToListStates(Rules):
    """GetOrderStates answers 404."""

    def states_document(self) -> Value:
        raise RefusedError(404, "OrderStatesNotFound")


@breaks("DD-603", "DD-600", "DD-013")
class ListsStatesInAnEnvelope(Rules):
    """GetOrderStates puts its list into an object."""

    def states_document(self) -> Value:
        return {"orderStates": super().states_document()}


@breaks("DD-603", "DD-600", "DD-013", "DD-605")
class ListsStatesByName(Rules):
    """GetOrderStates answers an object of states by name where it owes a list."""

    def states_document(self) -> Value:
        return {state.name: self.state_document(state) for state in STATES.values()}


@breaks("DD-604")
class ListsTheOrdinaryStatesOnly(Rules):
    """GetOrderStates leaves out the states that are not counted in statistics."""

    def states_document(self) -> Value:
        return [self.state_document(state) for state in STATES.values() if not state.excluded_from_statistics]


@breaks("DD-604")
class ListsNewStatesOnly(Rules):
    """GetOrderStates lists the default state only."""

    def states_document(self) -> Value:
        return [self.state_document(state) for state in STATES.values() if state.is_default]


@breaks("DD-605", "DD-708")
class ListsStatesWithoutId(Rules):
    """GetOrderStates lists states that lack their id."""

    def states_document(self) -> Value:
        return [without(self.state_document(state), "id") for state in STATES.values()]


@breaks("DD-605")
class ListsIdsOfStatesAsText(Rules):
    """GetOrderStates lists ids that are texts."""

    def states_document(self) -> Value:
        return [changed(self.state_document(state), "id", str) for state in STATES.values()]


@breaks("DD-605", "DD-708")
class CallsTheIdOrderStateId(Rules):
    """GetOrderStates names the id of a state orderStateId."""

    def states_document(self) -> Value:
        return [renamed(self.state_document(state), "id", "orderStateId") for state in STATES.values()]


@breaks("DD-606")
class ListsAStateTwice(Rules):
    """GetOrderStates repeats the first state at the end."""

    def states_document(self) -> Value:
        return [self.state_document(state) for state in (*STATES.values(), STATES[FIRST])]


@breaks("DD-606")
class GivesTwoStatesOneId(Rules):
    """GetOrderStates lists the last state with the id of the first."""

    def states_document(self) -> Value:
        return [{**self.state_document(state), "id": FIRST if state.id == LAST else state.id} for state in STATES.values()]


@breaks("DD-607")
class ListsDefaultsAsNumber(Rules):
    """The isDefault of an order state is 0 or 1."""

    def state_document(self, state: OrderState) -> Document:
        return changed(super().state_document(state), "isDefault", int)


@breaks("DD-607")
class ListsStatesWithoutName(Rules):
    """The name of a listed order state is null."""

    def states_document(self) -> Value:
        return [{**self.state_document(state), "name": None} for state in STATES.values()]


@breaks("DD-607")
class ListsStatisticsAsText(Rules):
    """The exclStatistics of an order state is a text."""

    def state_document(self, state: OrderState) -> Document:
        return changed(super().state_document(state), "exclStatistics", str)


@breaks("DD-608")
class ListsStatesInTurns(InTurns, Rules):
    """GetOrderStates leaves out the last state at every second time."""

    period = 2

    def states_document(self) -> Any:
        rows: Any = super().states_document()
        return rows[:-1] if self.is_turn() else rows


@breaks("DD-608")
class MovesTheDefaultByReading(Rules):
    """GetOrderStates makes another state the default whenever it is asked."""

    _asked = 0

    def states_document(self) -> Value:
        self._asked += 1
        rows: Any = super().states_document()
        return [{**row, "isDefault": place == self._asked % len(rows)} for place, row in enumerate(rows)]
