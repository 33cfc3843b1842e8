"""The recorder: a `requests` transport adapter that everything passes.

It asks the guard, keeps the pace and the budget, reads the answer up to a limit, redacts, writes the exchange to the
run file, and only then hands the answer back. Schemathesis, scenarios and anything else that speaks `requests` use it.
"""

from __future__ import annotations

import io
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import requests
import urllib3
from requests.adapters import HTTPAdapter

from conformance.wire.exchange import Exchange, Headers, Request, Response
from conformance.wire.guard import Guard, Permission
from conformance.wire.pace import Pace
from conformance.wire.redaction import Redactor

_CHUNK = 64 * 1024
SERVER_ERROR = 500
TOO_LARGE = "the answer is larger than limits.max_response_mebibytes"
"""How the failure of an exchange begins that we cut ourselves: nobody's fault."""
CUT = "the answer was cut"
"""How the failure of an exchange begins whose answer ended before its announced length."""
INTERRUPTED = "the run was interrupted"
"""The failure of an exchange that was under way when the run was stopped: it says nothing about the target."""
OPERATION_HEADER = "X-Conformance-Operation"
"""Names the operation for the run file; taken off before sending, so it never leaves."""


class BudgetSpent(Exception):
    """The run has sent as many requests as the target file allows."""


class NotInEvidence(Exception):
    """A run is judged again, and its run file holds no answer to this question. Guessing one would be lying."""


class AnswerCut(requests.exceptions.ConnectionError):
    """The body ended before its announced length, or was larger than the target file allows."""


_LOGGERS = ("urllib3.connectionpool", "urllib3.util.retry")


