"""Opens a run: finds the targets, checks that they fit the contract, and puts the recorder in front of them."""

from __future__ import annotations

import itertools
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from conformance.checks import Judge
from conformance.contract import Contract, apis, load, vendors
from conformance.contract.digests import clause_digests, operation_digests
from conformance.run.past import Past
from conformance.run.runfile import VERSION, RunFile, RunFileError
from conformance.run.settings import EMBEDDED, Settings
from conformance.run.version import drawing_libraries, suite_identity
from conformance.sandbox.spawn import spawned, target_fields
from conformance.suite.context import PROFILES, Context
from conformance.target import Target, TargetError, TestData, bare_url, from_fields, from_file
from conformance.wire import Exchange, Guard, Recorder, Redactor, Refused, open_session
from conformance.wire.exchange import PROVIDER_STATE
from conformance.wire.guard import SAFE_METHODS
from conformance.wire.pace import Pace
from conformance.wire.recorder import OPERATION_HEADER
from conformance.wire.replay import Replay


def open_contexts(
    settings: Settings, runfile: RunFile, stack: ExitStack, past: Past | None = None
) -> dict[str, Context]:
    """A context for each vendor that is judged, ready to send; `stack` closes what was opened.

    Args:
        settings: the wishes of the run.
        runfile: gets the header, and later every exchange.
        stack: closes what was opened.
        past: the run that is judged again: its targets are judged, and its exchanges are the answers.

    Raises:
        TargetError: the target, an API id or a pinned reading cannot be used.
        RunFileError: the run file that is judged again cannot be read.
    """
    try:
        targets = past.targets() if past else list(_targets(settings, stack))
        chosen = _chosen(settings.apis, targets)
        targets = [target for target in targets if any(api in chosen for api in _of_vendor(target))]
        contracts = {api: load(api) for target in targets for api in _of_vendor(target)}
        for target in targets:
            _check_pins(target, contracts)
        guards = {target.vendor.id: _guard(settings, target, contracts.values()) for target in targets}
        if past is not None:
            past.index(lambda method, url: any(guard.changes_nothing(method, url) for guard in guards.values()))
            stack.callback(past.exchanges.close)
    except BaseException as error:
        # Whatever ends it here, Ctrl-C included: a run file without a header is none, and nobody could read why.
        runfile.write(_header(settings, (), (), {}))
        if isinstance(error, RunFileError | TargetError):
            runfile.write({"kind": "trouble", "text": str(error)})
        raise
    runfile.write(_header(settings, targets, chosen, contracts, past))
    counter = itertools.count(1)
    recorder = _recorder(runfile, lambda: f"x{next(counter):05d}", past)
    return {
        target.vendor.id: _context(settings, target, chosen, contracts, recorder(target, guards[target.vendor.id]), stack)
        for target in targets
    }


def _targets(settings: Settings, stack: ExitStack) -> Iterator[Target]:
    if not settings.target:
        url = settings.sandbox_url or stack.enter_context(spawned())
        for vendor in vendors():
            yield from_fields({**target_fields(vendor), "base_url": url}, origin=f"{EMBEDDED} ({vendor})")
    elif "://" in settings.target:
        yield bare_url(settings.target, settings.apis)
    else:
        yield from_file(Path(settings.target))


def _of_vendor(target: Target) -> list[str]:
    return [f"{target.vendor.id}/{name}" for name in target.vendor.apis]


def _chosen(wanted: Sequence[str], targets: Sequence[Target]) -> tuple[str, ...]:
    """The APIs to judge: those asked for, all of a vendor where only his name is given, else all of the targets."""
    offered = [api for target in targets for api in target.apis]
    if not wanted:
        return tuple(offered)
    found: list[str] = []
    for name in wanted:
        matching = [api for api in offered if name in (api, api.partition("/")[0], api.partition("/")[2])]
        if not matching:
            known = ", ".join(offered if name in apis() else apis())
            raise TargetError("--api", name, f"no such API here; there are {known}")
        found += [api for api in matching if api not in found]
    return tuple(found)


def _check_pins(target: Target, contracts: Mapping[str, Contract]) -> None:
    readings = {id_: row for contract in contracts.values() for id_, row in contract.readings.items()}
    for reading, option in target.readings.items():
        if reading not in readings:
            raise TargetError(target.origin, f"readings.{reading}", "no contract has this reading")
        known = readings[reading].options
        if option not in known and not readings[reading].free:
            raise TargetError(target.origin, f"readings.{reading}", f"{option!r} is none of {', '.join(known)}")


