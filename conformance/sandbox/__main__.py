"""`python -m conformance.sandbox`: the reference sandbox alone."""

from __future__ import annotations

import argparse
from datetime import datetime

from conformance.sandbox.server import LOOPBACK, serve


def main(arguments: list[str] | None = None) -> None:
    """Parse the command line and serve; a wrong option or override ends with a sentence and exit status 2."""
    parser = argparse.ArgumentParser(prog="conformance sandbox", description="Run the reference sandbox.")
    parser.add_argument("--host", default=LOOPBACK)
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--database", default="sqlite://", metavar="URL", help="default: in memory")
    parser.add_argument("--override", action="append", default=[], metavar="MODULE:NAME", help="repeatable")
    parser.add_argument(
        "--now", type=datetime.fromisoformat, help="stop the clock, for example 2024-02-29T12:00:00"
    )
    parser.add_argument("--until-stdin-closes", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    try:
        serve(
            chosen.host,
            chosen.port,
            database_url=chosen.database,
            overrides=chosen.override,
            now=chosen.now,
            until_stdin_closes=chosen.until_stdin_closes,
        )
    except (ValueError, OSError) as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
