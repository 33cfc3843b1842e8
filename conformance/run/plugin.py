"""The pytest plugin: options, the run around the tests of `conformance.suite`, and a verdict for each of them.

It is inert in every session that collects nothing from the suite. A requirement that is broken fails the test that met
it first; what cannot be tested or is blocked is skipped with the reason; the run file holds the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from conformance.run.settings import Ahead, Settings, now

SUITE = "conformance.suite."
RUN = pytest.StashKey[Any]()
CHOSEN = pytest.StashKey[frozenset[pytest.Item]]()
NARROWED = pytest.StashKey[bool]()
"""Whether pytest's own arguments chose some tests of the suite and not others."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options of a run; all but `--target` carry the name of the suite, so that they clash with nobody's."""
    group = parser.getgroup("conformance", "order API conformance")
    group.addoption("--target", metavar="FILE|URL", default="", help="what to judge; the embedded sandbox by default")
    group.addoption("--conformance-api", action="append", default=[], metavar="ID", help="judge only this API")
    group.addoption("--conformance-requirement", action="append", default=[], metavar="ID",
                    help="run only what verifies this requirement")  # fmt: skip
    group.addoption("--conformance-profile", default="standard", choices=["quick", "standard", "thorough"])
    group.addoption("--conformance-seed", type=int, default=0, metavar="N", help="seed of every random choice")
    group.addoption("--conformance-out", default="", metavar="DIR", help="where run.jsonl and summary.json go")
    group.addoption("--conformance-read-only", action="store_true", help="send nothing that changes state")
    group.addoption("--conformance-evidence", default="", metavar="FILE",
                    help="judge this run.jsonl again, and ask nobody; its header says how")  # fmt: skip
    group.addoption("--conformance-allow-incomplete", action="store_true",
                    help="let a run pass that could not judge everything")  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marks known."""
    config.addinivalue_line("markers", "verifies(*ids): the requirements that a test judges")
    config.addinivalue_line("markers", "consumes: uses up test data, so a deviation is not asked for again")
    config.addinivalue_line("markers", "last: looks back at the whole run")
    if getattr(config.option, "allure_report_dir", None):
        from conformance.run.allure_labels import Labels

        config.pluginmanager.register(Labels(Path(config.option.allure_report_dir)), "conformance-allure-labels")


def _settings(config: pytest.Config) -> Settings:
    option = config.getoption
    out = Path(option("--conformance-out") or "reports/latest")
    if option("--conformance-evidence"):
        from conformance.run.past import Past

        return Past.read(Path(option("--conformance-evidence"))).settings(out)
    clock = now()
    ahead = next((plugin for plugin in config.pluginmanager.get_plugins() if isinstance(plugin, Ahead)), None)
    return Settings(
        out=out,
        target=option("--target"),
        apis=tuple(option("--conformance-api")),
        requirements=tuple(option("--conformance-requirement")),
        profile=option("--conformance-profile"),
        seed=option("--conformance-seed"),
        read_only=option("--conformance-read-only"),
        allow_incomplete=option("--conformance-allow-incomplete"),
        clock=clock,
        local_date=clock.astimezone().date(),
        sandbox_url=ahead.url.result() if ahead and ahead.url else "",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Opens the run if anything of the suite was collected, selects, and refuses tests that cite unknown ids."""
    ours = [item for item in items if _of_suite(item)]
    if not ours or (session.testsfailed and not config.option.continue_on_collection_errors):
        return  # nothing of ours, or a module that cannot be collected: pytest stops here and says why
    from conformance.contract import ContractError
    from conformance.run.runfile import RunFileError
    from conformance.run.selection import Citations, select
    from conformance.run.session import Run
    from conformance.target import TargetError

    try:
        citations = Citations(ours)
    except (ContractError, ValueError) as error:
        raise pytest.UsageError(str(error)) from error
    if config.option.collectonly:
        return
    if hasattr(config, "workerinput"):
        raise pytest.UsageError("one run drives its target from one process: leave out -n (pytest-xdist)")
    try:
        settings = _settings(config)
    except RunFileError as error:
        raise pytest.UsageError(str(error)) from error
    run = Run(settings, citations)
    config.stash[RUN] = run
    try:
        run.open()
        kept, dropped = select(ours, run)
    except (ContractError, RunFileError, TargetError) as error:
        run.close()
        pytest.exit(str(error), returncode=3)
    config.stash[NARROWED] = bool(config.stash.get(NARROWED, False)) or _some_files_only(config, ours)
    config.stash[CHOSEN] = frozenset(kept)
    items[:] = [item for item in items if not _of_suite(item)] + kept
    if dropped:
        config.hook.pytest_deselected(items=dropped)


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Notices tests of the suite that somebody else leaves out (`-k`, `-m`, `--lf`)."""
    for item in items:
        if _of_suite(item) and (CHOSEN not in item.config.stash or item in item.config.stash[CHOSEN]):
            item.config.stash[NARROWED] = True


def _some_files_only(config: pytest.Config, ours: Sequence[pytest.Item]) -> bool:
    """Whether pytest's own arguments name some files or tests of the suite, and not its folders."""
    if any("::" in argument for argument in config.args):
        return True
    collected = {item.path for item in ours}
    return any(file not in collected for folder in {path.parent for path in collected} for file in folder.glob("test_*.py"))


def _of_suite(item: pytest.Item) -> bool:
    module = getattr(item, "module", None)
    return getattr(module, "__name__", "").startswith(SUITE)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Writes the plan, and makes the first contact before the first test."""
    run = session.config.stash.get(RUN, None)
    if run is not None and not session.config.option.collectonly:
        run.plan([item for item in session.items if _of_suite(item)], narrowed=session.config.stash[NARROWED])
        trouble = run.first_contact()
        if trouble:
            pytest.exit(trouble, returncode=3)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """Runs a test of the suite under the conductor; any other test as ever."""
    run = pyfuncitem.config.stash.get(RUN, None)
    if run is None or not _of_suite(pyfuncitem):
        return (yield)
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    test = pyfuncitem.obj
    pyfuncitem.obj = lambda **_: run.conduct(pyfuncitem, lambda: test(**arguments))
    try:
        return (yield)
    finally:
        pyfuncitem.obj = test


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips what a root finding blocks, and names the requirements in the reports of pytest."""
    run = item.config.stash.get(RUN, None)
    if run is None or not _of_suite(item):
        return
    for requirement in run.citations[item]:
        item.user_properties.append(("requirement", requirement))
    blocking = run.skip_blocked(item)
    if blocking:
        pytest.skip(f"blocked: follows from {blocking}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A test that could not even start says so in the run file: a requirement without a verdict is never silent."""
    report: Any = yield
    run = item.config.stash.get(RUN, None)
    if run is not None and _of_suite(item) and call.excinfo is not None:
        run.not_conducted(item, call.when, call.excinfo.value)
    return report  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def conformance_contexts(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    """The context of each vendor that is judged, by vendor id."""
    contexts: Mapping[str, Any] = request.config.stash[RUN].contexts
    return contexts


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Ends the run: removes what it made, writes the end and the summary."""
    run = session.config.stash.get(RUN, None)
    if run is None or run.file.closed:
        return
    if exitstatus == pytest.ExitCode.INTERRUPTED or (run.evidence and run.evidence.stopped):
        run.file.write({"kind": "interrupted"})
    # The status of an internal error is also ours for trouble with the target.
    if exitstatus == pytest.ExitCode.INTERNAL_ERROR and not run.trouble:
        run.file.write({"kind": "broke", "text": "an error outside of any test; standard error has its traceback"})
    run.close()
