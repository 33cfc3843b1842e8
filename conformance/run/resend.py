"""Sends one recorded request again, to the target as it is now: with its credentials, and past the same guard as a run."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

import requests

from conformance.run.opening import open_contexts
from conformance.run.runfile import RUN_FILE, RunFile, RunFileError, glimpse, read_header, read_lines
from conformance.run.settings import EMBEDDED, Settings, now
from conformance.suite.context import Context
from conformance.target import Target, TargetError
from conformance.wire import Exchange, Request
from conformance.wire.excerpt import first_letter
from conformance.wire.recorder import OPERATION_HEADER
from conformance.wire.redaction import MARK, marker

_BASIC = re.compile(r"Basic ((?:\[redacted:\w+\])+)")
_BY_TRANSPORT = frozenset({"content-length", "host", "connection"})


def recorded(path: Path, case: str) -> Exchange:
    """The exchange that a case means: one by its id (`x00042`), or the last that a finding or a broken requirement shows.

    Raises:
        RunFileError: the run file cannot be read, or has no such case.
    """
    wanted = case
    for line in read_lines(path, "finding"):
        if case in (line["id"], line["requirement"]):
            wanted = line["exchanges"][-1] if line["exchanges"] else wanted
            if case == line["id"]:
                break
    for seen in glimpse(path):
        if seen.id == wanted:
            return seen.exchange()
    raise RunFileError(f"{path}: has no exchange {case}, and no finding {case} that shows one; "
                       "`conformance report` names them")  # fmt: skip


def send_again(path: Path, exchange: Exchange, target: str = "") -> Exchange:
    """What the target answers to a recorded request now.

    Args:
        path: the run file.
        exchange: the exchange whose request is sent.
        target: a target file or bare URL; by default that of the run, a new embedded sandbox where the run had one.

    Raises:
        RunFileError: the request held what no run file keeps.
        TargetError: the target cannot be used, or is of another vendor.
        Refused: the guard forbids the request at this target.
    """
    header = read_header(path)
    then = _target_of(path, header, exchange)
    with TemporaryDirectory(prefix="conformance-") as folder, ExitStack() as stack:
        runfile = RunFile(Path(folder) / RUN_FILE)
        stack.callback(runfile.close)
        apis = tuple(f"{then['vendor']}/{name}" for name in then["apis"])
        wishes = Settings(out=Path(folder), target=_address(then, target), apis=apis, seed=header["seed"], clock=now())
        context = open_contexts(wishes, runfile, stack).get(then["vendor"])
        if context is None:
            raise TargetError(target, "vendor", f"the request belongs to {then['vendor']}")
        import_module(f"conformance.suite.{then['vendor']}.probes").prepare(context)
        return context.send(_restored(path, exchange, then, context))


def _target_of(path: Path, header: Mapping[str, Any], exchange: Exchange) -> Mapping[str, Any]:
    """What the header says of the target that an exchange went to."""
    named = exchange.operation.partition("/")[0]
    for target in header.get("targets", ()):
        if "origin" not in target or "limits" not in target:
            raise RunFileError(f"{path}: line 1 says too little of the target: an older release wrote it")
        if target["vendor"] == named or (target["states"] and exchange.request.url == target["states"]):
            found: Mapping[str, Any] = target
            return found
    raise RunFileError(f"{path}: line 1 names no target to which {exchange.id} could have gone")


def _address(then: Mapping[str, Any], target: str) -> str:
    """What to judge, in the words of `conformance run`: "" for a new embedded sandbox."""
    origin = str(then["origin"])
    if target or origin.startswith(EMBEDDED):
        return target
    return origin


def _restored(path: Path, exchange: Exchange, then: Mapping[str, Any], context: Context) -> requests.Request:
    """The request as it was before secrets were taken out, for the address and with the credentials of today."""
    asked, target = exchange.request, context.target

    def secret(name: str) -> str:
        value = target.credentials.get(name, "")
        if not value:
            raise TargetError(target.origin, f"credentials.{name}", f"is missing; the request {exchange.id} held it")
        return value

    moved = _moved(path, exchange, then, target)
    return requests.Request(
        asked.method,
        _with_secrets(moved, secret, lambda value: quote(value, safe="")),
        headers={OPERATION_HEADER: exchange.operation, **dict(_headers(path, exchange, target, secret))},
        data=_with_secrets(asked.body.decode("latin-1"), secret, _escaping(asked)).encode("latin-1"),
    )


def _moved(path: Path, exchange: Exchange, then: Mapping[str, Any], target: Target) -> str:
    """The address at the target of today."""
    url = exchange.request.url
    if then["states"] and url == then["states"]:
        return target.states_url
    if not url.startswith(then["base_url"]):
        raise RunFileError(f"{path}: {exchange.id} did not go to {then['base_url']}")
    return target.base_url + url.removeprefix(then["base_url"])


def _headers(
    path: Path, exchange: Exchange, target: Target, secret: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    for name, value in exchange.request.headers:
        basic = _BASIC.fullmatch(value)
        if name.lower() in _BY_TRANSPORT:
            continue
        if basic and basic[1] == "".join(map(marker, target.vendor.credentials)):
            pair = ":".join(map(secret, target.vendor.credentials))
            yield name, f"Basic {base64.b64encode(pair.encode()).decode()}"
        elif basic:
            raise RunFileError(f"{path}: {exchange.id} held {name} with a credential and something else, "
                               "of which a run file keeps nothing")  # fmt: skip
        else:
            yield name, _with_secrets(value, secret, str)


def _escaping(request: Request) -> Callable[[str], str]:
    """How a body writes a text, by the body's kind; its bytes are handled as Latin-1, which loses none."""

    def as_bytes(text: str) -> str:
        return text.encode().decode("latin-1")

    start = first_letter(request.body)
    if start in (b"{", b"["):
        return lambda value: as_bytes(json.dumps(value, ensure_ascii=False)[1:-1])
    return (lambda value: as_bytes(escape(value))) if start == b"<" else as_bytes


def _with_secrets(text: str, secret: Callable[[str], str], escaped: Callable[[str], str]) -> str:
    return MARK.sub(lambda mark: escaped(secret(mark[1])), text)
