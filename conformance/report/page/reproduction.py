"""A conversation as a short Python program; credentials are named, never written."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from conformance.wire import Exchange, Request
from conformance.wire.curl import LONGEST, MARK, variable
from conformance.wire.excerpt import visible
from conformance.wire.exchange import TRANSPORT


def program(exchanges: Sequence[Exchange], credentials: Sequence[str], told: Sequence[str] = ()) -> str:
    """A program for `requests` that asks the recorded questions again, in their order, and prints the answers.

    Args:
        exchanges: the conversation, redacted.
        credentials: the vendor's names, in the order in which HTTP Basic joins them.
        told: sentences for its first lines, as comments.
    """
    calls = [_call(exchange.request, credentials) for exchange in exchanges]
    imports = ["import os", ""] if any("os.environ" in call for call in calls) else []
    comments = [f"# {line}" for text in told for line in textwrap.wrap(" ".join(visible(text).split()), 96)]
    return "\n".join([*comments, *imports, "import requests", "", "\n".join(calls)])


def _call(request: Request, credentials: Sequence[str]) -> str:
    known = request.method.lower() in {"get", "post", "put", "delete", "head", "options", "patch"}
    opening = f"requests.{request.method.lower()}(" if known else f"requests.request({request.method!r},"
    headers, authentication = _headers(request, credentials)
    lines = [f"answer = {opening}", f"    {_text(request.url)},", f"    headers={{{', '.join(headers)}}},"]
    lines += [f"    auth={authentication},"] if authentication else []
    lines += [f"    data={_body(request.body)},"] if request.body else []
    return "\n".join(
        [*lines, "    allow_redirects=False,", "    timeout=30,", ")", "print(answer.status_code, answer.text)"]
    )


def _headers(request: Request, credentials: Sequence[str]) -> tuple[list[str], str]:
    headers, authentication = [], ""
    for name, value in request.headers:
        if name.lower() == "authorization" and value.startswith("Basic ") and MARK.search(value):
            # The mark stands inside base64: only requests itself can put the credentials there.
            authentication = f"({', '.join(_secret(credential) for credential in credentials)})"
        elif name.lower() not in TRANSPORT:
            headers.append(f"{_text(name)}: {_text(value)}")
    if "accept" not in {name.lower() for name, _ in request.headers}:
        headers.append('"Accept": None')  # what requests would add by itself and the question did not have
    return headers, authentication


def _body(body: bytes) -> str:
    if len(body) > LONGEST:
        return 'open("body", "rb")  # its body stands in the run file'
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return repr(body)
    return f"{_text(text)}.encode()" if text.isprintable() or MARK.search(text) else repr(body)


def _text(text: str) -> str:
    """A text as an expression; marks of redaction become variables of the environment."""
    parts, end = [], 0
    for mark in MARK.finditer(text):
        parts += [_literal(text[end : mark.start()])] if mark.start() > end else []
        parts.append(_secret(mark[1] or mark[2]))
        end = mark.end()
    parts += [_literal(text[end:])] if end < len(text) or not parts else []
    joined = " + ".join(parts)
    return f"({joined})" if len(parts) > 1 else joined


def _secret(credential: str) -> str:
    return f'os.environ["{variable(credential)}"]'


def _literal(text: str) -> str:
    """With double quotes, as formatters write it, where that needs no escape."""
    plain = repr(text)
    return f'"{plain[1:-1]}"' if plain[0] == "'" and not re.search(r'["\\]', plain) else plain
