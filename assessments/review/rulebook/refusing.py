"""What no rule of the rulebook may be."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.review.rulebook.read import named
from assessments.roster.models.tallies import Subject
from assessments.rules.models.caps import Cap, CapException, LikeBy, LikeGroup
from assessments.rules.models.schemes import Level, Meaning, Reading, Scheme
from assessments.rules.models.targets import Target, Term
from assessments.rules.ratings import reading_faults
from resolution03.lib.errors import Refusal
from resolution03.lib.text import match_key


def refuse_same_name(reading: Reading) -> None:
    same = Reading.objects.filter(scheme=reading.scheme_id, meaning=reading.meaning, name=reading.name)
    if same.exclude(pk=reading.pk).exists():
        raise Refusal(_("There is a reading of this name already."), field="name")


def refuse_foreign_levels(reading: Reading, levels: list[Level]) -> None:
    subject = Meaning(reading.meaning).levels
    if not levels:
        raise Refusal(_("A reading counts at least one level."), field="levels")
    for level in levels:
        if level.scheme_id != reading.scheme_id or level.subject != subject:
            raise Refusal(_("%(level)s is no level of this scheme.") % {"level": level.code}, field="levels")


def refuse_exemplary_beyond_strong(reading: Reading) -> None:
    """After the change, in its transaction: only readings in use can contradict each other."""
    wanted = (Meaning.EXEMPLARY, Meaning.STRONG)
    rows = Reading.objects.filter(scheme=reading.scheme_id, in_use=True, meaning__in=wanted)
    codes: dict[str, list[str]] = {}
    for meaning, code in rows.order_by("levels__rank").values_list("meaning", "levels__code"):
        codes.setdefault(meaning, []).append(code)
    faults = reading_faults(*(codes.get(meaning, ()) for meaning in wanted)) if len(codes) > 1 else ()
    if faults:
        raise Refusal(*faults, field="levels")


def refuse_shared_days(term: Term) -> None:
    """Each day lies in one term at most."""
    others = Term.objects.select_for_update(no_key=True).exclude(pk=term.pk)
    if others.filter(starts_on__lte=term.ends_on, ends_on__gte=term.starts_on).exists():
        raise Refusal(_("Another term holds on some of these days."), field="starts_on")


def refuse_foreign_codes(cap: Cap) -> None:
    subject = Subject(cap.subject).levels
    schemes = [scheme for scheme in Scheme.objects.all() if _overlap(scheme, cap)]
    for field in ("level_code", "base_level_code"):
        code = getattr(cap, field)
        for scheme in schemes:
            if code and not scheme.levels.filter(subject=subject, code=code).exists():
                raise Refusal(
                    _("%(level)s is no level of %(scheme)s, which holds in these years.")
                    % {"level": code, "scheme": scheme},
                    field=field,
                )


def refuse_second_exception(exception: CapException) -> None:
    same = CapException.objects.filter(
        unit=exception.unit_id,
        year=exception.year,
        subject=exception.subject,
        level_code=exception.level_code,
    )
    if same.exclude(pk=exception.pk).exists():
        raise Refusal(_("This unit has an exception in that year already."), field="unit")


def refuse_shared_entries(group: LikeGroup) -> None:
    """A group of the same name, or a body that would be counted in two groups."""
    spelled = match_key if group.by == LikeBy.TYPE else str
    own = {spelled(entry) for entry in group.listed}
    for other in LikeGroup.objects.filter(by=group.by).exclude(pk=group.pk):
        if match_key(other.name) == match_key(group.name):
            raise Refusal(_("There is a group of this name already."), field="name")
        if shared := [entry for entry in other.listed if spelled(entry) in own]:
            told = {"entries": ", ".join(shared), "group": other.name}
            raise Refusal(_("%(entries)s: in group %(group)s already.") % told, field="entries")


def refuse_years(row) -> None:
    if row.first_year and row.last_year and row.last_year < row.first_year:
        raise Refusal(_("The last year comes before the first."), field="last_year")


def refuse_overlap(row, rivals) -> None:
    for rival in rivals:
        if rival.pk != row.pk and _overlap(rival, row):
            raise Refusal(
                _("In these years %(other)s already holds; end it first.") % {"other": named(rival)},
                field="first_year",
            )


def rivals_of(target: Target, rows: QuerySet[Target]) -> QuerySet[Target]:
    """The targets of its set for the same indicator and scope: one holds in a year."""
    return rows.filter(set=target.set_id, indicator=target.indicator, scope=target.scope)


def _overlap(one, other) -> bool:
    first, last = max(_first(one), _first(other)), min(_last(one), _last(other))
    return first <= last


def _first(row) -> int:
    return row.first_year or 0


def _last(row) -> int:
    return row.last_year or 9999
