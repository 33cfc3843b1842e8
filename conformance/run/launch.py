"""Starts the suite: pytest inside this process, kept apart from the project in whose folder it is started."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from conformance.contract import vendors
from conformance.run.runfile import RUN_FILE
from conformance.run.settings import Ahead, Settings
from conformance.run.summary import SUMMARY_FILE, write_summary
from conformance.sandbox.spawn import spawned
from conformance.target import TargetError, bare_url, from_file

_PACKAGE = Path(__file__).resolve().parents[1]
_FOREIGN = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")
_STORAGE = "HYPOTHESIS_STORAGE_DIRECTORY"
"""Hypothesis writes there even with its example database off; by default into the current folder."""


@dataclass(frozen=True)
class Ended:
    """How pytest ended."""

    status: int
    stopped: str = ""
    """Why the run could not go on, in the words for its reader, or ""."""
    broken: tuple[str, ...] = ()
    """Modules of the suite that could not be collected, with the reason."""

    @property
    def nothing_selected(self) -> bool:
        """Whether pytest's own options left no test to run."""
        return self.status == pytest.ExitCode.NO_TESTS_COLLECTED

    @property
    def internal_error(self) -> bool:
        """Whether pytest itself or one of our hooks failed."""
        return self.status == pytest.ExitCode.INTERNAL_ERROR and not self.stopped


def launch(
    settings: Settings,
    *,
    junitxml: Path | None = None,
    alluredir: Path | None = None,
    pytest_arguments: Sequence[str] = (),
    plugins: Sequence[object] = (),
    modules: Iterable[Path] = (),
) -> Ended:
    """Runs the suite; `run.jsonl` and `summary.json` in `settings.out` tell what came out, or went wrong.

    With `pytest_arguments` pytest writes its own report to standard output; else our progress is written to
    standard error. `modules` are those of the suite that are collected; default: all of the vendors that are judged.

    Raises:
        OSError: the folder for the results cannot be written.
    """
    settings = replace(settings, out=settings.out.absolute())
    settings.out.mkdir(parents=True, exist_ok=True)
    for name in (RUN_FILE, SUMMARY_FILE):
        (settings.out / name).unlink(missing_ok=True)  # an old result must never pass for this run's
    watch = _Watch()
    plugins = [watch, *plugins]
    if not pytest_arguments:
        from conformance.run.console import Progress

        plugins.append(Progress())
    arguments = [*apart(), "-p", "conformance.run.plugin", *_wishes(settings)]
    # Where `--lf` and its like look for the last run.
    arguments += ["-o", f"cache_dir={settings.out / '.pytest_cache'}"]
    arguments += ["-p", "allure_pytest", "--alluredir", str(alluredir)] if alluredir else []
    arguments += [f"--junitxml={junitxml}"] if junitxml else []
    arguments += pytest_arguments or ["-p", "no:terminal"]
    with own_environment(), _sandbox_ahead(settings) as ahead:
        plugins.append(ahead)
        try:
            status = int(pytest.main([*arguments, *(map(str, modules) if modules else _folders(settings))], plugins=plugins))
        except KeyboardInterrupt:  # a second one, while the run was being closed
            status = int(pytest.ExitCode.INTERRUPTED)
    if (settings.out / RUN_FILE).exists() and not (settings.out / SUMMARY_FILE).exists():
        write_summary(settings.out / RUN_FILE, settings.out / SUMMARY_FILE)
    return Ended(status, watch.stopped, tuple(watch.broken))


def apart() -> list[str]:
    """What keeps a foreign pytest.ini and foreign plugins away, wherever the command is started."""
    return [
        "-c", os.devnull, "--rootdir", str(_PACKAGE.parent), "--confcutdir", str(_PACKAGE),
        "--disable-plugin-autoload",
        "--assert=plain",  # the suite judges by outcomes: to rewrite its asserts costs 0.1 s
        "-p", "no:randomly",  # the order is part of a run's evidence
        "--capture=sys",  # the progress line is drawn by a thread, which file descriptors would catch too
    ]  # fmt: skip


def _wishes(settings: Settings) -> list[str]:
    if settings.evidence:
        return ["--conformance-evidence", str(settings.evidence.absolute()), "--conformance-out", str(settings.out)]
    wishes = ["--conformance-profile", settings.profile, f"--conformance-seed={settings.seed}"]
    wishes += ["--conformance-out", str(settings.out)]
    wishes += [f"--target={settings.target}"] if settings.target else []
    wishes += [f"--conformance-api={api}" for api in settings.apis]
    wishes += [f"--conformance-requirement={requirement}" for requirement in settings.requirements]
    wishes += ["--conformance-read-only"] if settings.read_only else []
    return wishes + (["--conformance-allow-incomplete"] if settings.allow_incomplete else [])


def _folders(settings: Settings) -> list[str]:
    """The suite's folders of the vendors that are judged; all of them where the wishes make no sense.

    The run then says what is wrong with them, in its file too.
    """
    try:
        if "://" in settings.target:
            chosen = {bare_url(settings.target, settings.apis).vendor.id}
        elif settings.target:
            chosen = {from_file(Path(settings.target)).vendor.id}
        else:
            chosen = {api.partition("/")[0] for api in settings.apis}
    except TargetError:
        chosen = set()
    return suite_folders([vendor for vendor in vendors() if vendor in chosen] or vendors())


def suite_folders(of: Iterable[str]) -> list[str]:
    """Where the suite of each vendor lies.

    Paths and no module names: for these pytest would also read a conftest.py in the user's own folder.
    """
    return [str(_PACKAGE / "suite" / vendor) for vendor in of]


@contextmanager
def _sandbox_ahead(settings: Settings) -> Iterator[Ahead]:
    """Starts the embedded sandbox, where no target is named, while pytest still collects."""
    with ExitStack() as stack, ThreadPoolExecutor(1, thread_name_prefix="sandbox") as pool:
        wanted = not settings.target and not settings.evidence
        yield Ahead(pool.submit(stack.enter_context, spawned()) if wanted else None)


@contextmanager
def own_environment() -> Iterator[None]:
    """Keeps the user's pytest options out, which are meant for his own tests, and our litter out of his folder."""
    kept = {name: os.environ.pop(name) for name in (*_FOREIGN, _STORAGE) if name in os.environ}
    with TemporaryDirectory(prefix="conformance-") as scratch:
        os.environ[_STORAGE] = scratch
        try:
            yield
        finally:
            del os.environ[_STORAGE]
            os.environ.update(kept)


@dataclass(eq=False)  # pytest keeps plugins in sets
class _Watch:
    """Hears why pytest ended, which its exit status alone does not tell."""

    stopped: str = ""
    broken: list[str] = field(default_factory=list)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(f"{report.nodeid}: {report.longreprtext}")

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[Any]) -> None:
        if isinstance(excinfo.value, pytest.exit.Exception):
            self.stopped = excinfo.value.msg
