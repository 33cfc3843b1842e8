"""`python -m conformance` is the same as `conformance`."""

from conformance.cli import main

main()
