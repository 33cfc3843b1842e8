"""GitHub's workflow commands: lines of a log that its runner obeys. What they carry is escaped as the runner expects.

See "Workflow commands for GitHub Actions". The runner obeys `::name::` at the beginning of a line, and an older form
anywhere in a line, so that strangers' texts are printed only between `silenced` lines or inside of a command.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator

from conformance.wire.excerpt import visible

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def command(name: str, message: str, **properties: str | int) -> str:
    """One workflow command (`error`, `warning`, `notice`, `group`, …); properties without a value are left out."""
    given = ",".join(f"{key}={_escaped(str(value), _PROPERTY)}" for key, value in properties.items() if value)
    return f"::{name}{' ' if given else ''}{given}::{_escaped(message, _DATA)}"


def grouped(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines that the log shows folded; commands among them are obeyed."""
    yield command("group", title)
    yield from lines
    yield "::endgroup::"


def silenced(lines: Iterable[str]) -> Iterator[str]:
    """Lines of which the runner obeys none, whatever they hold."""
    token = secrets.token_hex(16)  # nobody whose answer is printed can know it, so nobody can end the silence
    yield f"::stop-commands::{token}"
    yield from map(visible, lines)
    yield f"::{token}::"


def _escaped(text: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(letter, letter) for letter in visible(text))
