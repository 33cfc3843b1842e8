"""One run, from the first contact to the summary: what the plugin's hooks call."""

from __future__ import annotations

import importlib
import itertools
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

import pytest

from conformance.checks import Broken, NotApplicable
from conformance.checks.judge import Attempt
from conformance.run.attempts import Conductor
from conformance.run.finding import Finding, Verdict
from conformance.run.opening import open_contexts
from conformance.run.past import Past
from conformance.run.policy import Ending, Policy
from conformance.run.runfile import RUN_FILE, RunFile
from conformance.run.selection import Citations, test_id
from conformance.run.settings import Settings
from conformance.run.summary import SUMMARY_FILE, write_summary
from conformance.run.told import told
from conformance.suite.context import Context
from conformance.suite.probe import RootFault, Unauthorised, Unreachable
from conformance.wire import NotInEvidence

TEARDOWN = "teardown"
BESIDE_TESTS = ("", TEARDOWN)
"""What stands for a test where the first contact and the cleaning up ask."""


class Broke(pytest.fail.Exception):  # type: ignore[name-defined,misc] # an attribute that pytest adds at run time
    """Turns a test red; the message is what the run file says."""

    __module__ = "builtins"
    """As pytest's own does: reports then show the message without the path of this class."""
    findings: Sequence[Finding] = ()


