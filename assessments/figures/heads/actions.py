"""A unit chooses a way for its villages whose head is no member."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.figures.heads.models import HeadWay, Way
from assessments.figures.heads.villages import Village, villages
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.holding import hold_open_year
from assessments.rules.models.years import Submission
from orgs import audit
from orgs.models import Village as RegisteredVillage
from orgs.versions import writing
from resolution03.lib.errors import Refusal


@writing()
def choose_ways(*, by: Actor, unit: Submission, ways: Mapping[int, str]) -> int:
    """Store the way of each village of the unit named by the key of its line: `a`, `b`, or nothing for one
    still open; how many changed. Raises Refusal when the year is closed, or for a way that the village
    does not have; nothing is stored then."""
    year = hold_open_year(unit.year_id)
    lines = VillageLine.objects.under(unit.unit).filter(pk__in=ways)
    changed = [
        (one, Way(ways[one.line]) if ways[one.line] else None)
        for one in villages(lines, year)
        if ways[one.line] != (one.chosen or "")
    ]
    for village, way in changed:
        if way and way not in village.ways:
            raise Refusal(
                _("%(village)s does not have way %(way)s now.")
                % {"village": village.name, "way": way.value.upper()}
            )
    for village, way in changed:
        _store(village, way)
    audit.record([_told(year.pk, *one) for one in changed], by=by, action="head_way.choose")
    return len(changed)


def _store(village: Village, way: Way | None) -> None:
    """Nobody else writes it meanwhile: the year is held."""
    stored = HeadWay.objects.filter(line=village.line)
    if way is None:
        stored.delete()
        return
    values = {"way": way.value, "chosen_on": timezone.localdate()}
    if not stored.update(**values):
        HeadWay.objects.create(line_id=village.line, **values)


def _told(year: int, village: Village, way: Way | None) -> audit.Change:
    before, after = ({"year": year, "way": (one or "").upper()} for one in (village.chosen, way))
    return audit.Change(RegisteredVillage(pk=village.pk), before, after, village.unit, village.code)
