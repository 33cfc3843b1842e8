"""The few shapes that reports are made of: headings, labelled lines, texts that cannot harm a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from conformance.run.finding import Verdict
from conformance.wire import Response
from conformance.wire.excerpt import visible

_NARROWEST = 20
"""Below this a text is not wrapped any further, however narrow the screen is."""
STYLES = {
    Verdict.FAIL: "bold red",
    Verdict.SUITE_ERROR: "bold magenta",
    Verdict.INCONCLUSIVE: "bold yellow",
    Verdict.WARN: "yellow",
    Verdict.BLOCKED: "dim",
    Verdict.NOT_TESTABLE: "yellow",
    Verdict.OBSERVED: "cyan",
    Verdict.PASS: "green",
    Verdict.NOT_APPLICABLE: "dim",
}


def words(verdict: Verdict) -> str:
    """The verdict as it is spoken: `not testable`."""
    return str(verdict).replace("_", " ")


def plural(number: int, noun: str) -> str:
    """`1 request`, `2 requests`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def some(ids: Iterable[str], most: int = 4) -> str:
    """A few ids, and how many more there are."""
    every = sorted(set(ids))
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more


def answered(response: Response) -> str:
    """An answer in one line, without its body."""
    kind = response.header("Content-Type") or "no Content-Type"
    return f"HTTP {response.status} {response.reason}, {kind}, {plural(len(response.body), 'byte')}"


def heading(console: Console, text: str, style: str = "bold") -> None:
    """A line that opens a part of the report."""
    console.print()
    console.print(Text(visible(text), style=style))


def labelled(console: Console, rows: Iterable[tuple[str, str]]) -> None:
    """Labels on the left, texts wrapped on the right; rows without a text are left out."""
    shown = [(label, visible(text)) for label, text in rows if text]
    indent = 2 + max((cell_len(label) for label, _ in shown), default=0) + 2
    for label, text in shown:
        head = Text(f"  {label}".ljust(indent), style="dim")
        for line in Text(text).wrap(console, max(_NARROWEST, console.width - indent), overflow="fold"):
            line.rstrip()
            console.print(head + line, soft_wrap=True)
            head = Text(" " * indent)


def items(console: Console, texts: Iterable[str]) -> None:
    """A list, one dash each."""
    labelled(console, (("-", text) for text in texts))


def unbroken(console: Console, text: str) -> None:
    """A line that is to be copied: no line break of ours goes into it."""
    console.print(Text(visible(text)), soft_wrap=True)
