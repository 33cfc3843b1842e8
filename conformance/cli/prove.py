"""`conformance prove`: the suite against every seeded fault and every personality."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conformance.cli import exits
from conformance.cli.files import FOLDER

if TYPE_CHECKING:
    from conformance.proof import Outcome


@click.command()
@click.option("--api", "chosen", multiple=True, metavar="ID", help="Prove only this API (VENDOR/API); repeatable.")
@click.option("--case", "named", multiple=True, metavar="ID", help="Only this fault or personality; repeatable.")
@click.option("--full", is_flag=True, help="Let every bout run to its end, instead of to the first kill.")
@click.option("--jobs", type=click.IntRange(1), help="Bouts at a time; default: two more than processors.")
@click.option("--out", type=FOLDER, default=Path("reports/proof"), show_default=True,
              help="Where kill-matrix.json and kill-matrix.html go.")  # fmt: skip
@click.option("--readme", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="Write the figures between the marks of this file too.")  # fmt: skip
def prove(
    chosen: tuple[str, ...], named: tuple[str, ...], full: bool, jobs: int | None, out: Path, readme: Path | None
) -> int:
    """Put the suite against every fault and personality of the sandbox, and write the kill matrix.

    Ends with 1 where a must is unproven, a seeded fault is not told, a legal oddity is blamed, or the suite fails.
    """
    from conformance.contract import apis
    from conformance.proof import Matrix, cases, fight
    from conformance.proof.figures import has_marks, show, update
    from conformance.proof.page import page
    from conformance.report.terminal import screen

    for name in chosen:
        if name not in apis():
            raise click.UsageError(f"no API {name!r}; there are {', '.join(apis())}")
    if readme and (named or chosen):
        raise click.UsageError("the figures of the README are those of the whole proof: leave out --api and --case")
    if readme and not has_marks(readme):
        raise click.UsageError(f"{readme} has no <!-- proof --> … <!-- end -->")
    fighting = [case for case in cases(chosen) if not named or case.id in named]
    if missing := set(named) - {case.id for case in fighting}:
        raise click.UsageError(f"no fault and no personality is called {', '.join(sorted(missing))}")
    outcomes = {}
    for number, outcome in enumerate(fight(fighting, jobs=jobs, full=full), 1):
        outcomes[outcome.case.id] = outcome
        click.echo(f"{number} of {len(fighting)}: {outcome.case.id}: {_told(outcome)}", err=True)
    matrix = Matrix(tuple(outcomes[case.id] for case in fighting), chosen, full, bool(named))
    out.mkdir(parents=True, exist_ok=True)
    (out / "kill-matrix.json").write_text(json.dumps(matrix.to_json(), indent=1) + "\n", encoding="utf-8")
    (out / "kill-matrix.html").write_text(page(matrix), encoding="utf-8")
    show(matrix, screen())
    click.echo(f"{out / 'kill-matrix.html'} and {out / 'kill-matrix.json'} written")
    if readme:
        update(readme, matrix)
    return exits.DEVIATION if matrix.gate() else exits.CONFORMS


def _told(outcome: Outcome) -> str:
    if outcome.trouble:
        return "no bout"
    if outcome.case.requirement:
        first = outcome.kills[0] if outcome.kills else None
        return f"{first.verdict} {first.requirement} after {first.requests} requests" if first else "NOT TOLD"
    return "blamed for " + ", ".join(outcome.alarms) if outcome.alarms else "blamed for nothing"
