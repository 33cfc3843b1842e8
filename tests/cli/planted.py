"""A sandbox with one rule turned wrong, and with an answer that would like to drive the reader's terminal."""

from __future__ import annotations

from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.rules.messages import Operation

WRONG = "\x1b[2J[bold red]Wrong[/bold red]"


class WrongMessage(Rules):
    """Breaks OS-106 and nothing else."""

    def message(self, operation: Operation, code: int) -> str:
        return WRONG if code == 106 else super().message(operation, code)
