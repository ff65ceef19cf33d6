"""`python -m bench.web.told RESULT.json`: the figures of one run as a table, written into bench/README.md at its place."""

import json
import sys
from pathlib import Path
from typing import Any

README = Path(__file__).resolve().parents[1] / "README.md"


def table(result: dict[str, Any]) -> str:
    """One run as Markdown: what was loaded, each goal, each page."""
    machine, busy = result["machine"], result.get("slowdown") or []
    lines = [
        f"{result['persons']:,} persons, {result['cases']:,} cases, database {result['database_mib']:,} MiB; {machine['cores']} cores, "
        f"{machine['memory_gib']} GiB, Python {machine['python']}.",
        f"Load average at the end {result['busy'][0]}" + (f"; computing took {max(busy):.1f} times as long as on a quiet machine." if busy else "."),
        "", "| goal | measured | met |", "|---|---|---|"]
    lines += [f"| {g['goal']} | {g['value']:,} | {'yes' if g['met'] else '**no**'} |" for g in result["goals"]]
    lines += ["", "| page | p50 ms (server) | p95 ms (server) | p95 ms (outside) | n |", "|---|---|---|---|---|"]
    lines += [f"| {name} | {f['p50']} | {f['p95']} | {result['outside_ms'][name]['p95']} | {f['n']} |" for name, f in result["server_ms"].items()]
    q = result["tracing_query_ms"]
    lines += [f"| tracing query inside the application | {q['p50']} | {q['p95']} | | {q['n']} |", "",
              f"Tracing query: the child sought stands first in {result['recall_at_1']:.1%} and among the first ten in {result['recall_at_10']:.1%} of {q['n']} questions."]
    return "\n".join(lines)


def place(text: str, mark: str, words: str) -> str:
    """`text` with what stands between the marks replaced."""
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{words}\n{end}{after}"


if __name__ == "__main__":
    told = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    README.write_text(place(README.read_text("utf-8"), "web quick" if told["quick"] else "web full", table(told)), "utf-8")
