"""`conformance judge`, `conformance verify` and `conformance replay`: what to do with a run that was made."""

from __future__ import annotations

from pathlib import Path

import click

from conformance.cli import exits
from conformance.cli.files import FOLDER, RUN, from_here, run_file


@click.command()
@click.argument("named", metavar="RUN", type=RUN)
@click.option("--out", type=FOLDER, default=Path("reports/judged"), show_default=True,
              help="Where the new run.jsonl and summary.json go.")  # fmt: skip
def judge(named: Path, out: Path) -> int:
    """Judge RUN again with today's suite and contract: a run.jsonl, or the folder that holds one.

    Nobody is asked: the recorded answers are judged, by the clock and the seed of the run. What the suite asks today and
    the run did not ask is not testable.
    """
    from conformance.report import print_report, read, screen
    from conformance.report.layout import labelled, plural
    from conformance.run.rejudge import judge_again

    ended = judge_again(run_file(named), out)
    if ended.stopped:
        click.echo(f"Error: {ended.stopped}", err=True)
        return exits.UNUSABLE
    for problem in ended.broken:
        click.echo(f"Error: the suite itself is broken: {problem}", err=True)
    evidence = read(run_file(from_here(out)))
    print_report(evidence, screen())
    judged = evidence.tally.header["judged"]
    asked = f"{evidence.tally.requests} of {plural(judged['exchanges'], 'recorded exchange')} judged, no request sent"
    labelled(screen(), [("judged", f"{named}: {asked}")])
    return exits.SUITE_ERROR if ended.internal_error or ended.broken else evidence.tally.exit_status


@click.command()
@click.argument("named", metavar="RUN", type=RUN)
@click.option("--digest", "expected", default="", metavar="SHA256", help="The digest that was kept elsewhere.")
def verify(named: Path, expected: str) -> int:
    """Tell whether RUN is as the run wrote it, by the digest in its last line.

    Ends with 1 where the file was changed, and with 5 where the run did not come to its end and so has no digest.
    """
    from conformance.run import seal

    path = run_file(named)
    found = seal.verify(path, expected)
    if not found.why:
        click.echo(f"{path} is as the run wrote it: SHA-256 {found.sha256}")
        return exits.CONFORMS
    click.echo(f"{path}: {found.why}")
    return exits.INCOMPLETE if found.unfinished else exits.DEVIATION


@click.command()
@click.argument("named", metavar="RUN", type=RUN)
@click.argument("case")
@click.option("--target", default="", metavar="FILE|URL", help="Where to send it; default: the target of the run.")
def replay(named: Path, case: str, target: str) -> int:
    """Send the request of CASE in RUN to the target again, and show both answers.

    CASE is an exchange (x00042), a finding (OC-508-3fa2c1) or a requirement that is not kept (OC-508): then the last
    exchange that shows it. Credentials come from the target file or the environment. What a run would refuse to send is
    not sent. Ends with 1 where the answers differ.
    """
    from conformance.report import screen
    from conformance.report.twice import print_twice, same
    from conformance.run.resend import recorded, send_again
    from conformance.wire import Refused

    path = run_file(named)
    before = recorded(path, case)
    try:
        now = send_again(path, before, target)
    except Refused as error:
        raise click.ClickException(f"{before.id} was not sent: {error}") from None
    print_twice(before, now, screen())
    return exits.CONFORMS if same(before, now) else exits.DEVIATION

