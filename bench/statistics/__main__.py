"""`python -m bench.statistics [--quick] [--only=PART,PART]`: prints progress, and one JSON object as its last line."""

from __future__ import annotations

import json
import sys

from bench.statistics import run

if __name__ == "__main__":
    parts = ",".join(a.removeprefix("--only=") for a in sys.argv[1:] if a.startswith("--only="))
    print(json.dumps(run(quick="--quick" in sys.argv[1:], only=parts), ensure_ascii=False))
