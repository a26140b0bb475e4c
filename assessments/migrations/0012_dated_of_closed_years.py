"""What was so in the years on file: form, exemption and presence were today's state until now.

A line of a year says what was so on its 31 December. Where today says otherwise, the change lies between
that day and the next line that says so: on the day on which the trail tells it, if there is one, else on
the first of January after. Who left in a closed year, and is there later, came back (ADR 31).
"""

from collections import defaultdict
from datetime import date, timedelta

from django.db import migrations
from django.db.models import F
from django.utils import timezone

STAY = ("arrived_on", "arrived_precision", "left_on", "left_precision", "leaving_reason")
CHUNK = 5_000


def year_end(year):
    return date(year, 12, 31)


def changes(told, now, hints):
    """(value, until) of what was before: `told`, (year, value) by the lines; `hints`: (day, value) by the
    trail. The last is what is so now."""
    found = []
    for (year, value), after in zip(told, [*told[1:], None], strict=True):
        following = after[1] if after else now
        if following == value:
            continue
        last = year_end(after[0]) if after else date.max
        days = [day for day, seen in hints if seen == following and year_end(year) < day <= last]
        first = after[0] if after else year + 1
        found.append((value, max(days, default=date(first, 1, 1))))
    return found


def stays(admitted, arrived, left, lines, closed, leavings, arrivals, hints):
    """The stays (arrived, left, reason), the latest last, of who has lines in the years `lines`, left and
    arrived in closed years on days, and of whom the trail tells a change of presence on `hints`.

    None where today's days say no less about the closed years.
    """
    told = {"lines": lines, "closed": closed, "arrivals": arrivals, "hints": hints}
    today = [(arrived, left, "")]
    gone = {
        day: reason for day, reason in leavings.items() if day != left and _is_there_later(day, left, lines)
    }
    gone = _gaps(lines, closed, gone) | gone
    found = _by_leavings(gone, arrived, left, told) if gone else _by_lines(arrived or admitted, left, told)
    wrong = _differing(admitted, today, lines, closed)
    return found if found and _differing(admitted, found, lines, closed) < wrong else None


def _is_there_later(day, left, lines):
    return left is None or day < left or any(day <= year_end(year) for year in lines)


def _gaps(lines, closed, gone):
    """Of closed years without a line between others, in which no leaving is on file: their first day."""
    found = {}
    for year in closed:
        before = max((one for one in lines if one < year), default=None)
        if before is None or year in lines or year > max(lines):
            continue
        if not any(year_end(before) < day <= year_end(year) for day in [*gone, *found]):
            found[date(year, 1, 1)] = ""
    return found


def _by_leavings(gone, arrived, left, told):
    days = sorted(gone)
    before = [day for day in (*told["arrivals"], arrived) if day and day < days[0]]
    found, begun = [], max(before, default=None)
    for day in days:
        if begun and day <= begun:
            return None
        found.append((begun, day, gone[day]))
        begun = _returned(day, arrived, told)
    return [*found, (begun, left, "")] if left is None or begun < left else None


def _returned(day, arrived, told):
    """The first day after a leaving: an arrival on file, the day of the trail, else a first of January."""
    year = min((one for one in told["lines"] if day <= year_end(one)), default=None)
    last = year_end(year) if year else date.max
    absent = [one for one in told["closed"] if day <= year_end(one) <= last and one not in told["lines"]]
    since = max([day, *map(year_end, absent)])
    known = [one for one in (*told["arrivals"], arrived, *told["hints"]) if one and since < one <= last]
    return known[0] if known else since + timedelta(days=1)


def _by_lines(joined, left, told):
    """Lines of years before the arrival are of an earlier stay."""
    early = [year for year in told["lines"] if year_end(year) < joined]
    if not early:
        return None
    ended = min(date(max(early) + 1, 1, 1), joined)
    return [(None, ended, ""), (joined, left, "")]


def _differing(admitted, found, lines, closed):
    """In how many closed years the stays say other than the lines."""
    return sum(
        any(
            (came or admitted) <= year_end(year) and (left is None or year_end(year) < left)
            for came, left, _ in found
        )
        != (year in lines)
        for year in closed
    )


def by_chunks(rows, key, keys):
    keys = sorted(keys)
    for start in range(0, len(keys), CHUNK):
        yield from rows.filter(**{f"{key}__in": keys[start : start + CHUNK]})


