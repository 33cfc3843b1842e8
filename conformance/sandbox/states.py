"""Provider states, as in Pact: `POST {"state": ..., "params": {...}, "action": "setup"|"teardown"}`.

`/_states/<vendor>` offers the states of one vendor, `/_states` those of all. It answers the ids that a setup
made, and 400 with the states there are for anything it cannot do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from conformance.sandbox.calls import Call, route
from conformance.sandbox.documents import UnreadableError, from_json
from conformance.sandbox.store import Store
from conformance.sandbox.vendor import Clock, State, StateError

States = Mapping[str, Sequence[State]]


def state_routes(store: Store, states: States, clock: Clock) -> list[Route]:
    """`/_states` for all vendors and `/_states/<vendor>` for each."""
    each = [route(f"/_states/{name}", _endpoint(store, {name: own}), clock) for name, own in states.items()]
    return [route("/_states", _endpoint(store, states), clock), *each]


@dataclass(frozen=True)
class _Wish:
    """What a request asks for."""

    state: State
    action: str
    params: Mapping[str, object]


def _endpoint(store: Store, states: States) -> Callable[[Call], Response]:
    def answer(call: Call) -> Response:
        if call.method != "POST":
            return Response("Method Not Allowed", 405, {"Allow": "POST"})
        try:
            return JSONResponse(_perform(store, _wish(call.body, states), call))
        except (UnreadableError, StateError) as error:
            return JSONResponse({"error": str(error), "states": _described(states)}, 400)

    return answer


def _perform(store: Store, wish: _Wish, call: Call) -> dict[str, str]:
    with store.session() as session:
        if wish.action == "setup":
            return wish.state.setup(session, wish.state.checked(wish.params), call.now)
        wish.state.teardown(session, wish.state.named(wish.params))
        return {}


def _wish(body: bytes, states: States) -> _Wish:
    content = from_json(body)
    if not isinstance(content, dict):
        raise StateError('the body must be {"state": ..., "params": {...}, "action": "setup" or "teardown"}')
    params = content.get("params") or {}
    if not isinstance(params, dict):
        raise StateError("params must be an object")
    action = content.get("action", "setup")
    if action not in ("setup", "teardown"):
        raise StateError(f"action must be setup or teardown, not {action!r}")
    return _Wish(_named(content.get("state"), params.get("vendor"), states), action, params)


def _named(name: object, vendor: object, states: States) -> State:
    found = [
        state for key, own in states.items() if vendor in (None, key) for state in own if state.name == name
    ]
    if not found:
        raise StateError(f"there is no state {name!r}")
    if len(found) > 1:
        raise StateError(f'several vendors have a state {name!r}: name one in params as "vendor"')
    return found[0]


def _described(states: States) -> dict[str, dict[str, dict[str, list[str | bool]]]]:
    return {
        vendor: {
            state.name: {name: list(choice.values) for name, choice in state.params.items()} for state in own
        }
        for vendor, own in states.items()
    }
