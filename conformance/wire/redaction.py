"""Takes secrets out of everything that is kept or shown.

A secret is looked for in every form in which it can travel: plain (any letter case), URL-encoded, escaped for JSON or
XML, and base64 at each of the three possible offsets, alone or inside a longer text such as HTTP Basic's.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

MARK = re.compile(r"\[redacted:(\w+)\]")
"""What stands where a secret was, and its name."""
_SHORTEST = 4
"""Shorter values are not taken out: they would be found by chance in every body."""


class Redactor:
    """Replaces each secret by `[redacted:name]`."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        forms = {
            form: name
            for name, secret in secrets.items()
            if len(secret) >= _SHORTEST
            for form in _forms(secret)
        }
        self._names = {form.casefold(): name for form, name in forms.items()}
        # Looking for plain texts is many times as fast as the pattern, and nearly all bodies hold none.
        self._plain = [form.casefold() for form in forms]
        self._plain_bytes = [form.encode().lower() for form in forms]
        # Longest first, so that a secret that contains another is taken out whole.
        pattern = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        self._text = re.compile(pattern, re.IGNORECASE) if pattern else None
        self._bytes = re.compile(pattern.encode(), re.IGNORECASE) if pattern else None

    def text(self, text: str) -> str:
        """The text without secrets."""
        lowered = text.casefold()
        if self._text is None or not any(form in lowered for form in self._plain):
            return text
        return self._text.sub(lambda match: self._mark(match.group()), text)

    def data(self, data: bytes) -> bytes:
        """The same for a body; bytes that are no text stay as they are."""
        lowered = data.lower()
        if self._bytes is None or not any(form in lowered for form in self._plain_bytes):
            return data
        return self._bytes.sub(lambda match: self._mark(match.group().decode("utf-8", "replace")).encode(), data)

    def headers(self, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Header fields without secrets."""
        return tuple((self.text(name), self._header(name, value)) for name, value in pairs)

    def _header(self, name: str, value: str) -> str:
        """A field's value. Of base64 the ends would be left over, and with them part of a character: none of it stays."""
        redacted = self.text(value)
        if redacted == value or name.lower() not in {"authorization", "proxy-authorization"}:
            return redacted
        return f"{value.partition(' ')[0]} {''.join(map(marker, MARK.findall(redacted)))}"

    def _mark(self, found: str) -> str:
        return marker(self._names.get(found.casefold(), "secret"))


def marker(credential: str) -> str:
    """What stands where a credential was."""
    return f"[redacted:{credential}]"


def _forms(secret: str) -> set[str]:
    forms = {
        secret,
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        json.dumps(secret)[1:-1].replace("/", r"\/"),
        escape(secret),
        escape(secret, {'"': "&quot;"}),
        escape(secret, {'"': "&quot;", "'": "&apos;"}),
        html.escape(secret),
    }
    raw = secret.encode()
    for offset in range(3):
        # Inside a longer text the first and last characters depend on the neighbours: only the sure middle counts.
        encoded = base64.b64encode(b"\0" * offset + raw).decode().rstrip("=")
        start = (0, 2, 3)[offset]
        middle = encoded[start : len(encoded) - (1 if (offset + len(raw)) % 3 else 0)]
        forms |= {middle, middle.replace("+", "-").replace("/", "_")}
    return {form for form in forms if len(form) >= _SHORTEST}
