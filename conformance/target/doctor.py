"""Looks at a target before a run: is it there, and what may the run do with it?

No question to the API is asked here: that goes through the recorder, as everything that leaves.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from conformance.target.model import Target

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Step:
    """One thing that was looked at."""

    name: str
    good: bool
    text: str
    """What was found; where it is not good, what to do."""


def address(target: Target) -> Iterator[Step]:
    """The name and the connection; ends at the first that fails, since the rest follows from it."""
    parts = urlsplit(target.base_url)
    yield (known := _name(parts))
    if known.good:
        yield _connection(parts, target.limits.timeout_seconds)


def permissions(target: Target) -> Iterator[Step]:
    """Whether the run may change anything, and where its test data comes from."""
    yield Step("writes", True, "allowed" if target.changes_allowed else "none, environment is production")
    if target.states_url:
        yield Step("test data", True, f"made by {target.states_url}")
        return
    named = dict(_named(target))
    empty = sorted(path for path, values in named.items() if not values)
    rest = f"; what a run does not discover stays untested: {', '.join(empty)}" if empty else ""
    yield Step("test data", True, f"{len(named) - len(empty)} of {len(named)} kinds are named{rest}")


def _name(parts: SplitResult) -> Step:
    host = parts.hostname or ""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except OSError as error:
        return Step("name", False, f"{host} is not known ({error.strerror}); check base_url")
    return Step("name", True, f"{host} is {', '.join(sorted(found))}")


def _connection(parts: SplitResult, timeout: float) -> Step:
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        with socket.create_connection((host, port), timeout) as plain:
            if parts.scheme == "http":
                return Step("connection", True, f"{host}:{port} takes connections; nothing is encrypted")
            with ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure:
                return Step("connection", True, f"{host}:{port} takes connections; {secure.version()}")
    except ssl.SSLError as error:
        why = f"TLS failed: {error.reason or error}; check the scheme, and the certificate of {host}"
        return Step("connection", False, why)
    except OSError as error:
        return Step("connection", False, f"{host}:{port}: {error}; check base_url, and firewalls on the way")


def _named(target: Target) -> Iterator[tuple[str, object]]:
    for need in target.vendor.needs.values():
        value: object = {"data": target.data}
        for part in need.data.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        yield need.data, value
