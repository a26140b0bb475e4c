"""Which units were not complete when the Board closed a year for a reason: said on every page, print and
report of that year. Never a person, and of other units only how many to whoever sees one."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.roster.lacking import Missing
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.figures import number

NAMED = 4


def counted(year: RatingYear, missing: Iterable[Missing]) -> list[dict]:
    """What `RatingYear.closed_without` keeps: each unit with how many rows of each kind were missing."""
    codes = dict(Submission.objects.filter(year=year).values_list("name", "code"))
    units: dict[str, dict] = {}
    for one in missing:
        empty = {"code": codes.get(one.unit, ""), "name": one.unit, "missing": {}}
        units.setdefault(one.unit, empty)["missing"][one.kind] = one.count
    return list(units.values())


def words(year: RatingYear, codes: Collection[str] | None = None) -> str:
    """`closed while 2 units were not complete: …`; empty where nothing was missing. `codes`: of the units
    that may be named, None for all."""
    units = year.closed_without
    if not units:
        return ""
    said = ngettext(
        "closed while %(n)s unit was not complete", "closed while %(n)s units were not complete", len(units)
    ) % {"n": number(len(units))}
    names = [unit["name"] for unit in units if codes is None or unit["code"] in codes]
    if not names:
        return said
    if len(names) > NAMED:
        rest = _("%(n)s more") % {"n": number(len(names) - NAMED)}
        names = [*names[:NAMED], rest]
    if codes is None:
        return f"{said}: {', '.join(names)}"
    return _("%(said)s, among them %(units)s") % {"said": said, "units": ", ".join(names)}
