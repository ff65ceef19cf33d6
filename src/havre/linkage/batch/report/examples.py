"""Pairs that a person should look at: those nearest to where one person and another part, with what speaks for and against."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from havre.linkage.batch.report.tables import table
from havre.linkage.batch.result import Links
from havre.linkage.batch.words import Language
from havre.linkage.files import Table

HIDDEN = ("id", "agency")


def examples(links: Links, files: tuple[Table, Table], columns: tuple[dict[str, str], dict[str, str]], rows: tuple[Any, Any],
             probability: Any, most: int, _: Language) -> str:  # fmt: skip
    """The `most` pairs with a probability nearest to one half, both rows side by side."""
    order = np.argsort(np.abs(probability - 0.5), kind="stable")[:most]
    words = _("These pairs are the least sure. Look at each with someone who knows the language and the files, and decide: one person, or two?")
    shown = [_pair(links, files, columns, (int(rows[0][k]), int(rows[1][k])), int(k), _) for k in order.tolist()]
    if not shown:
        nothing = _("No pair was found.")
        shown = [f"<p>{escape(nothing)}</p>"]
    heading = _("Pairs to look at first")
    return f"<section><h2>{escape(heading)}</h2><p>{escape(words)}</p>{''.join(shown)}</section>"


def _pair(links: Links, files: tuple[Table, Table], columns: tuple[dict[str, str], dict[str, str]], rows: tuple[int, int], k: int,
          _: Language) -> str:  # fmt: skip
    held = {name: values[k].as_py() for name, values in ((n, links.table[n]) for n in links.table.column_names)}
    percent = _("{probability} in a hundred that they are one person, {family} that they are of one family.").format(
        probability=_.whole(100 * held["probability"]), family=_.whole(100 * held["family_probability"]))
    reasons = sorted(((held[f"{f}_weight"], f, held[f"{f}_level"]) for f in links.fields if held[f"{f}_level"] is not None), reverse=True)
    reason = _("{field}: {level}")
    for_it = [reason.format(field=_.field(f), level=_.level(level)) for weight, f, level in reasons if weight >= 0.25]
    against = [reason.format(field=_.field(f), level=_.level(level)) for weight, f, level in reversed(reasons) if weight <= -0.25]
    both = [name for name in dict.fromkeys((*columns[0], *columns[1])) if name not in HIDDEN]
    lines = []
    for name in both:
        cells = [_cell(t, c.get(name), row) for t, c, row in zip(files, columns, rows, strict=True)]
        if any(cells):
            lines.append((columns[0].get(name) or columns[1][name], *cells))
    head = ["", held["left_id"], held["right_id"]]
    nothing = _("nothing")
    said = "".join(f"<p>{escape(label)} {escape('; '.join(words) or nothing)}.</p>"
                   for label, words in ((_("For it:"), for_it), (_("Against it:"), against)))  # fmt: skip
    title = _("{pair}: {verdict}").format(pair=f"{held['left_id']} – {held['right_id']}", verdict=_.verdict(held["verdict"]))
    return f'<article class="pair"><h3>{escape(title)}</h3><p>{escape(percent)}</p>{said}{table(head, lines)}</article>'


def _cell(file: Table, header: str | None, row: int) -> str:
    if header is None:
        return ""
    value = file.columns[header][row]
    value = value.as_py() if hasattr(value, "as_py") else value
    return "" if value is None else str(value)

