"""A sandbox that takes other credentials than its own and repeats them in every answer, in every form that travels."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

Message = dict[str, Any]


def forms(secret: str) -> dict[str, str]:
    """Every form in which a secret must not be found again, by its name."""
    return {**_written(secret), **{f"base64 at offset {offset}": _inside_base64(secret, offset) for offset in range(3)}}


def _written(secret: str) -> dict[str, str]:
    return {
        "plain": secret,
        "URL-encoded": quote(secret, safe=""),
        "form-encoded": quote_plus(secret),
        "JSON": json.dumps(secret)[1:-1],
        "JSON with escaped slashes": json.dumps(secret)[1:-1].replace("/", r"\/"),
        "XML": escape(secret),
    }


def _in_base64(secret: str) -> list[str]:
    """A secret alone and inside longer texts, coded whole."""
    return [base64.b64encode(f"{before}{secret}{before}".encode()).decode() for before in ("", "u", "u:", "u:p")]


def _inside_base64(secret: str, offset: int) -> str:
    """The part of a secret's base64 that does not depend on what stands around it."""
    coded = base64.b64encode(b"\0" * offset + secret.encode()).decode().rstrip("=")
    return coded[(0, 2, 3)[offset] : -2]


class Echoing:
    """An ASGI application around another: puts its credentials in the place of ours, and says ours in its answers."""

    def __init__(self, inner: Any, credentials: Mapping[str, tuple[str, str]]) -> None:
        """`credentials` has, for each name, what is sent to us and what the inner application knows."""
        self.inner = inner
        self.pairs = list(credentials.values())

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        inner = {**scope, "path": self._swapped(scope["path"]), "raw_path": b""}
        inner["headers"] = [(name, self._header(value.decode("latin-1")).encode()) for name, value in scope["headers"]]
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self.inner(inner, receive, hold)
        for message in self._echoed(held):
            await send(message)

    def _swapped(self, text: str) -> str:
        for ours, theirs in self.pairs:
            text = text.replace(ours, theirs)
        return text

    def _header(self, value: str) -> str:
        if value.startswith("Basic "):
            pair = base64.b64decode(value.removeprefix("Basic ")).decode()
            return "Basic " + base64.b64encode(self._swapped(pair).encode()).decode()
        return self._swapped(value)

    def _echoed(self, held: list[Message]) -> list[Message]:
        start = next(message for message in held if message["type"] == "http.response.start")
        body = b"".join(message.get("body", b"") for message in held if message["type"] == "http.response.body")
        said = [form for ours, _ in self.pairs for form in (*_written(ours).values(), *_in_base64(ours))]
        if body.startswith(b"{") and len(body) > 2:
            body = b'{"echo": ' + json.dumps(said).encode() + b", " + body[1:]
        headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
        headers += [(b"content-length", str(len(body)).encode()), (b"x-echo", " ".join(said).encode())]
        return [{**start, "headers": headers}, {"type": "http.response.body", "body": body}]
