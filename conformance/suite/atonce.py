"""Sends several requests at the same moment: what one of them does must not be lost or mixed up with what another does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from conformance.checks import Answer
from conformance.suite.client import Api


def at_once(api: Api, sends: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """The answers, in the sequence of the requests; they are judged in the caller's thread.

    Args:
        api: judges the answers.
        sends: each sends one request and does not judge its answer.
    """
    gate = threading.Barrier(len(sends))

    def send(one: Callable[[], Answer]) -> Answer:
        gate.wait()
        return one()

    with api.context.recorder.sending_at_once(), ThreadPoolExecutor(len(sends), thread_name_prefix="at-once") as pool:
        answers = list(pool.map(send, sends))
    for answer in arrived(answers):
        api.judge_answer(answer)
    return answers


def arrived(answers: Iterable[Answer]) -> list[Answer]:
    """Answers to the same request in the order in which they came, which is on record; which thread asked first is not."""
    return sorted(answers, key=lambda answer: (len(answer.id), answer.id))
