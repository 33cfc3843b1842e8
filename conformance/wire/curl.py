"""The curl line that asks a recorded question again; credentials are named, never written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from conformance.wire.exchange import TRANSPORT, Request

MARK = re.compile(r"\[redacted:(\w+)\]|%5Bredacted%3A(\w+)%5D")
"""A credential as the recorder leaves it, also inside a URL."""
LONGEST = 4000
"""Characters of a body that are shown as they are; a longer one is read from a file."""


def variable(credential: str) -> str:
    """The environment variable that stands for a credential."""
    return f"CONFORMANCE_{credential.upper()}"


def curl_line(request: Request, credentials: Sequence[str] = ()) -> str:
    """One line for a POSIX shell (bash where the body holds control characters).

    Args:
        request: what was sent, redacted.
        credentials: the vendor's names, in the order in which HTTP Basic joins them.
    """
    words = ["curl", "-sS", "-i"]
    if re.search(r"[\[\]{}]", MARK.sub("", request.url)):
        words.append("-g")
    if request.method == "HEAD":
        words[-1:] = ["-I"]
    elif request.method != ("POST" if request.body else "GET"):
        words += ["-X", request.method]
    words.append(_word(request.url))
    words += _headers(request, credentials)
    if request.body:
        words += _body(request.body)
    return " ".join(words)


def _headers(request: Request, credentials: Sequence[str]) -> list[str]:
    words: list[str] = []
    for name, value in request.headers:
        if name.lower() == "authorization" and value.startswith("Basic ") and MARK.search(value):
            # The mark stands inside base64: only curl itself can put the credentials there.
            words += ["-u", '"' + ":".join(f"${variable(credential)}" for credential in credentials) + '"']
        elif name.lower() not in TRANSPORT:
            words += ["-H", _word(f"{name}: {value}" if value else f"{name};")]
    sent = {name.lower() for name, _ in request.headers}
    # What curl would add by itself and the question did not have.
    absent = ["Accept", *(["Content-Type"] if request.body else [])]
    return words + [word for name in absent if name.lower() not in sent for word in ("-H", f"'{name}:'")]


def _body(body: bytes) -> list[str]:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or len(text) > LONGEST:
        return ["--data-binary", "@body", "# its body stands in the run file"]
    return ["--data-raw", _word(text)]


def _word(text: str) -> str:
    """A text as one word of the shell; marks of redaction become variables."""
    if not MARK.search(text):
        return _literal(text)
    if text.isprintable() and not re.search(r'["\\$`!]', text):
        return '"' + MARK.sub(_named, text) + '"'
    parts, end = [], 0
    for mark in MARK.finditer(text):
        parts += [_literal(text[end : mark.start()]), f'"{_named(mark)}"']
        end = mark.end()
    return "".join([*parts, _literal(text[end:]) if text[end:] else ""])


def _named(mark: re.Match[str]) -> str:
    name = variable(mark[1] or mark[2])
    runs_on = re.match(r"\w", mark.string[mark.end() :])
    return f"${{{name}}}" if runs_on else f"${name}"


def _literal(text: str) -> str:
    if text.isprintable():
        return shlex.quote(text)
    return "$'" + "".join(_escaped(char) for char in text) + "'"


def _escaped(char: str) -> str:
    if char in "'\\":
        return f"\\{char}"
    if char.isprintable():
        return char
    return {"\n": r"\n", "\r": r"\r", "\t": r"\t"}.get(char) or "".join(f"\\x{byte:02x}" for byte in char.encode())
