"""The command line: commands only. Each parses, calls, prints, and ends with one of the statuses of `exits`.

Nothing heavy is imported before a command runs: `conformance --help` is asked for often and in a hurry.
"""

from conformance.cli.entry import main

__all__ = ["main"]
