"""What the Board changes in schemes, readings, targets, caps and the term.

Every change leaves an audit row (before → after). Open years follow at once; a closed year keeps
the rules that closing froze. Raises Refusal where an edit would contradict what stands.
"""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.review.rulebook.refusing import (
    refuse_exemplary_beyond_strong,
    refuse_foreign_levels,
    refuse_overlap,
    refuse_same_name,
    refuse_shared_days,
    refuse_years,
)
from assessments.roster.changes import RosterChange
from assessments.roster.following import follow_registers
from assessments.rules.holding import writing_years
from assessments.rules.models.risk import RiskAge
from assessments.rules.models.schemes import Level, Reading, Scheme
from assessments.rules.models.targets import Term
from assessments.rules.models.years import RatingYear
from orgs.audit import Change, record, state
from resolution03.lib.errors import Refusal

DOCUMENT = ("document_number", "document_date", "issuer")
SCHEME_FIELDS = ("name", "first_year", "last_year", "break_note", *DOCUMENT)
READING_FIELDS = ("scheme", "meaning", "name", "in_use", *DOCUMENT)
RISK_AGE_FIELDS = ("age", "first_year", *DOCUMENT)
LEAST_AGE, MOST_AGE = 18, 120
TERM_FIELDS = ("name", "starts_on", "ends_on", "is_target_term", *DOCUMENT)


@writing_years()
def choose_reading(
    reading: Reading, *, by: Actor, document_number: str, document_date: date | None, issuer: str = ""
) -> None:
    """Put a reading in use by a decision of the Board; the one before stands beside it from now.

    Raises Refusal without the decision's number and date (only a default needs none), and when
    what is exemplary would not be strong.
    """
    if not document_number.strip():
        raise Refusal(_("A reading is chosen by a decision: its number is missing."), field="document_number")
    if document_date is None:
        raise Refusal(_("A reading is chosen by a decision: its date is missing."), field="document_date")
    rivals = Reading.objects.select_for_update(no_key=True).filter(
        scheme=reading.scheme_id, meaning=reading.meaning
    )
    others = [rival for rival in rivals if rival.in_use and rival.pk != reading.pk]
    changes = [_set_aside(rival) for rival in others]
    before = _stored(reading, READING_FIELDS)
    reading.in_use, reading.document_number = True, document_number.strip()
    reading.document_date, reading.issuer = document_date, issuer.strip()
    reading.save()
    refuse_exemplary_beyond_strong(reading)
    changes.append(Change(reading, before, state(reading, READING_FIELDS), code=reading.meaning))
    record(changes, by=by, action="rules.choose", reason=reading.document)


@writing_years()
def save_reading(reading: Reading, *, by: Actor, levels: Iterable[Level]) -> None:
    """Add a reading, or change what it counts. Raises Refusal for levels of another scheme or
    subject, none at all, for one that already stands on a decision, or when what is exemplary
    would not be strong."""
    levels = list(levels)
    refuse_foreign_levels(reading, levels)
    refuse_same_name(reading)
    before = _reading_state(Reading.objects.get(pk=reading.pk)) if reading.pk else {}
    if before and before["document_number"]:
        raise Refusal(
            _("This reading stands on decision %(document)s; add another reading and choose that.")
            % {"document": before["document_number"]}
        )
    reading.save()
    reading.levels.set(levels)
    refuse_exemplary_beyond_strong(reading)
    _record(reading, before, _reading_state(reading), by=by, code=reading.meaning)


@writing_years()
def save_term(term: Term, *, by: Actor) -> RosterChange:
    """Add a term or change its days; open years count their admissions again."""
    if term.ends_on < term.starts_on:
        raise Refusal(_("The last day comes before the first."), field="ends_on")
    refuse_shared_days(term)
    save_rule(term, TERM_FIELDS, by=by, code=term.name)
    return follow_registers(by=by)


@writing_years()
def save_risk_age(row: RiskAge, *, by: Actor) -> None:
    """Set from which age on members are not counted on, from a year on. Raises Refusal for an age that
    nobody in the Party has, and for a second one from the same year on."""
    if not LEAST_AGE <= row.age <= MOST_AGE:
        told = {"least": LEAST_AGE, "most": MOST_AGE}
        raise Refusal(_("An age from %(least)s to %(most)s.") % told, field="age")
    if RiskAge.objects.filter(first_year=row.first_year).exclude(pk=row.pk).exists():
        raise Refusal(_("Another age holds from that year on."), field="first_year")
    save_rule(row, RISK_AGE_FIELDS, by=by, code=str(row.first_year))


@writing_years()
def remove_risk_age(row: RiskAge, *, by: Actor) -> None:
    remove_rule(row, RISK_AGE_FIELDS, by=by, code=str(row.first_year))


