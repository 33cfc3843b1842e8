"""Requests sent as they are written: no header, no encoding and no body that the test does not name."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    status: int
    reason: str
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


def literal(url: str, method: str, target: str, headers: dict[str, str] | None = None, body: str = "") -> Answer:
    """The answer to exactly this request; only Host is added, as every client does."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.putrequest(method, target, skip_accept_encoding=True)
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    connection.endheaders(body.encode())
    response = connection.getresponse()
    answer = Answer(response.status, response.reason, response.headers, response.read())
    connection.close()
    return answer
