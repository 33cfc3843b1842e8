"""`conformance perturb`: the suite against a sandbox whose answers are altered at random."""

from __future__ import annotations

import json
from pathlib import Path

import click

from conformance.cli import exits
from conformance.cli.files import FOLDER


@click.command()
@click.option("--vendor", "chosen", multiple=True, metavar="NAME", help="Only this vendor's sandbox; repeatable.")
@click.option("--answers", type=click.IntRange(1), default=2000, show_default=True,
              help="How many answers of each vendor are to be altered in meaning.")  # fmt: skip
# Seldom enough that most tests are met by one altered answer or none.
@click.option("--every", type=click.IntRange(1), default=12, show_default=True, help="Alters one answer in so many.")
@click.option("--seed", "first", type=int, default=1, show_default=True, help="The first run's seed; the others count up.")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True, help="Runs at a time.")
@click.option("--least", type=click.FloatRange(0, 100), default=0.0, show_default=True, metavar="PER CENT",
              help="End with 1 where a vendor's share is lower.")  # fmt: skip
@click.option("--out", type=FOLDER, default=Path("reports/proof"), show_default=True,
              help="Where perturbed.json and perturbed.md go.")  # fmt: skip
def perturb(
    chosen: tuple[str, ...], answers: int, every: int, first: int, jobs: int, least: float, out: Path
) -> int:
    """Alter answers of the sandbox at random, and count how many of them the suite notices, by kind.

    Written anew after every run, so that an interrupted count is still there.
    """
    from conformance.contract import vendors
    from conformance.proof.strangeness import Noticed
    from conformance.proof.strangers import meet, page

    if unknown := [name for name in chosen if name not in vendors()]:
        raise click.UsageError(f"no vendor {unknown[0]!r}; there are {', '.join(vendors())}")
    met = {name: Noticed() for name in chosen or vendors()}
    out.mkdir(parents=True, exist_ok=True)
    for vendor, seed, noticed in meet(list(met), answers, jobs=jobs, first=first, every=every):
        met[vendor].add(noticed)
        click.echo(f"{vendor}, seed {seed}: {noticed.caught.total()} of {noticed.altered.total()} noticed; so far "
                   f"{met[vendor].share:.1%} of {met[vendor].altered.total()}", err=True)  # fmt: skip
        begun = {name: one for name, one in met.items() if one.runs}
        told = {"every": every, "first_seed": first, "vendors": {name: one.to_json() for name, one in begun.items()}}
        (out / "perturbed.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        (out / "perturbed.md").write_text(page(begun, every), encoding="utf-8")
    click.echo(f"{out / 'perturbed.md'} and {out / 'perturbed.json'} written")
    return exits.DEVIATION if any(one.share * 100 < least for one in met.values()) else exits.CONFORMS
