"""One request and two answers to it, with what differs between them marked."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from conformance.report.layout import answered, heading, labelled, plural
from conformance.wire import Exchange, Response
from conformance.wire.excerpt import excerpt, visible

_VOLATILE = frozenset({"date", "content-length", "connection", "keep-alive"})
"""Header fields that differ between any two answers, or say nothing that the body does not."""
_LINES = 2000
"""Of each body: to compare more takes longer than anybody reads."""
_SHOWN = 60
_CONTEXT = 2


def same(before: Exchange, now: Exchange) -> bool:
    """Whether two answers say the same: status, header fields but for the volatile ones, and body."""
    if before.response is None or now.response is None:
        return before.response is now.response and before.failure == now.failure
    return not any(True for _ in _differing(before.response, now.response))


def print_twice(before: Exchange, now: Exchange, console: Console) -> None:
    """Prints the request, both answers in one line each, and the lines in which they differ."""
    request = before.request
    heading(console, f"{before.id}: {request.method} {request.url}")
    labelled(console, [("recorded", f"{_told(before)} ({before.at})"), ("now", f"{_told(now)} ({now.at})")])
    if same(before, now):
        heading(console, "The answer is the same.", "bold green")
        return
    heading(console, "The answers differ (- recorded, + now):", "bold yellow")
    lines = list(_marked(before, now))
    for line in lines[:_SHOWN]:
        console.print(line, no_wrap=True, overflow="ellipsis", crop=True)
    if len(lines) > _SHOWN:
        console.print(Text(f"  … {plural(len(lines) - _SHOWN, 'line')} more", style="dim"))


def differing_lines(before: Exchange, now: Exchange, most: int = _SHOWN) -> tuple[str, ...]:
    """The lines that `print_twice` marks, as plain text: each begins with `-` (before), `+` (now) or a blank (both)."""
    if before.response is None or now.response is None:
        both = () if same(before, now) else (f"-{visible(_told(before))}", f"+{visible(_told(now))}")
        return both[:most]
    lines = list(_shortened(_differing(before.response, now.response), max(2, most // 4)))
    left = len(lines) - most
    return (*lines[:most], f" … {plural(left, 'line')} more") if left > 0 else tuple(lines)


def _shortened(lines: Iterator[str], most: int) -> Iterator[str]:
    """Of many lines that only one answer has, the first ones: else nothing of the other answer would be seen."""
    for mark, group in itertools.groupby(lines, key=lambda line: line[:1]):
        own = list(group)
        yield from own[:most]
        if len(own) > most:
            yield f"{mark}… {plural(len(own) - most, 'line')} more"


def _told(exchange: Exchange) -> str:
    return answered(exchange.response) if exchange.response else f"no answer: {exchange.failure}"


def _marked(before: Exchange, now: Exchange) -> Iterator[Text]:
    if before.response is None or now.response is None:
        yield Text(f"  - {visible(_told(before))}", style="red")
        yield Text(f"  + {visible(_told(now))}", style="green")
        return
    for line in _differing(before.response, now.response):
        style = {"-": "red", "+": "green"}.get(line[:1], "dim")
        yield Text(f"  {line[:1]} {line[1:]}", style=style)


def _differing(before: Response, now: Response) -> Iterator[str]:
    """The differing lines of head and body, with a few around each; the first character says whose a line is."""
    yield from _compared(_head(before), _head(now), 0)
    if before.body != now.body:
        yield from _compared(_body(before), _body(now), _CONTEXT)


def _compared(left: list[str], right: list[str], context: int) -> Iterator[str]:
    differences = difflib.unified_diff(left, right, n=context, lineterm="")
    return (line for line in differences if not line.startswith(("---", "+++", "@@")))


def _head(response: Response) -> list[str]:
    fields = sorted((name.lower(), value) for name, value in response.headers)
    shown = [f"{name}: {visible(value)}" for name, value in fields if name not in _VOLATILE]
    return [f"HTTP {response.status} {visible(response.reason)}", *shown]


def _body(response: Response) -> list[str]:
    shown = excerpt(response.body, "", _LINES)
    return [*shown.lines, *([f"… {plural(shown.below, 'line')} below"] if shown.below else [])]
