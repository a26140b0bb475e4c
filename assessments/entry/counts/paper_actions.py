"""Keeping the totals that stand on paper, each answered for itself."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.counting.cells import read
from assessments.entry.counts.explaining_actions import note_paper_total
from assessments.entry.counts.sent import CONFLICT, REFUSED, SAVED, Answer, Sent
from assessments.entry.counts.stored import BLANK, Stored, paper_totals
from assessments.entry.desk import Desk
from assessments.rules.models.counts import MOST
from orgs.models import Organization
from resolution03.lib.errors import Refusal

MOST_ON_PAPER = MOST * 1000


def save_papers(by: Actor, desk: Desk, sent: Iterable[Sent], period: str, *, with_unit: bool) -> list[Answer]:
    """Each total is answered for itself; of places that the writer does not hold none is taken."""
    sent = list(sent)
    places = _places(desk, {one.pk for one in sent}, with_unit=with_unit) if sent else {}
    stored = paper_totals(desk.year, period, places)
    return [_saved(by, desk, one, places, stored.get((one.pk, one.code), BLANK), period) for one in sent]


def _places(desk: Desk, wanted: set[int], *, with_unit: bool) -> Mapping[int, Organization]:
    lines = desk.organizations.filter(organization__in=wanted).values("organization")
    found = list(Organization.objects.filter(pk__in=lines))
    if with_unit and desk.submission.unit_id in wanted:
        found.append(desk.submission.unit)
    return {place.pk: place for place in found}


def _saved(
    by: Actor, desk: Desk, one: Sent, places: Mapping[int, Organization], stored: Stored, period: str
) -> Answer:
    typed = read(one.count or "", MOST_ON_PAPER)
    if one.pk not in places or typed.fault:
        return Answer(one.pk, one.key, REFUSED, why=typed.fault or _("Not in the roster of this year."))
    if one.mark != stored.mark and typed.number != stored.count:
        return Answer(one.pk, one.key, CONFLICT, stored)
    try:
        note_paper_total(
            by=by,
            year=desk.year.pk,
            submission=desk.submission,
            place=places[one.pk],
            code=one.code,
            total=typed.number,
            period=period,
        )
    except Refusal as refusal:
        return Answer(one.pk, one.key, REFUSED, why=str(refusal))
    now = paper_totals(desk.year, period, [one.pk])
    return Answer(one.pk, one.key, SAVED, now.get((one.pk, one.code), BLANK))
