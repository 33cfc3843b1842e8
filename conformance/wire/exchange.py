"""One request and what came back, as it is judged and as it stands in the run file. Already redacted."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Headers = tuple[tuple[str, str], ...]
PROVIDER_STATE = "provider state"
"""The operation of an exchange that asked the target to provide test data."""
TRANSPORT = frozenset({"user-agent", "accept-encoding", "connection", "content-length", "host"})
"""Header fields that are no part of a question: every client writes its own, and the length is that of the secrets too."""


@dataclass(frozen=True)
class Request:
    """What was sent."""

    method: str
    url: str
    headers: Headers
    body: bytes = b""


@dataclass(frozen=True)
class Response:
    """What came back; the body is decoded from its transfer and content codings."""

    status: int
    reason: str
    headers: Headers
    body: bytes = b""

    def header(self, name: str) -> str:
        """The first header of that name in any letter case, or ""."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True)
class Exchange:
    """A numbered exchange. Exactly one of `response` and `failure` is there."""

    id: str
    operation: str
    request: Request
    response: Response | None
    failure: str
    """Why there is no answer (refused connection, timeout, cut body), or ""."""
    at: str
    """When it was sent: ISO 8601, UTC."""
    milliseconds: float
    test: str = ""
    closed_while_idle: bool = False
    """Whether the connection was closed before any part of an answer came, which is nobody's fault: it is asked again."""
    burst: int = 0
    """Exchanges of one test with the same number, not 0, were sent at the same moment: in which order is chance."""

    @cached_property
    def title(self) -> str:
        """One line: method, URL and status."""
        outcome = str(self.response.status) if self.response else self.failure
        return f"{self.request.method} {self.request.url} → {outcome}"

    def to_json(self) -> dict[str, Any]:
        """The exchange as one line of the run file."""
        response = self.response and {
            "status": self.response.status,
            "reason": self.response.reason,
            "headers": [list(pair) for pair in self.response.headers],
            **_body(self.response.body),
        }
        return {
            "kind": "exchange",
            "id": self.id,
            "operation": self.operation,
            "test": self.test,
            "at": self.at,
            "milliseconds": round(self.milliseconds, 3),
            "request": {
                "method": self.request.method,
                "url": self.request.url,
                "headers": [list(pair) for pair in self.request.headers],
                **_body(self.request.body),
            },
            "response": response,
            "failure": self.failure,
            "closed_while_idle": self.closed_while_idle,
            **({"burst": self.burst} if self.burst else {}),
        }

    @staticmethod
    def from_json(line: Mapping[str, Any]) -> Exchange:
        """The exchange that a line of the run file holds.

        Raises:
            KeyError: a member is missing.
        """
        sent, came = line["request"], line["response"]
        return Exchange(
            id=line["id"],
            operation=line["operation"],
            request=Request(sent["method"], sent["url"], _headers(sent["headers"]), _bytes(sent)),
            response=came
            and Response(came["status"], came["reason"], _headers(came["headers"]), _bytes(came)),
            failure=line["failure"],
            at=line["at"],
            milliseconds=line["milliseconds"],
            test=line["test"],
            closed_while_idle=line.get("closed_while_idle", False),
            burst=line.get("burst", 0),
        )


def _body(data: bytes) -> dict[str, str]:
    """Text where it is UTF-8 (readable in the run file), base64 where it is not."""
    try:
        return {"text": data.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode("ascii")}


def _bytes(holder: Mapping[str, Any]) -> bytes:
    return holder["text"].encode("utf-8") if "text" in holder else base64.b64decode(holder["base64"])


def _headers(pairs: list[list[str]]) -> Headers:
    return tuple((name, value) for name, value in pairs)