def _header(
    settings: Settings, targets: Sequence[Target], chosen: Sequence[str], contracts: Mapping[str, Contract],
    past: Past | None = None,
) -> dict[str, Any]:  # fmt: skip
    header = {
        "kind": "header",
        "version": VERSION,
        "suite": suite_identity(),
        "python": platform.python_version(),
        "libraries": drawing_libraries(),
        "clock": settings.clock.isoformat(),
        "local_date": settings.local_date.isoformat() if settings.local_date else None,
        "seed": settings.seed,
        "profile": settings.profile,
        "read_only": settings.read_only,
        "allow_incomplete": settings.allow_incomplete,
        "apis": list(chosen),
        "selected": list(settings.requirements),
        "contracts": {api: contract.digest for api, contract in contracts.items()},
        "clauses": clause_digests(contracts.values()),
        "operations": operation_digests(contracts.values()),
        "targets": [_described(target) for target in targets],
    }
    return {**header, "judged": past.described()} if past else header


def _described(target: Target) -> dict[str, Any]:
    """What a target is, without any secret: also not one that stands among the test data again."""
    redactor = Redactor(target.credentials)

    def clean(value: Any) -> Any:
        match value:
            case str():
                return redactor.text(value)
            case Mapping():
                return {name: clean(inner) for name, inner in value.items()}
            case list() | tuple():
                return [clean(inner) for inner in value]
        return value

    described = target.described()
    return {**described, **{name: clean(described[name]) for name in ("name", "origin", "base_url", "states", "data")}}


def _recorder(runfile: RunFile, name: Callable[[], str], past: Past | None) -> Callable[[Target, Guard], Recorder]:
    """Makes what stands between the suite and a target: a recorder, or its twin that answers from evidence."""

    def write(exchange: Exchange) -> None:
        runfile.write(exchange.to_json())

    def recorder(target: Target, guard: Guard) -> Recorder:
        limits, redactor = target.limits, Redactor(target.credentials)
        if past is not None:
            return Replay(evidence=past.exchanges, guard=guard, redactor=redactor, write=write,
                          max_requests=limits.max_requests)  # fmt: skip
        return Recorder(
            guard=guard, redactor=redactor, write=write, pace=Pace(limits.requests_per_second), name=name,
            max_requests=limits.max_requests, max_response_bytes=int(limits.max_response_mebibytes * 2**20),
        )  # fmt: skip

    return recorder


def _context(
    settings: Settings, target: Target, chosen: tuple[str, ...], contracts: Mapping[str, Contract],
    recorder: Recorder, stack: ExitStack,
) -> Context:  # fmt: skip
    own = {api: contract for api, contract in contracts.items() if contract.vendor.id == target.vendor.id}
    session = stack.enter_context(open_session(recorder))
    return Context(
        target=target, contracts=own, chosen=tuple(api for api in chosen if api in own), judge=Judge(),
        recorder=recorder, session=session, data=TestData(target, _state_poster(target, session)),
        clock=settings.clock, seed=settings.seed, profile=PROFILES[settings.profile], local_date=settings.local_date,
        pause=(lambda _: None) if settings.evidence else time.sleep,
    )  # fmt: skip


def _guard(settings: Settings, target: Target, contracts: Iterable[Contract]) -> Guard:
    if not target.changes_allowed:
        why = 'the target is no sandbox (environment = "sandbox" would allow it)'
    else:
        why = "the run is read-only (--read-only)"
    base = _path_of(target.base_url)
    return Guard(
        base_url=target.base_url,
        read_only=settings.read_only or not target.changes_allowed,
        why_read_only=why,
        harmless=frozenset(
            (operation.method, base + operation.path)
            for contract in contracts
            if contract.vendor.id == target.vendor.id
            for operation in contract.operations.values()
            if not operation.changes_state and operation.method not in SAFE_METHODS
        ),
        states_url=target.states_url,
    )


def _path_of(url: str) -> str:
    return urlsplit(url).path.rstrip("/")


def _state_poster(target: Target, session: requests.Session) -> Callable[[Mapping[str, Any]], Mapping[str, Any] | None]:
    def post(state: Mapping[str, Any]) -> Mapping[str, Any] | None:
        try:
            response = session.post(
                target.states_url,
                json=dict(state),
                headers={OPERATION_HEADER: PROVIDER_STATE},
                timeout=target.limits.timeout_seconds,
            )
            answer = response.json() if response.ok else None
        except (requests.RequestException, ValueError, Refused):
            return None
        return answer if isinstance(answer, Mapping) else ({} if response.ok else None)

    return post
