"""Judges an old run with today's suite: the same tests, answered from the run file, by its clock and its seed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from conformance.run.launch import Ended, launch
from conformance.run.past import Past
from conformance.run.runfile import RUN_FILE, RunFileError


def rejudge(run_file: Path, out: Path) -> Path:
    """Judges a run again, in this process; the new `run.jsonl`, which stands in `out` beside its `summary.json`.

    Raises:
        RunFileError: the run file cannot be read, or judging it came to no end.
        OSError: the folder cannot be written.
    """
    ended = judge_again(run_file, out)
    if ended.stopped or ended.broken or ended.internal_error:
        why = ended.stopped or "; ".join(ended.broken) or "the suite broke; standard error has its traceback"
        raise RunFileError(f"{run_file}: could not be judged again: {why}")
    return out / RUN_FILE


def judge_again(run_file: Path, out: Path, *, plugins: Sequence[object] = ()) -> Ended:
    """How judging a run again ended; `run.jsonl` and `summary.json` in `out` tell what came out.

    Raises:
        RunFileError: the run file cannot be read, says too little to be judged again, or stands in `out`.
        OSError: the folder cannot be written.
    """
    past = Past.read(run_file)
    new = out / RUN_FILE
    if new.exists() and new.samefile(run_file):
        raise RunFileError(f"{run_file}: stands where the new results would go; name another folder with --out")
    return launch(past.settings(out), plugins=plugins)
