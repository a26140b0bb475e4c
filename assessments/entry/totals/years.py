"""Years that nobody opened, of which only totals are reported."""

from accounts.actors import Actor
from assessments.roster.tree import Tree
from assessments.roster.units import refresh_units
from assessments.rules.models.years import RatingYear, YearState
from assessments.rules.years import scheme_to_begin
from orgs import audit
from orgs.versions import writing
from resolution03.lib.dates import year_end


@writing()
def ensure_reported_year(year: int, *, by: Actor) -> RatingYear:
    """The year; one never opened is created as a year of reported totals only."""
    found = RatingYear.objects.filter(pk=year).first()
    if found:
        return found
    found, created = RatingYear.objects.get_or_create(
        pk=year, defaults={"scheme": scheme_to_begin(year), "state": YearState.REPORTED}
    )
    if not created:
        return found
    refresh_units(found, Tree(year_end(year)))
    change = audit.Change(found, {"state": "absent"}, {"state": str(found.state)}, code=str(found))
    audit.record([change], by=by, action="year.report")
    return found
