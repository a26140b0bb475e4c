"""The terms after the resolution's, and their admissions in the years on file.

A year's list held the admissions of the resolution's term and its own. From here on it holds those of each
term that has days in it. Of a closed year they come from the frozen lists of the years before; of years
that have no list, from the registers, which `frozen` then says (`terms_from`). No indicator of a closed
year counts them.
"""

from collections import Counter
from datetime import date

from django.db import migrations, models

TERMS = [
    ("2020-2025", date(2020, 10, 1), date(2025, 9, 30)),
    ("2025-2030", date(2025, 10, 1), date(2030, 9, 30)),
]
CHUNK = 2_000


def add_terms(apps, schema_editor):
    """Those on whose days no term holds."""
    term = apps.get_model("assessments", "Term")
    for name, starts_on, ends_on in TERMS:
        if not term.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
            term.objects.create(name=name, starts_on=starts_on, ends_on=ends_on)


def fill_years(apps, schema_editor):
    year_model, movement = (apps.get_model("assessments", name) for name in ("RatingYear", "Movement"))
    terms = list(apps.get_model("assessments", "Term").objects.order_by("starts_on"))
    admissions = movement.objects.filter(kind="admission")
    listed = set(admissions.order_by().values_list("year_id", flat=True).distinct())
    closed = set(year_model.objects.filter(state="closed", pk__in=listed).values_list("pk", flat=True))
    for year in year_model.objects.filter(pk__in=listed).order_by("pk"):
        sources = set()
        for flag, term in told_by(year.pk, terms):
            days = (term.starts_on, min(term.ends_on, date(year.pk, 12, 31)))
            sources |= _add_lines(apps, year, days, closed)
            admissions.filter(year=year, on__range=days).update(**{flag: True})
        if year.state == "closed":
            _freeze(year, terms, next((one for one in ("registers", "lists") if one in sources), ""))
    _count(apps, admissions)


def told_by(year, terms):
    """The terms that a year tells of, beside the flag of their lines."""
    last = date(year, 12, 31)
    for term in terms:
        if term.starts_on <= last <= term.ends_on:
            yield "in_current_term", term
        elif term.ends_on.year == year:
            yield "in_ended_term", term


def _add_lines(apps, year, days, closed):
    """Lines of those admitted in the years before that the list lacks; whence they come."""
    movement = apps.get_model("assessments", "Movement")
    before = range(days[0].year, year.pk)
    kept = {one for one in before if one in closed} if year.state == "closed" else set()
    known = set(movement.objects.filter(year=year, kind="admission").values_list("member_id", flat=True))
    found = {}
    for one in kept:
        rows = movement.objects.filter(year=one, kind="admission", on__year=one, on__range=days)
        for member, *line in rows.values_list("member_id", "on", "in_province", "cell", "unit", "grassroots"):
            found[member] = line
    missing = [one for one in before if one not in kept]
    registered = _registered(apps, year.pk, days, missing, known | found.keys())
    found |= registered
    places = _places(apps, year.pk, found)
    movement.objects.bulk_create(
        [
            movement(
                year=year, member_id=member, kind="admission", on=on, in_province=in_province,
                cell_id=cell, unit_id=unit, grassroots_id=grassroots,
            )
            for member, (on, in_province, *place) in found.items()
            if member not in known
            for cell, unit, grassroots in [places.get(member, place)]
        ],
        batch_size=CHUNK,
    )  # fmt: skip
    added = found.keys() - known
    return {name for name, some in (("registers", registered), ("lists", added - registered.keys())) if some}


def _registered(apps, year, days, years, known):
    """Members admitted in some years by the registers, in their cell of the year's last day."""
    if not years:
        return {}
    member = apps.get_model("members", "Member")
    tree = _Tree(apps, date(year, 12, 31))
    rows = member.objects.filter(admitted_on__range=days, admitted_on__year__in=years)
    found = {}
    for pk, on, outside in rows.order_by().values_list("pk", "admitted_on", "admitted_outside"):
        cell = tree.cell_of.get(pk)
        chain = tree.chain(cell) if cell else ()
        if pk not in known and len(chain) > 1:
            found[pk] = (on, not outside, cell, chain[1], chain[2] if len(chain) > 2 else None)
    return found


class _Tree:
    """Who stood under whom, and in which cell, on a day."""

    def __init__(self, apps, day):
        placements = _holding(apps.get_model("orgs", "Placement"), day)
        self.parents = dict(placements.values_list("organization_id", "parent_id"))
        memberships = _holding(apps.get_model("members", "Membership"), day)
        self.cell_of = dict(memberships.values_list("member_id", "cell_id"))

    def chain(self, organization):
        parent = self.parents.get(organization)
        return (*(self.chain(parent) if parent else ()), organization)


def _holding(model, day):
    begun = models.Q(starts_on=None) | models.Q(starts_on__lte=day)
    return model.objects.filter(begun & (models.Q(ends_on=None) | models.Q(ends_on__gt=day))).order_by()


def _places(apps, year, found):
    """Where the year's own list has them."""
    line = apps.get_model("assessments", "MemberLine")
    rows = line.objects.filter(year=year).order_by().values_list("member_id", "cell", "unit", "grassroots")
    return {member: place for member, *place in rows if member in found} if found else {}


def _freeze(year, terms, whence):
    if not year.frozen:
        return
    told = [
        {"name": one.name, "starts_on": one.starts_on.isoformat(), "ends_on": one.ends_on.isoformat()}
        for one in terms
    ]
    year.frozen = year.frozen | {"terms": told, "terms_from": whence}
    year.save(update_fields=["frozen"])


STATES = {
    "current": {"in_current_term": True, "in_province": True},
    "current_outside": {"in_current_term": True, "in_province": False},
    "ended": {"in_ended_term": True, "in_province": True},
}


def _count(apps, admissions):
    """The tallies of the new states."""
    counts = Counter()
    for key, state in STATES.items():
        rows = admissions.filter(**state).order_by().values_list("year_id", "unit_id")
        for year, unit, count in rows.annotate(models.Count("pk")):
            counts[year, unit, key] = count
    tally = apps.get_model("assessments", "Tally")
    tally.objects.bulk_create(
        [
            tally(year_id=year, unit_id=unit, organization_id=unit, subject="admission", key=key, count=count)
            for (year, unit, key), count in counts.items()
        ],
        batch_size=CHUNK,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0013_document_issuers"),
    ]

    operations = [
        migrations.AddField("movement", "in_current_term", models.BooleanField(default=False)),
        migrations.AddField("movement", "in_ended_term", models.BooleanField(default=False)),
        migrations.RunPython(add_terms, migrations.RunPython.noop),
        migrations.RunPython(fill_years, migrations.RunPython.noop),
    ]
