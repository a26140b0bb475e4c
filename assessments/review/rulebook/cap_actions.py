"""Caps, exceptions from them and groups of like bodies: stored and taken away by the Board."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.review.rulebook.actions import DOCUMENT, remove_rule, save_rule
from assessments.review.rulebook.refusing import (
    refuse_foreign_codes,
    refuse_overlap,
    refuse_second_exception,
    refuse_shared_entries,
    refuse_years,
)
from assessments.roster.models.tallies import Subject
from assessments.rules.holding import writing_years
from assessments.rules.models.caps import Cap, CapBase, CapException, CapGroup, LikeBy, LikeGroup
from assessments.rules.models.years import RatingYear, YearState
from orgs.models import Organization
from resolution03.lib.errors import Refusal
from resolution03.lib.text import match_key

CAP_FIELDS = (
    "subject",
    "level_code",
    "percent",
    "base",
    "base_level_code",
    "group",
    "least_size",
    "first_year",
    "last_year",
    "is_default",
    "article",
    *DOCUMENT,
)
EXCEPTION_FIELDS = ("unit", "year", "subject", "level_code", "percent", *DOCUMENT)
LIKE_FIELDS = ("name", "by", "entries", *DOCUMENT)
_DRAWN_BY = {CapGroup.UNIT_TYPE: LikeBy.TYPE, CapGroup.NAMED: LikeBy.ORGANIZATION}


@writing_years()
def save_cap(cap: Cap, *, by: Actor) -> None:
    """Add or change a cap. Raises Refusal for levels that a scheme of its years does not have,
    for groups that make no sense, and when two caps would hold in one year."""
    refuse_years(cap)
    _refuse_percent(cap.percent)
    _refuse_groups(cap)
    if cap.base == CapBase.RATED:
        cap.base_level_code = ""
    elif not cap.base_level_code:
        raise Refusal(_("Name the level whose number is the base."), field="base_level_code")
    elif cap.base_level_code == cap.level_code:
        raise Refusal(_("The base is another level than the one that is capped."), field="base_level_code")
    refuse_foreign_codes(cap)
    rivals = Cap.objects.select_for_update(no_key=True).filter(subject=cap.subject, level_code=cap.level_code)
    refuse_overlap(cap, rivals)
    save_rule(cap, CAP_FIELDS, by=by, code=f"{cap.subject} {cap.level_code}")


@writing_years()
def remove_cap(cap: Cap, *, by: Actor) -> None:
    """Remove a cap; closed years keep the ones they were counted by."""
    remove_rule(cap, CAP_FIELDS, by=by, code=f"{cap.subject} {cap.level_code}")


@writing_years()
def save_exception(exception: CapException, *, by: Actor) -> None:
    """Give the groups of a unit another percentage in a year, or change it. Raises Refusal without the
    decision's number and date, in a closed year, where no cap counts by units, and for a second one."""
    _refuse_percent(exception.percent)
    if not exception.document_number.strip():
        raise Refusal(
            _("An exception is made by a decision: its number is missing."), field="document_number"
        )
    if exception.document_date is None:
        raise Refusal(_("An exception is made by a decision: its date is missing."), field="document_date")
    if RatingYear.objects.filter(pk=exception.year, state=YearState.CLOSED).exists():
        raise Refusal(
            _("Year %(year)s is closed and keeps its caps.") % {"year": exception.year}, field="year"
        )
    same = Cap.objects.filter(subject=exception.subject, level_code=exception.level_code)
    caps = [cap for cap in same if cap.holds(exception.year)]
    if not caps:
        raise Refusal(_("No cap limits this level in that year."), field="level_code")
    if caps[0].group == CapGroup.NAMED:
        raise Refusal(_("Groups that the Board names reach beyond one unit."), field="unit")
    refuse_second_exception(exception)
    save_rule(exception, EXCEPTION_FIELDS, by=by, code=exception.unit.code)


@writing_years()
def remove_exception(exception: CapException, *, by: Actor) -> None:
    """Take an exception away; closed years keep theirs."""
    remove_rule(exception, EXCEPTION_FIELDS, by=by, code=exception.unit.code)


@writing_years()
def save_like_group(group: LikeGroup, *, by: Actor) -> None:
    """Add or change a group of like bodies. Raises Refusal for one without entries, for codes or types that
    no organization has, and for what already stands in another group."""
    group.entries = "\n".join(dict.fromkeys(group.listed))
    if not group.entries:
        raise Refusal(_("A group has at least one entry."), field="entries")
    if group.by == LikeBy.ORGANIZATION:
        _refuse_unknown_codes(group)
    else:
        _refuse_unknown_types(group)
    refuse_shared_entries(group)
    save_rule(group, LIKE_FIELDS, by=by, code=group.name)


@writing_years()
def remove_like_group(group: LikeGroup, *, by: Actor) -> None:
    """Take a group of like bodies away. Raises Refusal for the last one by which a cap counts."""
    others = LikeGroup.objects.filter(by=group.by).exclude(pk=group.pk)
    counting = [kind for kind, drawn in _DRAWN_BY.items() if drawn == group.by]
    cap = Cap.objects.filter(group__in=counting).first()
    if cap and not others.exists():
        raise Refusal(_("%(cap)s counts by such groups; change it first.") % {"cap": cap})
    remove_rule(group, LIKE_FIELDS, by=by, code=group.name)


def _refuse_percent(percent) -> None:
    if not 0 <= percent <= 100:
        raise Refusal(_("A cap is a percentage from 0 to 100."), field="percent")


def _refuse_groups(cap: Cap) -> None:
    if cap.subject == Subject.GRASSROOTS and cap.group == CapGroup.GRASSROOTS:
        raise Refusal(_("Grassroots organizations are capped in each unit."), field="group")
    if cap.subject == Subject.MEMBER and cap.group == CapGroup.UNIT_TYPE:
        raise Refusal(_("Types are of organizations: members have none."), field="group")
    drawn = _DRAWN_BY.get(CapGroup(cap.group))
    if drawn and not LikeGroup.objects.filter(by=drawn).exists():
        raise Refusal(_("There is no such group of like bodies yet: enter the groups first."), field="group")


def _refuse_unknown_codes(group: LikeGroup) -> None:
    known = set(Organization.objects.filter(code__in=group.listed).values_list("code", flat=True))
    if unknown := [code for code in group.listed if code not in known]:
        raise Refusal(
            _("No organization has the code %(codes)s.") % {"codes": ", ".join(unknown)}, field="entries"
        )


def _refuse_unknown_types(group: LikeGroup) -> None:
    """Before the register knows any type, each may come."""
    stored = Organization.objects.exclude(type_label="").order_by("type_label")
    known = {match_key(label): label for label in stored.values_list("type_label", flat=True).distinct()}
    unknown = [label for label in group.listed if match_key(label) not in known]
    if known and unknown:
        told = {"types": ", ".join(unknown), "known": ", ".join(known.values())}
        words = _("No organization is of the type %(types)s; the register has: %(known)s.")
        raise Refusal(words % told, field="entries")
