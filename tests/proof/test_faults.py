"""The seeded faults and personalities: what they break exists, and each says what it does."""

from __future__ import annotations

from conformance.contract import apis, load
from conformance.sandbox.app import find_vendors
from conformance.sandbox.faults import Fault, Personality, faults, personalities

REQUIREMENTS = {id_: (api, row) for api in apis() for id_, row in load(api).requirements.items()}


def everything() -> list[Fault | Personality]:
    return [*faults().values(), *personalities().values()]


def test_every_fault_breaks_a_testable_requirement_of_its_own_vendor() -> None:
    for fault in faults().values():
        for requirement in (fault.requirement, *fault.roots, *fault.shows):
            api, row = REQUIREMENTS[requirement]
            assert api.partition("/")[0] == fault.id.partition("/")[0], fault.id
            assert not row.untested, fault.id


def test_each_one_says_in_a_sentence_what_it_does() -> None:
    for row in everything():
        assert row.says.endswith("."), row.id


def test_each_one_is_laid_over_the_rules_of_its_vendor() -> None:
    rules = {vendor.name: vendor.rules for vendor in find_vendors()}
    for row in everything():
        assert issubclass(row.rules, rules[row.id.partition("/")[0]]), row.id
