"""How is a mechanism that lives in another environment audited? In a process of its own, asked by lines of JSON: see `adapter`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any

from havre.disclosure.audit.mechanism import Cells, People, Release, combination


class PeerFailed(RuntimeError):
    """The other process ended, or answered with an error."""


class Peer:
    """A mechanism (call it with people) in a process that is started on entering and ended on leaving."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[str] | None = None
        self._loaded = 0

    def __enter__(self) -> Peer:
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            with suppress(BrokenPipeError):  # what it did not read before it ended
                process.communicate()
            process.wait()

    def __call__(self, people: People) -> Release:
        self._loaded += 1
        name = str(self._loaded)
        self._ask({"load": name, "rows": [dict(person) for person in people]})
        return lambda seed: self._cells(name, seed)

    def _cells(self, name: str, seed: int) -> Cells:
        answer = self._ask({"release": name, "seed": seed})
        return {combination((str(a), str(c)) for a, c in pairs): float(value) for pairs, value in answer["cells"]}

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise PeerFailed("the process is not running: use the peer in a `with` statement")
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            raise PeerFailed("the process ended") from None
        line = process.stdout.readline()
        if not line:
            raise PeerFailed("the process ended")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise PeerFailed(answer["error"])
        return answer
