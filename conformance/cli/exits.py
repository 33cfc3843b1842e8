"""The exit statuses, which scripts rely on."""

CONFORMS = 0
DEVIATION = 1
BASELINE = 2
"""Stale, expired or matching nothing. Reserved: no other error may end with it."""
UNUSABLE = 3
"""The command line, the target or the contract cannot be used, or nobody answers."""
SUITE_ERROR = 4
INCOMPLETE = 5