class _Silenced(logging.Filter):
    """Takes secrets out of what urllib3 logs, where somebody has logging switched on: its lines name whole URLs."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def attach(self) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(self)

    def detach(self) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self._redactor.text(record.getMessage()), ()
        return True


class Recorder(HTTPAdapter):
    """Sends, limits, redacts and records."""

    def __init__(
        self,
        *,
        guard: Guard,
        redactor: Redactor,
        write: Callable[[Exchange], None],
        pace: Pace,
        max_requests: int | None,
        max_response_bytes: int,
        name: Callable[[], str],
        connections: int = 10,
    ) -> None:
        super().__init__(pool_connections=connections, pool_maxsize=connections, max_retries=0)
        self._guard = guard
        self._redactor = redactor
        self._write = write
        self._pace = pace
        self._max_requests = max_requests
        self._max_response_bytes = max_response_bytes
        self._exchanges: WeakKeyDictionary[requests.PreparedRequest, Exchange] = WeakKeyDictionary()
        self._closed_while_idle: WeakSet[requests.PreparedRequest] = WeakSet()
        self._name = name
        self._logged = _Silenced(redactor)
        self._logged.attach()
        self._lock = threading.Lock()
        self.count = 0
        self.reserved = 0
        """Requests of the budget that are kept back for removing what the run made."""
        self.test = ""
        self.burst = self._bursts = 0
        """A number of their own for requests that are being sent at the same moment; else 0."""
        self.missing: NotInEvidence | None = None
        """The last question that the evidence could not answer; always None where a target answers."""

    @property
    def read_only(self) -> bool:
        """Whether the guard lets nothing through that changes state."""
        return self._guard.read_only

    def close(self) -> None:
        """Gives up the connections."""
        super().close()
        self._logged.detach()

    def allow(self, permission: Permission) -> None:
        """Adds a vendor's rule about whose data may be touched."""
        self._guard.permissions.append(permission)

    def redacted(self, text: str) -> str:
        """A text without the target's secrets: for messages of exceptions, which may name a URL that holds one."""
        return self._redactor.text(text)

    @contextmanager
    def sending_at_once(self) -> Iterator[None]:
        """Notes of what is sent meanwhile that the order in which it comes is chance."""
        self._bursts += 1
        self.burst = self._bursts
        try:
            yield
        finally:
            self.burst = 0

    def closed_while_idle(self, request: requests.PreparedRequest) -> bool:
        """Whether the connection was closed before any part of an answer came, and asking again can do no harm."""
        return request in self._closed_while_idle

    def exchange_of(self, request: requests.PreparedRequest) -> Exchange:
        """The exchange that a prepared request led to, also when sending it raised."""
        return self._exchanges[request]

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Sends one request.

        Raises:
            Refused: the guard forbids it (nothing was sent, nothing is recorded).
            BudgetSpent: the target file's `max_requests` is reached.
            requests.RequestException: no whole answer came; the exchange is recorded with the reason.
        """
        operation = self._admitted(request)
        self._pace.wait()
        started, at = time.perf_counter(), datetime.now(UTC)
        response: Response | None = None
        failure = ""
        try:
            raw = super().send(request, stream=True, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
            body = self._read(raw)
            response = self._kept(raw, body)
            if response.status >= SERVER_ERROR:
                # Many servers close a connection after such an answer: the next request must not run into that.
                self.poolmanager.clear()
            return self._rebuilt(request, replace(response, headers=tuple(raw.raw.headers.items()), body=body))
        except requests.RequestException as error:
            failure = self._redactor.text(_reason(error))
            unanswered = not isinstance(error, AnswerCut) and isinstance(_root_cause(error), ConnectionError)
            if unanswered and self._guard.is_harmless(request):
                self._closed_while_idle.add(request)
                self.poolmanager.clear()
            raise
        finally:
            elapsed = (time.perf_counter() - started) * 1000
            self._record(request, operation, response, failure, at, elapsed)

    def _admitted(self, request: requests.PreparedRequest) -> str:
        """Counts a request that the guard and the budget let pass; the operation that it is for.

        Raises:
            Refused, BudgetSpent: it must not be sent.
        """
        self._guard.check(request)
        with self._lock:
            if self._max_requests is not None and self.count >= self._max_requests - self.reserved:
                raise BudgetSpent(f"{self.count} requests were sent, and limits.max_requests allows no more")
            self.count += 1
        operation: str = request.headers.pop(OPERATION_HEADER, "")
        return operation

    def _record(
        self, request: requests.PreparedRequest, operation: str, response: Response | None, failure: str,
        at: datetime, elapsed: float,
    ) -> None:  # fmt: skip
        exchange = Exchange(
            id=self._name(),
            operation=operation,
            request=self._sent(request),
            response=response,
            failure=failure or ("" if response else INTERRUPTED),
            at=at.isoformat(timespec="milliseconds"),
            milliseconds=elapsed,
            test=self.test,
            closed_while_idle=request in self._closed_while_idle,
            burst=self.burst,
        )
        self._exchanges[request] = exchange
        self._write(exchange)

    def _read(self, raw: requests.Response) -> bytes:
        received = bytearray()
        try:
            for chunk in raw.raw.stream(_CHUNK, decode_content=True):
                received += chunk
                if len(received) > self._max_response_bytes:
                    raise AnswerCut(
                        f"{TOO_LARGE} "
                        f"({self._max_response_bytes / 2**20:g} MiB) allows"
                    )
        except urllib3.exceptions.HTTPError as error:
            raise AnswerCut(f"{CUT} after {len(received)} bytes ({_innermost(error)})") from error
        finally:
            raw.close() if len(received) > self._max_response_bytes else raw.raw.release_conn()
        return bytes(received)

    def _rebuilt(self, request: requests.PreparedRequest, response: Response) -> requests.Response:
        """The answer once more, from memory, so that nobody reads from the network after it was recorded."""
        copy = urllib3.HTTPResponse(
            body=io.BytesIO(response.body),
            headers=urllib3.HTTPHeaderDict(
                (name, value) for name, value in response.headers if name.lower() != "content-encoding"
            ),
            status=response.status,
            reason=response.reason,
            preload_content=False,
            enforce_content_length=False,  # the length is that of the coded body
        )
        answer: requests.Response = self.build_response(request, copy)
        return answer

    def _sent(self, request: requests.PreparedRequest) -> Request:
        body = request.body or b""
        data = body.encode() if isinstance(body, str) else bytes(body)
        return Request(
            method=request.method or "",
            url=self._redactor.text(request.url or ""),
            headers=self._redactor.headers(_text_headers(request.headers.items())),
            body=self._redactor.data(data),
        )

    def _kept(self, raw: requests.Response, body: bytes) -> Response:
        return Response(
            status=raw.status_code,
            reason=self._redactor.text(raw.reason or ""),
            headers=self._redactor.headers(raw.raw.headers.items()),
            body=self._redactor.data(body),
        )


def _text_headers(pairs: Any) -> Headers:
    return tuple((_text(name), _text(value)) for name, value in pairs)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _reason(error: BaseException) -> str:
    """Why no answer came, in words that do not hold the URL (it may carry a key)."""
    match error:
        case AnswerCut():
            return str(error)
        case requests.exceptions.SSLError():
            return f"TLS failed: {_innermost(error)}"
        case requests.exceptions.ConnectTimeout():
            return "no connection within the time limit"
        case requests.exceptions.Timeout():
            return "no answer within the time limit"
        case _:
            return f"no connection: {_innermost(error)}"


def _innermost(error: BaseException) -> str:
    cause = _root_cause(error)
    return f"{type(cause).__name__}: {cause}" if str(cause) else type(cause).__name__


def _root_cause(error: BaseException) -> BaseException:
    cause: BaseException = error
    while True:
        reason = getattr(cause, "reason", None)
        below = reason if isinstance(reason, BaseException) else cause.__cause__ or cause.__context__
        if below is None or below is cause:
            return cause
        cause = below