class Run:
    """A run in progress."""

    def __init__(self, settings: Settings, citations: Citations) -> None:
        self.settings = settings
        self.citations = citations
        self.contexts: dict[str, Context] = {}
        self.conductors: dict[str, Conductor] = {}
        self._stack = ExitStack()
        self._started = time.monotonic()
        self._conducted: set[str] = set()
        self.trouble = ""
        """Why the run cannot go on at all."""
        self.file = RunFile(settings.out / RUN_FILE)
        self.evidence: Past | None = None
        """What the run that is judged again left, where one is."""

    def open(self) -> None:
        """Opens the targets.

        Raises:
            TargetError: something about a target cannot be used.
        """
        self.evidence = Past.read(self.settings.evidence) if self.settings.evidence else None
        self.contexts = open_contexts(self.settings, self.file, self._stack, self.evidence)
        for vendor, context in self.contexts.items():
            policy = Policy(tuple(context.contracts.values()), context.target.readings)
            self.conductors[vendor] = Conductor(context, policy, self.file.write)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The APIs that are judged."""
        return tuple(api for context in self.contexts.values() for api in context.chosen)

    def plan(self, items: Sequence[pytest.Item], *, narrowed: bool) -> None:
        """Writes down what the chosen tests would judge, so that a run that ends early shows what it left out.

        Args:
            items: the tests that run.
            narrowed: whether pytest's own arguments left others out.
        """
        narrowed = narrowed or (self.evidence is not None and self.evidence.narrowed)
        due = {id_ for item in items for id_ in self.citations[item]}
        tests = [test_id(item) for item in items]
        if self.evidence is not None:
            self.evidence.exchanges.complete({*tests, *BESIDE_TESTS})
        self.file.write({"kind": "plan", "requirements": sorted(due), "tests": tests, "narrowed": narrowed})

    def first_contact(self) -> str:
        """Probes every API; answers why the run cannot go on at all, or "". Root faults block their API."""
        for vendor, context in self.contexts.items():
            trouble = self._contact(self.conductors[vendor], context)
            if trouble:
                self.trouble = trouble
                self.file.write({"kind": "trouble", "text": trouble})
                return trouble
        return ""

    def _contact(self, conductor: Conductor, context: Context) -> str:
        probes = _probes(context)
        probes.prepare(context)
        contacts = {api: probes.contact_with(context, api) for api in context.chosen}
        for contact in contacts.values():
            if isinstance(contact, Unreachable):
                return f"{context.target.origin}: base_url: {context.target.base_url} gives no answer: {contact.reason}"
        refused = [contact for contact in contacts.values() if isinstance(contact, Unauthorised)]
        if refused and len(refused) == len(contacts):
            names = ", ".join(f"credentials.{name}" for name in context.target.vendor.credentials)
            return f"{context.target.origin}: {names}: refused with HTTP {refused[0].status} by every API"
        roots: dict[tuple[str, str], str] = {}
        for api, contact in contacts.items():
            broken = _root_of(context, api, contact)
            if broken:
                self._root(conductor, api, broken, roots)
        return ""

    def _root(self, conductor: Conductor, api: str, broken: Broken, roots: dict[tuple[str, str], str]) -> None:
        """Says a root fault once: an API that fails in the same way as another follows from that one."""
        test = f"first contact with {api}"
        first = roots.setdefault((broken.where, broken.actual), broken.requirement)
        conductor.context.roots[api] = first
        if first != broken.requirement:
            conductor.blocked(test, [broken.requirement], first)
            return
        judgement = conductor.policy.judge(test, [], [Attempt(broken=[broken])], Ending())
        conductor.record(test, judgement, 0)

    def skip_blocked(self, item: pytest.Item) -> str:
        """The requirement whose root finding blocks a test, or ""; the test is then judged as blocked."""
        conductor = self._conductor(item)
        conductor.context.recorder.test = test_id(item)  # what its fixtures ask is asked for it
        root = conductor.context.roots.get(self.citations.api(item), "")
        if root:
            self._conducted.add(item.nodeid)
            conductor.blocked(test_id(item), self.citations[item], root)
        return root

    def conduct(self, item: pytest.Item, body: Callable[[], Any]) -> None:
        """Runs a test; raises what pytest is to see.

        Raises:
            Broke: it met a deviation first, or a bug of ours.
            pytest.skip.Exception: it could not judge.
        """
        self._conducted.add(item.nodeid)
        conductor = self._conductor(item)
        repeatable = item.get_closest_marker("consumes") is None
        cited = self.citations[item]
        if item.get_closest_marker("last"):
            # It looks back at the run: where something was said already, it has nothing to add.
            cited = tuple(requirement for requirement in cited if requirement not in conductor.spoken)
            if not cited:
                return
        judgement = conductor.run(test_id(item), cited, self._in_format(item, body), repeatable=repeatable)
        red = [f for f in conductor.fresh(judgement, test_id(item)) if f.verdict is not Verdict.WARN]
        if red:
            broke = Broke("\n\n".join(told(finding, conductor.policy, self.file) for finding in red), pytrace=False)
            broke.findings = red
            raise broke
        silent = [f for f in judgement.findings if f.requirement in cited]
        if silent and not any(v is Verdict.PASS for v in judgement.verdicts.values()):
            pytest.skip("; ".join(dict.fromkeys(f"{f.verdict}: {f.actual}" for f in silent)))

    def _in_format(self, item: pytest.Item, body: Callable[[], Any]) -> Callable[[], Any]:
        """The test, unless it asks in a format that the target does not offer."""
        form = getattr(item, "callspec", None) and item.callspec.params.get("form")  # type: ignore[attr-defined]
        target = self._conductor(item).context.target
        if not form or target.offers(form):
            return body

        def not_offered() -> None:
            raise NotApplicable(f"{target.name} offers no {form.upper()}")

        return not_offered

    def not_conducted(self, item: pytest.Item, when: str, error: BaseException) -> None:
        """Judges a test whose set-up failed (its fixtures say why as the tests do)."""
        if when != "setup" or item.nodeid in self._conducted:
            return
        self._conducted.add(item.nodeid)

        def again() -> None:
            raise error

        self._conductor(item).run(test_id(item), self.citations[item], again, repeatable=False)

    def close(self) -> None:
        """Removes what the run made, and writes the end and the summary. Safe to call twice."""
        if self.file.closed:
            return
        for context in self.contexts.values():
            context.recorder.test = TEARDOWN
            self._clean_up(context)
        self._stack.close()
        seconds = round(time.monotonic() - self._started, 3)
        if self.evidence is not None:
            # How long it took to ask is part of the evidence, and so is that it never came to its end.
            seconds = self.evidence.seconds
        if self.evidence is None or self.evidence.ended:
            self.file.write({"kind": "end", "seconds": seconds, "requests": self.requests})
        self.file.seal()
        self.file.close()
        write_summary(self.settings.out / RUN_FILE, self.settings.out / SUMMARY_FILE)

    def _clean_up(self, context: Context) -> None:
        """Removes what the run made at a target, and lists what is left over."""
        context.recorder.reserved = 0
        try:
            for leftover in itertools.chain(_probes(context).clean_up(context), context.data.remove()):
                self.file.write({"kind": "leftover", "text": leftover})
        except NotInEvidence:
            pass  # the run that is judged again was killed before it cleaned up
        except Exception as error:  # the summary must be written, whatever happens
            told = context.recorder.redacted(f"{type(error).__name__}: {error}")
            text = f"cleaning up at {context.target.name} ended early: {told}"
            self.file.write({"kind": "leftover", "text": text})

    @property
    def requests(self) -> int:
        """How many requests were sent so far."""
        return sum(context.recorder.count for context in self.contexts.values())

    def _conductor(self, item: pytest.Item) -> Conductor:
        return self.conductors[self.citations.api(item).partition("/")[0]]


def _probes(context: Context) -> Any:
    """The vendor's own `prepare`, `contact_with` and `clean_up`."""
    return importlib.import_module(f"conformance.suite.{context.target.vendor.id}.probes")


def _root_of(context: Context, api: str, contact: object) -> Broken | None:
    match contact:
        case RootFault(broken):
            return broken
        case Unauthorised(status):
            # The credentials are good elsewhere: then refusing them here is the API's own fault.
            requirement = context.contracts[api].roles["answered"]
            return Broken(requirement, "status", "HTTP 200 for the credentials that the other APIs accept", f"HTTP {status}")
    return None

