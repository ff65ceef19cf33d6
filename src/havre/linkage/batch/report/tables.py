"""Tables and style of the report."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

STYLE: Final = """
body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;margin:0}main{max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}h3{font-size:1rem;margin:0 0 .25rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{text-align:start;padding:.25rem .5rem;border-bottom:1px solid #949494;vertical-align:top}
.warning{border:2px solid #8a4b00;padding:.5rem .75rem}.pair{border:1px solid #949494;padding:.75rem;margin:.75rem 0;break-inside:avoid}
svg{width:100%;min-width:34rem;height:auto;font-size:12px}svg rect,svg circle{fill:#1f4e79}svg polyline{fill:none;stroke:#1f4e79;stroke-width:2}
svg .grid{stroke:#d0d0d0}svg .aim{stroke:#8a4b00;stroke-dasharray:6 4}.scroll{overflow-x:auto}
summary{min-height:2.75rem;display:flex;align-items:center;gap:.5rem;cursor:pointer}summary::before{content:"▸"}details[open]>summary::before{content:"▾"}
@media print{main{max-width:none}details{display:block}section{break-inside:avoid-page}}
"""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; the first cell of each row names it. Text is escaped; its direction follows its letters."""
    top = "<thead><tr>" + "".join(f'<th scope="col">{escape(h)}</th>' for h in head) + "</tr></thead>" if head else ""
    lines = []
    for first, *rest in rows:
        cells = "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in rest)
        lines.append(f'<tr><th scope="row" dir="auto">{escape(first)}</th>{cells}</tr>')
    return f'<div class="scroll" tabindex="0" role="group"><table>{top}<tbody>{"".join(lines)}</tbody></table></div>'
