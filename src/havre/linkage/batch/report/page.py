"""The report as one HTML page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any, Final

import numpy as np

from havre.linkage.batch.engine import ids_of
from havre.linkage.batch.report import facts
from havre.linkage.batch.report.charts import bars, points
from havre.linkage.batch.report.examples import examples
from havre.linkage.batch.report.tables import STYLE, table
from havre.linkage.batch.result import Links
from havre.linkage.batch.words import Language
from havre.linkage.columns import map_columns
from havre.linkage.files import Table

SHOWN: Final = 25  # pairs shown next to the threshold


def page(*, links: Links, left: Table, right: Table, map_left: Mapping[str, str], map_right: Mapping[str, str],
         true: list[tuple[str, str]] | None, _: Language) -> str:  # fmt: skip
    """The report on a result.

    `left`, `right`: the files linked (the same object for one file with itself), with the maps they were linked by; `true`: true pairs
    where they are known; `_`: the language it is written in.
    """
    columns = map_columns(left.columns, map_left), map_columns(right.columns, map_right)
    number = [{name: k for k, name in enumerate(ids_of(t, c).to_pylist())} for t, c in zip((left, right), columns, strict=True)]
    ids = links.table["left_id"].to_pylist(), links.table["right_id"].to_pylist()
    rows = tuple(np.array([index[i] for i in side], np.int64) for side, index in zip(ids, number, strict=True))
    probability = np.array(links.table["probability"].to_pylist(), float)
    right_ones = facts.truth_of(links, true, left is right) if true is not None else None
    parts = [_summary(links, left, right, _), _scores(facts.bins(probability, right_ones), _)]
    parts.append(examples(links, (left, right), columns, (rows[0], rows[1]), probability, SHOWN, _))
    if true is not None and right_ones is not None:
        parts += [_curve(facts.curve(probability, right_ones, len(true)), _), _calibration(facts.bins(probability, right_ones), _)]
    parts += _groups(links, (left, right), columns, (rows[0], rows[1]), number, true, right_ones, _)
    title = escape(_("What linking found"))
    warning = escape(_("This page shows names and dates of people. Keep it where only those who need it can read it, and delete it when done."))
    return (f'<!doctype html><html lang="{_.code}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>"
            f'<p class="warning" role="note">{warning}</p>{"".join(parts)}</main></body></html>')  # fmt: skip


def _summary(links: Links, left: Table, right: Table, _: Language) -> str:
    count = Counter(links.table["verdict"].to_pylist())
    lines = [(_("Rows of the first file"), _.whole(left.rows))]
    if left is not right:
        lines.append((_("Rows of the second file"), _.whole(right.rows)))
    lines += [(_("Pairs compared"), _.whole(links.compared)), (_("Pairs judged to be one person"), _.whole(count["match"])),
              (_("Pairs judged to be of one family"), _.whole(count["family"])), (_("Pairs alike only"), _.whole(count["lookalike"])),
              (_("Matches expected among all pairs, by the fitted model"), _.whole(links.matches_expected))]  # fmt: skip
    heading = _("In short")
    return f"<section><h2>{escape(heading)}</h2>{table([], lines)}</section>"


def _scores(found: list[facts.Bin], _: Language) -> str:
    title = _("How many pairs have which probability of being one person")
    words = _("Few pairs in the middle mean that the files decide clearly. Many mean that people should look at them before anything is merged.")
    chart = bars([b.pairs for b in found], title, _("Probability"), _("Pairs"), _)
    rows = [(f"{_.decimal(b.low, 2)}–{_.decimal(b.high, 2)}", _.whole(b.pairs)) for b in found]
    heading, unfold, head = _("Distribution of probabilities"), _("The same as a table"), [_("Probability"), _("Pairs")]
    return (f"<section><h2>{escape(heading)}</h2><p>{escape(words)}</p>{chart}"
            f"<details><summary>{escape(unfold)}</summary>{table(head, rows)}</details></section>")  # fmt: skip


def _curve(found: list[facts.At], _: Language) -> str:
    title = _("Precision and recall against the truth file")
    words = _("Precision: how many of the pairs taken are true. Recall: how many of the true pairs are taken. Choose the row that suits the work: "
              "before records are merged, precision counts; before a search is given up, recall does.")
    chart = points([(at.recall, at.precision) for at in found], title, _("Recall"), _("Precision"), _)
    rows = [(_.decimal(at.probability), _.whole(at.pairs), _.decimal(at.precision, 3), _.decimal(at.recall, 3), _.decimal(at.f1, 3)) for at in found]
    head = [_("Taken from probability"), _("Pairs"), _("Precision"), _("Recall"), "F1"]
    return f"<section><h2>{escape(title)}</h2><p>{escape(words)}</p>{chart}{table(head, rows)}</section>"


def _calibration(found: list[facts.Bin], _: Language) -> str:
    known = [b for b in found if b.true is not None]
    title = _("Do the probabilities mean what they say?")
    words = _("Of pairs with a probability of 0.8, eight in ten should be true: points near the line. Mean distance over all pairs shown here:")
    chart = points([(b.mean, b.true or 0.0) for b in known], title, _("Probability stated"), _("Share that is true"), _, diagonal=True)
    rows = [(f"{_.decimal(b.low, 2)}–{_.decimal(b.high, 2)}", _.whole(b.pairs), _.decimal(b.mean, 3), _.decimal(b.true or 0.0, 3)) for b in known]
    head = [_("Probability"), _("Pairs"), _("Mean probability"), _("Share that is true")]
    return (f"<section><h2>{escape(title)}</h2><p>{escape(words)} {_.decimal(facts.calibration_error(found), 3)}</p>{chart}"
            f"{table(head, rows)}</section>")  # fmt: skip


def _groups(links: Links, files: tuple[Table, Table], columns: tuple[dict[str, str], dict[str, str]], rows: tuple[Any, Any],
            number: list[dict[str, int]], true: list[tuple[str, str]] | None, right_ones: Any, _: Language) -> list[str]:  # fmt: skip
    """Who is found less well? By the letters in which names are written and, where the files say it, by language."""
    verdict = np.array([v == "match" for v in links.table["verdict"].to_pylist()], bool)
    kinds = [(_("By letters"), [[_.script(name) for name in facts.letters(c, t)] for c, t in zip(columns, files, strict=True)])]
    if all("languages" in c for c in columns):
        kinds.append((_("By language"), [[v or "" for v in t.column(c["languages"])] for c, t in zip(columns, files, strict=True)]))
    found = set(zip(links.table["left_id"].to_pylist(), links.table["right_id"].to_pylist(), strict=True))
    out = []
    for title, (left, right) in kinds:
        missed = Counter(facts.pair_name(left[number[0][a]], right[number[1][b]]) for a, b in true or ()
                         if (a, b) not in found and (b, a) not in found and a in number[0] and b in number[1])  # fmt: skip
        groups = facts.groups(left, right, links, rows, verdict, right_ones, missed)
        head = [title, _("Pairs judged to be one person"), _("Uncertain pairs (0.1 to 0.9)")]
        head += [_("Precision"), _("Recall")] if true is not None else []
        lines = [(g.name or _("not known"), _.whole(g.matches), _.whole(g.uncertain), *([_.decimal(g.precision, 3), _.decimal(g.recall, 3)]
                  if g.precision is not None and g.recall is not None else [])) for g in groups]  # fmt: skip
        words = _("The group that is found least well stands first. Where many pairs are uncertain, ask in that language, and look by hand.")
        out.append(f"<section><h2>{escape(title)}</h2><p>{escape(words)}</p>{table(head, lines)}</section>")
    return out