def trail_of(apps, label, keys):
    """(key, day, values after) of the entries about some rows, the first first."""
    rows = apps.get_model("orgs", "AuditEntry").objects.filter(object_type=label).order_by("pk")
    for entry in by_chunks(rows.only("object_id", "at", "after"), "object_id", keys):
        yield entry.object_id, timezone.localtime(entry.at).date(), entry.after


def keep_values(apps, line, of, field, former):
    """Of a value that lines repeat: what things were before, into the table of former values."""
    line, thing, former = (apps.get_model(*name) for name in (line, of, former))
    owner = thing._meta.model_name
    lines = line.objects.filter(dropped=False, year__state__in=("open", "closed")).order_by("year")
    other = set(lines.exclude(**{field: F(f"{owner}__{field}")}).values_list(f"{owner}_id", flat=True))
    if not other:
        return
    told, hints = defaultdict(list), defaultdict(list)
    for row in by_chunks(lines.values_list(f"{owner}_id", "year_id", field), f"{owner}_id", other):
        told[row[0]].append(row[1:])
    for pk, day, after in trail_of(apps, thing._meta.label_lower, other):
        if field in after:
            hints[pk].append((day, after[field]))
    now = dict(by_chunks(thing.objects.values_list("pk", field), "pk", other))
    former.objects.bulk_create(
        (
            former(**{f"{owner}_id": pk, field: value, "until": until})
            for pk in told
            for value, until in changes(told[pk], now[pk], hints[pk])
        ),
        batch_size=500,
    )


def keep_stays(apps):
    """Of who is not there today as the closed years have it."""
    member, past = apps.get_model("members", "Member"), apps.get_model("members", "PastStay")
    lines, moved, closed = _told_of_members(apps)
    if not closed:
        return
    doubtful = {
        row.pk: row
        for row in member.objects.only("admitted_on", *STAY).iterator()
        if _differing(row.admitted_on, [(row.arrived_on, row.left_on, "")], lines[row.pk], closed)
        and (lines[row.pk] or moved["leaving"][row.pk])
    }
    hints = defaultdict(list)
    for pk, day, after in trail_of(apps, "members.member", doubtful):
        if {"arrived_on", "left_on"} & after.keys():
            hints[pk].append(day)
    new, changed = [], []
    for pk, row in doubtful.items():
        found = stays(
            row.admitted_on, row.arrived_on, row.left_on, lines[pk], closed,
            moved["leaving"][pk], sorted(moved["arrival"][pk]), hints[pk],
        )  # fmt: skip
        if found:
            new += [
                past(member_id=pk, arrived_on=came, left_on=left, leaving_reason=reason)
                for came, left, reason in found[:-1]
            ]
            row.arrived_on, row.arrived_precision = found[-1][0], _precision(row, found[-1][0])
            changed.append(row)
    past.objects.bulk_create(new, batch_size=500)
    member.objects.bulk_update(changed, ["arrived_on", "arrived_precision"], batch_size=200)


def _precision(row, arrived):
    return row.arrived_precision if arrived == row.arrived_on else "d"


def _told_of_members(apps):
    """Years with a line by member; leavings and arrivals of closed years by kind and member; these years."""
    years = apps.get_model("assessments", "RatingYear").objects
    closed = sorted(years.filter(state="closed").values_list("pk", flat=True))
    lines, moved = defaultdict(set), {"leaving": defaultdict(dict), "arrival": defaultdict(dict)}
    listed = apps.get_model("assessments", "MemberLine").objects.filter(dropped=False)
    listed = listed.filter(year__state__in=("open", "closed")).order_by()
    for pk, year in listed.values_list("member_id", "year_id").iterator():
        lines[pk].add(year)
    rows = apps.get_model("assessments", "Movement").objects.filter(year__in=closed, kind__in=moved)
    for pk, kind, on, reason in rows.order_by().values_list("member_id", "kind", "on", "leaving_reason"):
        moved[kind][pk][on] = reason
    return lines, moved, closed


def keep_what_was(apps, schema_editor):
    organization, member = ("orgs", "Organization"), ("members", "Member")
    line, former = ("assessments", "OrganizationLine"), ("orgs", "FormerForm")
    keep_values(apps, line, organization, "form", former)
    line, former = ("assessments", "MemberLine"), ("members", "FormerExemption")
    keep_values(apps, line, member, "is_exempt", former)
    keep_stays(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0011_list_changes"),
        ("members", "0003_past_stays_and_exemptions"),
        ("orgs", "0005_former_forms"),
    ]
    operations = [migrations.RunPython(keep_what_was, migrations.RunPython.noop)]
