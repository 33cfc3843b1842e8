"""`conformance run`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import click

from conformance.cli import exits
from conformance.cli.files import FILE, FOLDER

_PYTEST = "conformance.pytest"


class _WithPytestArguments(click.Command):
    """Keeps what follows `--` apart: it is pytest's, and must not be taken for the target."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--" in args:
            place = args.index("--")
            ctx.meta[_PYTEST] = args[place + 1 :]
            args = args[:place]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "[-- PYTEST ARGS]"]


@click.command(cls=_WithPytestArguments)
@click.argument("target", default="")
@click.option("--api", "apis", multiple=True, metavar="ID", help="Judge only this API (VENDOR/API); repeatable.")
@click.option(
    "--profile",
    type=click.Choice(["quick", "standard", "thorough"]),
    default="standard",
    show_default=True,
    help="How much is asked.",
)
@click.option(
    "--requirement",
    "requirements",
    multiple=True,
    metavar="ID",
    help="Run only what verifies this requirement; repeatable.",
)
@click.option(
    "--out",
    type=FOLDER,
    default=Path("reports/latest"),
    show_default=True,
    help="Where run.jsonl and summary.json go.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of every random choice.")
@click.option("--read-only", is_flag=True, help="Send nothing that changes state.")
@click.option("--junitxml", type=FILE, help="Write a JUnit report too.")
@click.option("--alluredir", type=FOLDER, help="Write Allure results too.")
@click.option("--allow-incomplete", is_flag=True, help="Exit 0 although something could not be judged.")
@click.option("--baseline", "baseline_file", type=FILE, help="Deviations that are accepted, and until when.")
@click.option("--gate", is_flag=True, help="Print what a CI log needs, one line for each thing, instead of the report.")
@click.pass_context
def run(
    ctx: click.Context, /, junitxml: Path | None, alluredir: Path | None, baseline_file: Path | None, gate: bool,
    **wishes: Any,
) -> int:  # fmt: skip
    """Judge TARGET: a target file or a bare URL (with --api). Without it, the embedded reference sandbox.

    What follows -- goes to pytest (-k, -x, --lf, …), whose own report is then shown before ours.
    """
    from conformance.cli.conclusion import conclude, failed
    from conformance.contract import apis, load
    from conformance.run.baseline import Baseline, BaselineError
    from conformance.run.launch import launch
    from conformance.run.runfile import RUN_FILE
    from conformance.run.settings import Settings

    for api in apis():
        load(api)  # a contract that cannot be read is told in its own words, before pytest begins
    try:
        accepted = Baseline.read(baseline_file) if baseline_file else None
    except BaselineError as error:  # before anything is sent
        failed(str(error), gate=gate)
        return exits.UNUSABLE
    settings = Settings(**wishes)
    arguments = cast("list[str]", ctx.meta.get(_PYTEST, []))
    ended = launch(settings, junitxml=junitxml, alluredir=alluredir, pytest_arguments=arguments)
    run_file = settings.out / RUN_FILE
    if ended.stopped:
        failed(ended.stopped, gate=gate)
        if gate and run_file.exists():
            conclude(run_file, accepted, gate=True)
        return exits.UNUSABLE
    for problem in ended.broken:
        failed(f"the suite itself is broken: {problem}", gate=gate)
    if ended.nothing_selected and not run_file.exists():
        failed("the pytest arguments select no test, so nothing was judged", gate=gate)
        return exits.CONFORMS if settings.allow_incomplete else exits.INCOMPLETE
    if not run_file.exists():
        # pytest has told why on standard error; only his own arguments are the user's fault.
        return exits.UNUSABLE if arguments and not ended.broken else exits.SUITE_ERROR
    status = conclude(run_file, accepted, gate=gate)
    return exits.SUITE_ERROR if ended.internal_error else status
