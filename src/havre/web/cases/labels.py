"""How are codes, ages and times of a case said in the reader's language?"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from havre.reference import codes
from havre.web.parts.reasons import day


def reader() -> str:
    """The reader's language without its region."""
    return (get_language() or "en").split("-")[0]


def label(list_name: str, code: str) -> str:
    """The words of a code; an empty code says nothing."""
    return codes.label(list_name, code, reader()) if code else ""


def labels(list_name: str, wanted: Iterable[str]) -> str:
    """The words of several codes, one after another."""
    return ", ".join(label(list_name, code) for code in wanted)


def age_words(age: tuple[int | None, int | None]) -> str:
    """An age in completed years, or the youngest and oldest it may be."""
    low, high = age
    if low is None and high is None:
        return _("age not known")
    if low is None:
        return _("%(high)s or younger") % {"high": high}
    if high is None:
        return _("%(low)s or older") % {"low": low}
    return str(low) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def moment(at: datetime) -> str:
    """A day and time, such as "17 November, 11:30"."""
    local = timezone.localtime(at)
    return f"{day(local.date(), year=local.year != timezone.localtime().year)}, {formats.time_format(local, 'H:i')}"


def day_words(value: date | datetime | None) -> str:
    """A day with its year; nothing when there is none."""
    if value is None:
        return ""
    return day(timezone.localtime(value).date() if isinstance(value, datetime) else value)


def clock(at: datetime, now: datetime) -> tuple[str, str]:
    """When something is due, as the task list says it: the time or day, and how far away that is."""
    local, here = timezone.localtime(at), timezone.localtime(now)
    away = local - here
    if away < timedelta(0):
        return _day_or_time(local, here), _("%(time)s late") % {"time": span(-away)}
    if local.date() == here.date():
        return formats.time_format(local, "H:i"), _("in %(time)s") % {"time": span(away)}
    if away < timedelta(days=6):
        return formats.date_format(local, "D j"), formats.time_format(local, "H:i")
    return formats.date_format(local, "j N" if local.year == here.year else "j N Y"), _("in %(time)s") % {"time": span(away)}


def _day_or_time(local: datetime, here: datetime) -> str:
    return formats.time_format(local, "H:i") if local.date() == here.date() else formats.date_format(local, "D j")


def span(away: timedelta) -> str:
    """A length of time in words: minutes, hours and minutes, days, or months from two on."""
    minutes = int(away.total_seconds() // 60)
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    if minutes < 24 * 60:
        hours, rest = divmod(minutes, 60)
        return _("%(h)s h %(m)s min") % {"h": hours, "m": rest} if rest else _("%(h)s h") % {"h": hours}
    days = minutes // (24 * 60)
    if days >= 60:
        return ngettext("%(n)s month", "%(n)s months", days // 30) % {"n": days // 30}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
