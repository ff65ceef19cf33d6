"""`python -m bench.linkage [--quick]`: prints progress, and one JSON object as its last line."""

from __future__ import annotations

import json
import sys

from bench.linkage.suite import run

if __name__ == "__main__":
    print(json.dumps(run(quick="--quick" in sys.argv[1:]), ensure_ascii=False))