@writing_years()
def remove_term(term: Term, *, by: Actor) -> RosterChange:
    """Take a term away. Raises Refusal for the resolution's own: a target stands on it."""
    if term.is_target_term:
        raise Refusal(_("The resolution's own term stays: its target is counted over it."))
    remove_rule(term, TERM_FIELDS, by=by, code=term.name)
    return follow_registers(by=by)


@writing_years()
def save_scheme(scheme: Scheme, *, by: Actor) -> None:
    """Change a scheme's name, document or years. Raises Refusal when years that were opened
    would lose their scheme, or two schemes would hold in one year."""
    refuse_years(scheme)
    refuse_overlap(scheme, Scheme.objects.select_for_update(no_key=True))
    outside = [
        year
        for year in RatingYear.objects.filter(scheme=scheme.pk).values_list("pk", flat=True)
        if year < scheme.first_year or year > (scheme.last_year or year)
    ]
    if outside:
        raise Refusal(
            _("Year %(year)s was opened by this scheme and would fall outside it.") % {"year": outside[0]},
            field="last_year",
        )
    save_rule(scheme, SCHEME_FIELDS, by=by, code=scheme.document_number)


@writing_years()
def add_scheme(scheme: Scheme, *, by: Actor, like: Scheme) -> None:
    """Add a scheme with the levels and readings of `like`; the readings begin as defaults.

    A scheme before it that has no last year ends the year before. Raises Refusal when a year
    from its first one on was already opened by another scheme.
    """
    refuse_years(scheme)
    opened = RatingYear.objects.filter(pk__gte=scheme.first_year, scheme__isnull=False).first()
    if opened:
        raise Refusal(
            _("Year %(year)s was already opened by another scheme.") % {"year": opened.pk},
            field="first_year",
        )
    open_end = (
        Scheme.objects.select_for_update(no_key=True)
        .filter(last_year__isnull=True, first_year__lt=scheme.first_year)
        .first()
    )
    if open_end:
        open_end.last_year = scheme.first_year - 1
        save_rule(open_end, SCHEME_FIELDS, by=by, code=open_end.document_number)
    refuse_overlap(scheme, Scheme.objects.all())
    save_rule(scheme, SCHEME_FIELDS, by=by, code=scheme.document_number)
    _copy_levels(scheme, like, by=by)


@writing_years()
def rename_level(level: Level, *, by: Actor) -> None:
    """Change a level's full name; its code stands in workbooks and stays."""
    stored = Level.objects.get(pk=level.pk)
    if stored.code != level.code or stored.rank != level.rank:
        raise Refusal(_("Code and rank of a level stay as they are."))
    save_rule(level, ("scheme", "subject", "code", "name", "rank"), by=by, code=level.code)


def _copy_levels(scheme: Scheme, like: Scheme, *, by: Actor) -> None:
    copies = {}
    for level in like.levels.all():
        copies[level.pk] = Level.objects.create(
            scheme=scheme, subject=level.subject, code=level.code, name=level.name, rank=level.rank
        )
    for reading in like.readings.prefetch_related("levels"):
        copy = Reading.objects.create(
            scheme=scheme, meaning=reading.meaning, name=reading.name, in_use=reading.in_use
        )
        copy.levels.set([copies[level.pk] for level in reading.levels.all()])
        _record(copy, {}, _reading_state(copy), by=by, code=copy.meaning)


def _set_aside(reading: Reading) -> Change:
    before = state(reading, READING_FIELDS)
    reading.in_use = False
    reading.save()
    return Change(reading, before, state(reading, READING_FIELDS), code=reading.meaning)


def _reading_state(reading: Reading) -> dict:
    codes = [level.code for level in reading.levels.all()]
    return state(reading, READING_FIELDS) | {"levels": ", ".join(codes)}


def _stored(obj: models.Model, fields: tuple[str, ...]) -> dict:
    return state(type(obj)._default_manager.get(pk=obj.pk), fields) if obj.pk else {}


def save_rule(obj: models.Model, fields: tuple[str, ...], *, by: Actor, code: str) -> None:
    before = _stored(obj, fields)
    obj.save()
    _record(obj, before, state(type(obj)._default_manager.get(pk=obj.pk), fields), by=by, code=code)


def remove_rule(obj: models.Model, fields: tuple[str, ...], *, by: Actor, code: str) -> None:
    change = Change(obj, _stored(obj, fields), {}, code=code)
    record([change], by=by, action="rules.remove")
    obj.delete()


def _record(obj: models.Model, before: dict, after: dict, *, by: Actor, code: str) -> None:
    if before != after:
        action = "rules.change" if before else "rules.add"
        record([Change(obj, before, after, code=code)], by=by, action=action)
