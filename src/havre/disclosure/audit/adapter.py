"""How does a mechanism of another environment let itself be audited? Standard library only: put this folder on its path, or copy the file.

Questions come as lines of JSON on standard input, answers go as lines of JSON to standard output:

    {"load": "name", "rows": [{"age": "0-5", ...}, ...]}  ->  {"loaded": 500}
    {"release": "name", "seed": 7}                        ->  {"cells": [[[["age", "0-5"], ["sex", "girl"]], 12.0], ...]}

A mechanism that fails answers {"error": "..."}; `serve` ends when the input does.
"""

import json
import sys
from typing import Any


def serve(release: Any) -> None:
    """Answer until the input ends; `release(rows, seed)` gives [(((attribute, code), ...), number), ...]. Prints of the mechanism go to
    standard error, so that they cannot be taken for answers."""
    answers, sys.stdout = sys.stdout, sys.stderr
    loaded: dict[str, list[dict[str, str]]] = {}
    for line in sys.stdin:
        question = json.loads(line)
        try:
            if "load" in question:
                loaded[question["load"]] = question["rows"]
                answer: dict[str, Any] = {"loaded": len(question["rows"])}
            else:
                answer = {"cells": list(release(loaded[question["release"]], question["seed"]))}
        except Exception as error:  # noqa: BLE001  whatever the mechanism does is an answer
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)
