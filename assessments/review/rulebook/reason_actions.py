"""The Board's list of why somebody is not rated: adding, changing, ordering, switching off."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.review.rulebook.actions import DOCUMENT, save_rule
from assessments.rules.holding import writing_years
from assessments.rules.models.reasons import UnratedReason
from orgs import audit
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean, match_key

REASON_FIELDS = ("text", "for_organizations", "for_members", "first_year", "is_offered", "known", *DOCUMENT)


@writing_years()
def save_reason(reason: UnratedReason, *, by: Actor) -> None:
    """Add a reason to the end of the list, or change one; what was written into rows stays as it is.

    Raises Refusal for a text that stands in the list already, for one that is for nobody, and for two that
    would stand by themselves for the same.
    """
    others = list(UnratedReason.objects.select_for_update(no_key=True).exclude(pk=reason.pk))
    reason.text = clean(reason.text)
    if match_key(reason.text) in {match_key(one.text) for one in others}:
        raise Refusal(_("This reason stands in the list already."), field="text")
    if not (reason.for_organizations or reason.for_members):
        raise Refusal(_("Say for whom it is: organizations, members or both."), field="for_organizations")
    if reason.known and not reason.for_members:
        raise Refusal(_("Only members are admitted: it must be for members."), field="known")
    if reason.known and reason.known in {one.known for one in others}:
        raise Refusal(
            _("Another reason stands by itself for these; take it back there first."), field="known"
        )
    if not reason.pk:
        reason.position = max((one.position for one in others), default=0) + 1
    save_rule(reason, REASON_FIELDS, by=by, code=reason.text)


@writing_years()
def move_reason(reason: UnratedReason, *, by: Actor, up: bool) -> None:
    """Let it change places with its neighbour; nothing happens at the end of the list."""
    rows = list(UnratedReason.objects.select_for_update(no_key=True))
    at = next(n for n, row in enumerate(rows) if row.pk == reason.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(rows):
        return
    before = {row.pk: row.position for row in rows}
    rows[at], rows[other] = rows[other], rows[at]
    for position, row in enumerate(rows, start=1):
        row.position = position
    UnratedReason.objects.bulk_update(rows, ["position"])
    changes = [
        audit.Change(row, {"position": before[row.pk]}, {"position": row.position}, code=row.text)
        for row in (rows[at], rows[other])
    ]
    audit.record(changes, by=by, action="rules.change")
