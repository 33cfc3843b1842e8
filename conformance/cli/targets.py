"""`conformance sandbox`, `conformance target` and `conformance doctor`: what there is to judge."""

from __future__ import annotations

from pathlib import Path

import click

from conformance.cli import exits
from conformance.cli.files import FILE


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: a free one.")
@click.option("--database", default="sqlite://", metavar="URL", help="Any SQLAlchemy URL; default: in memory.")
@click.option("--fault", "wrong", multiple=True, metavar="ID", help="Break this clause (VENDOR/NAME); repeatable.")
@click.option("--personality", "odd", multiple=True, metavar="ID", help="Keep the contract oddly; repeatable.")
def sandbox(host: str, port: int, database: str, wrong: tuple[str, ...], odd: tuple[str, ...]) -> None:
    """Serve the reference sandbox until Ctrl-C."""
    from conformance.contract import vendors
    from conformance.sandbox.server import serve
    from conformance.sandbox.spawn import target_file

    keeps = "breaks what it was told to break" if wrong else "keeps every contract"
    click.echo(f"The reference sandbox {keeps}; nothing in it is real. Its first line of output is", err=True)
    click.echo("the base_url for a target file. What else the file needs:", err=True)
    for vendor in vendors():
        click.echo(f"\nFor {vendor}:\n\n{target_file(vendor).read_text(encoding='utf-8')}", err=True)
    serve(host, port, database_url=database, overrides=_overrides(wrong, odd))


def _overrides(wrong: tuple[str, ...], odd: tuple[str, ...]) -> list[str]:
    """The classes of rules behind faults and personalities, by the names that the sandbox takes."""
    from conformance.contract.spelling import meant
    from conformance.sandbox.faults import faults, personalities

    found = []
    for kind, names, known in (("fault", wrong, faults()), ("personality", odd, personalities())):
        for name in names:
            if name not in known:
                raise click.UsageError(f"no {kind} {name!r}{meant(name, known)}")
            rules = known[name].rules
            found.append(f"{rules.__module__}:{rules.__qualname__}")
    return found


@click.group()
def target() -> None:
    """Target files: what to judge, who we are there, and what may be done to it."""


@target.command("init")
@click.argument("vendor")
@click.option("--out", type=FILE, help="Default: standard output.")
@click.option("--force", is_flag=True, help="Write over a file that is already there.")
def init(vendor: str, out: Path | None, force: bool) -> int:
    """Write a commented target file for VENDOR."""
    from conformance.contract import load_vendor, vendors
    from conformance.target.template import template

    if vendor not in vendors():
        raise click.UsageError(f"no vendor {vendor!r}; there are {', '.join(vendors())}")
    text = template(load_vendor(vendor))
    if out is None:
        click.echo(text, nl=False)
    elif out.exists() and not force:
        raise click.UsageError(f"{out} is already there; --force writes over it")
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"{out} written; set the environment variables that it names, then: conformance run {out}")
    return exits.CONFORMS


@click.command()
@click.argument("target_", metavar="TARGET")
def doctor(target_: str) -> int:
    """Check step by step whether TARGET can be judged, and say what to mend."""
    from conformance.run.doctor import examine
    from conformance.wire.excerpt import visible

    healthy = True
    for step in examine(target_):
        healthy &= step.good
        click.echo(f"{'ok ' if step.good else 'FIX'}  {step.name}: {visible(step.text)}")
    return exits.CONFORMS if healthy else exits.UNUSABLE
