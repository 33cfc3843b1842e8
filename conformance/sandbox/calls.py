"""From HTTP to a plain function: a `Call` goes in, a Response comes out, on a worker thread."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send


@dataclass(frozen=True)
class Call:
    """One request, read in full, and the time it came in."""

    method: str
    path: str
    path_params: dict[str, str]
    query: QueryParams
    headers: Headers
    body: bytes
    now: datetime

    def header(self, name: str) -> str | None:
        """The header of that name in any letter case, repeated ones joined as RFC 9110 5.3 says, or None."""
        return ", ".join(self.headers.getlist(name)) if name in self.headers else None


_CURRENT: ContextVar[Call] = ContextVar("call")


def current_call() -> Call:
    """The call that is being answered, for rules that are not told it; raises `LookupError` where there is none."""
    return _CURRENT.get()


class _Endpoint:
    def __init__(self, answer: Callable[[Call], Response], clock: Callable[[], datetime]) -> None:
        self._answer = answer
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        call = Call(
            method=request.method,
            path=request.url.path,
            path_params=request.path_params,
            query=request.query_params,
            headers=request.headers,
            body=await request.body(),
            now=self._clock(),
        )
        _CURRENT.set(call)  # the worker thread has a copy of this context, which is the request's own
        response = await run_in_threadpool(self._answer, call)
        await response(scope, receive, send)


def route(
    path: str, answer: Callable[[Call], Response], clock: Callable[[], datetime], *, any_case: bool = False
) -> Route:
    """A route that hands every method on `path` to `answer`, which decides about methods itself.

    With `any_case` the letter case of the path's fixed parts does not count.
    """
    made = Route(path, _Endpoint(answer, clock))
    if any_case:
        made.path_regex = re.compile(made.path_regex.pattern, re.IGNORECASE)
    return made
