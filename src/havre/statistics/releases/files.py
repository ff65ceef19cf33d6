"""Which files does a release come as? Tables as CSV with HXL tags, a data dictionary, the guarantee for machines, and how to read them."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import Any, Final

from havre.exchange.writing import harmless

GUIDE: Final = """{title}
{period}, {country}. Release {code}, version {version}.

Each file tables/*.csv is one table. The first line names the columns, the second is for machines (HXL, https://hxlstandard.org).
  value      about how many, rounded to half a standard error
  low, high  the true number lies between them 95 times in 100
  state      shown: within 30 % of the value. uncertain: less precise than that. too_small: too few to read; zero reads the same,
             and the numbers are left empty. An empty cell is never zero.
dictionary.csv explains every code in English and French. guarantee.json says what is promised about every child, for machines.
Do not rank places whose intervals overlap. Tables add up before rounding.

Cite as: Havre, {title}, {country}, {period}, release {code}, version {version}, {published}. Guarantee {id}.
"""


def archive(tables: Sequence[Mapping[str, Any]], codebook: Mapping[str, Any], guarantee: Mapping[str, Any], *, title: str) -> bytes:
    """One ZIP, the same bytes each time: its times are the day on which the sheet was published or measured."""
    day = datetime.fromisoformat(guarantee["published_on"] or guarantee["measured_on"])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in _files(tables, codebook, guarantee, title):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            box.writestr(entry, content)
    return out.getvalue()


def _files(tables: Sequence[Mapping[str, Any]], codebook: Mapping[str, Any], guarantee: Mapping[str, Any], title: str) -> Iterator[tuple[str, str]]:
    yield "README.txt", GUIDE.format(
        title=title, period=guarantee["period"].replace("/", " to "), country=guarantee["country"], code=guarantee["code"],
        version=guarantee["version"], published=guarantee["published_on"] or guarantee["measured_on"], id=guarantee["release"])
    yield "guarantee.json", json.dumps(guarantee, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    yield "dictionary.csv", _csv(dictionary(codebook))
    for table in tables:
        yield f"tables/{file_name(table)}.csv", _csv(rows(table))


def file_name(table: Mapping[str, Any]) -> str:
    """`age.band-place`, or `total`: codes of ours, never a value."""
    return "-".join(axis["name"] if axis["level"] in {axis["name"], ""} else f"{axis['name']}.{axis['level']}" for axis in table["axes"]) or "total"


def rows(table: Mapping[str, Any]) -> Iterator[list[str]]:
    """A shown table as lines: headings, HXL tags, then one line for each combination of codes."""
    axes = table["axes"]
    yield [*(axis["level"] for axis in axes), *(f"{axis['level']}_label" for axis in axes), "value", "low", "high", "state"]
    yield [*(f"{axis['hxl']}+code" for axis in axes), *(f"{axis['hxl']}+label+i_en" for axis in axes), "#affected+children+num",
           "#affected+children+min", "#affected+children+max", "#status+cell"]
    combinations = product(*(axis["codes"] for axis in axes))
    for chosen, cell in zip(combinations, table["cells"], strict=True):
        numbers = [str(cell[key]) if key in cell else "" for key in ("value", "low", "high")]
        yield [*(code for code, _ in chosen), *(harmless(labels["en"]) for _, labels in chosen), *numbers, cell["state"]]


def dictionary(codebook: Mapping[str, Any]) -> Iterator[list[str]]:
    """Every attribute, level and code with its words."""
    yield ["attribute", "level", "code", "label_en", "label_fr", "hxl"]
    for name, entry in codebook.items():
        for level in entry["levels"]:
            yield [name, level["name"], "", harmless(level["title"]["en"]), harmless(level["title"]["fr"]), entry["hxl"]]
            for code, labels in level["codes"]:
                yield [name, level["name"], code, harmless(labels["en"]), harmless(labels["fr"]), ""]
    for name, words in (("value", "about how many children"), ("low", "lower end of the 95 % interval"), ("high", "upper end of the 95 % interval"),
                        ("state", "shown, uncertain, too_small or not_planned")):
        yield [name, "", "", words, {"value": "nombre approximatif d’enfants", "low": "borne basse de l’intervalle à 95 %",
                                     "high": "borne haute de l’intervalle à 95 %", "state": "shown, uncertain, too_small ou not_planned"}[name], ""]


def _csv(lines: Iterator[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue()
