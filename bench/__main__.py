"""`./run bench NAME [--quick]`: run one benchmark, keep its result, print one JSON line at the end."""

import json
import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

NAMES = ("linkage", "statistics", "web")
RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30 if hasattr(os, "sysconf") else 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {"cores": cores, "memory_gib": memory, "python": platform.python_version(), "system": platform.system(),
            "processor": platform.machine()}


def main(arguments: list[str]) -> int:
    """Run the named benchmark; exit 2 when there is none of that name."""
    names = [a for a in arguments if not a.startswith("-")]
    if len(names) != 1 or names[0] not in NAMES:
        print(f"Say which: {', '.join(NAMES)}   (--quick for at most ten minutes)", file=sys.stderr)
        return 2
    quick = "--quick" in arguments
    further = {name: value for name, equals, value in (a[2:].partition("=") for a in arguments if a.startswith("--")) if equals}
    result = import_module(f"bench.{names[0]}").run(quick=quick, **further)
    result = {"bench": names[0], **result, "machine": machine(), "quick": quick}
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M")
    (RESULTS / f"{names[0]}-{'quick' if quick else 'full'}-{stamp}.json").write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
