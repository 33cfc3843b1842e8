"""Running the sandbox in the foreground or in a thread; `spawn` runs it as a child process.

All listen before they say where, so whoever reads the address can connect at once: the system queues
the connection until the server takes it.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Thread
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from conformance.sandbox.app import create_app, find_override
from conformance.sandbox.vendor import utc_now

LOOPBACK = "127.0.0.1"


def serve(
    host: str = LOOPBACK,
    port: int = 0,
    *,
    database_url: str = "sqlite://",
    overrides: Sequence[str] = (),
    now: datetime | None = None,
    until_stdin_closes: bool = False,
) -> None:
    """Serve until interrupted; port 0 is a free one. Prints one line, the base URL, when it is ready.

    `overrides` are `module:Class` names, `now` stops the clock. With `until_stdin_closes` the server ends
    with the process that holds its standard input. Raises `ValueError` for an override that does not exist
    or fits no vendor, `OSError` for a port in use.
    """
    clock = utc_now if now is None else lambda: now
    app = create_app(
        database_url=database_url, clock=clock, overrides=[find_override(name) for name in overrides]
    )
    listener = _listen(host, port)
    server = _server(app)
    if until_stdin_closes:
        Thread(target=_stop_at_end_of_input, args=(server,), daemon=True).start()
    sys.stdout.write(f"{_url(listener)}\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        server.run([listener])


@contextmanager
def running(app: ASGIApp | None = None, **options: Any) -> Iterator[str]:
    """The base URL of a sandbox in a thread of this process; `options` are those of `create_app`."""
    server = _server(create_app(**options) if app is None else app)
    listener = _listen(LOOPBACK, 0)
    thread = Thread(target=server.run, args=([listener],), name="sandbox", daemon=True)
    thread.start()
    try:
        yield _url(listener)
    finally:
        server.should_exit = True
        thread.join()


def _server(app: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(
        # h11, also where a quicker parser is installed: headers then leave as the vendors' rules spell them.
        uvicorn.Config(app, http="h11", log_level="error", access_log=False, timeout_graceful_shutdown=1)
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches off Nagle only where the protocol is named; without that an answer takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(2048)
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _stop_at_end_of_input(server: uvicorn.Server) -> None:
    sys.stdin.buffer.read()
    server.should_exit = True
