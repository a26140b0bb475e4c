"""What an administrator must know: stored things that contradict each other, and open doors.

Each check yields sentences; none on a sound system.
"""

import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.permissions import stores_names
from assessments.entry.records.models import Record
from assessments.operations.ended import in_ended, misplaced, orphans
from assessments.operations.retention import is_overdue
from assessments.reports.issued.keeping import content_of
from assessments.reports.issued.models import DocumentTemplate, IssuedReport
from assessments.roster import tallies
from assessments.rules.models.years import RatingYear
from members.models import Member, Membership, PastStay, VillageHead
from orgs.models import Coverage, Organization, Placement, Village
from orgs.rules import level_under
from resolution03.lib.keeping import RECORDS, TEMPLATES, Lost
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: sentences about what is wrong, and what to do about each of them."""

    look: Callable[[], Iterable[str]]
    do: Phrase


def findings() -> list[dict]:
    """Every finding as `{"code", "message", "do"}`, in the order of CHECKS."""
    return [
        {"code": code, "message": message, "do": str(check.do)}
        for code, check in CHECKS.items()
        for message in check.look()
    ]


DATED = gettext_lazy("Open the record and correct its latest place, or restore a sound backup.")


def _debug() -> Iterator[str]:
    if settings.DEBUG:
        yield _("DEBUG is on: error pages show settings and data. Switch it off.")


def _secret() -> Iterator[str]:
    path = settings.VAR_DIR / "secret_key"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield _("var/secret_key can be read by others: set its mode to 0600.")


def _postings() -> Iterator[str]:
    standing = User.objects.filter(is_active=True, posting__isnull=True)
    for name in standing.exclude(role=Role.ADMINISTRATOR).values_list("username", flat=True):
        yield _("The account %(name)s has no posting and sees nothing.") % {"name": name}
    yield from misplaced()


def _paths() -> Iterator[str]:
    places: dict[int | None, tuple[str, str | None]] = {None: ("/", None)}
    columns = ("pk", "parent_id", "own_level", "code", "path", "level")
    for pk, parent, own, code, *place in Organization.objects.order_by("path").values_list(*columns):
        above, level = places.get(parent, ("?", None))
        places[pk] = place[0], place[1]
        if places[pk] != (f"{above}{pk}/", level_under(level, own)):
            yield _("%(code)s: its path does not follow its parent's.") % {"code": code}


def _current(thing, rows, owner: str, *fields: str) -> Iterator[str]:
    """Things whose latest stretch says other than they do themselves."""
    latest = rows.objects.current().filter(**{owner: OuterRef("pk")})
    differs = Q()
    for field in fields:
        thing = thing.annotate(**{f"latest_{field}": Subquery(latest.values(field)[:1])})
        same = Q(**{field: F(f"latest_{field}")})
        both_empty = Q(**{f"{field}__isnull": True, f"latest_{field}__isnull": True})
        differs |= ~(same | both_empty)
    for code in thing.filter(differs).values_list("code", flat=True):
        yield _("%(code)s: its latest dated row says otherwise.") % {"code": code}


def _placements() -> Iterator[str]:
    return _current(Organization.objects.all(), Placement, "organization", "parent", "own_level")


def _coverages() -> Iterator[str]:
    return _current(Village.objects.all(), Coverage, "village", "committee", "cell")


def _memberships() -> Iterator[str]:
    return _current(Member.objects.all(), Membership, "member", "cell")


def _stays() -> Iterator[str]:
    """A stay that is over and lasts into the latest one."""
    into = F("member__arrived_on")
    wrong = PastStay.objects.filter(Q(left_on__gt=into) | Q(member__arrived_on__isnull=True))
    for code in wrong.values_list("member__code", flat=True).distinct().order_by():
        yield _("%(code)s: two stays at once.") % {"code": code}


def _heads() -> Iterator[str]:
    """Two heads of one village at once; a successor may start on the predecessor's last day."""
    overlapping = VillageHead.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=F("village__heads__starts_on")),
        village__heads__starts_on__gt=F("starts_on"),
    )
    for code in overlapping.values_list("village__code", flat=True).distinct().order_by():
        yield _("%(code)s: two heads at once.") % {"code": code}


def _names() -> Iterator[str]:
    """What was loaded before names were turned off stays until somebody removes it."""
    count = 0 if stores_names() else Member.objects.count()
    if count:
        yield _("STORE_NAMES is off, but %(count)s members are stored; no page shows them.") % {
            "count": count
        }


def _tallies() -> Iterator[str]:
    differing = tallies.recount(*RatingYear.objects.all(), check=True)
    for year, count in Counter(difference.year for difference in differing).items():
        yield _("%(year)s: %(count)s figures differ from their rows; run recount.") % {
            "year": year,
            "count": count,
        }


def _reports() -> Iterator[str]:
    """Issued reports that cannot be handed out again as they were."""
    for issued in IssuedReport.objects.exclude(stored_as="").defer("figures").order_by("year", "number"):
        try:
            content_of(issued)
        except Lost as lost:
            yield _("Report %(mark)s: %(fault)s") % {"mark": issued.mark, "fault": lost}


def _templates() -> Iterator[str]:
    """Word templates in use that no draft can be filled from."""
    for template in DocumentTemplate.objects.exclude(stored_as=""):
        try:
            TEMPLATES.read(template.stored_as, template.sha256)
        except Lost as lost:
            yield _("Word template “%(name)s”: %(fault)s") % {"name": template.file_name, "fault": lost}


def _records() -> Iterator[str]:
    """Files of documents and events that cannot be opened."""
    for record in Record.objects.exclude(stored_as="").select_related("organization"):
        try:
            RECORDS.read(record.stored_as, record.sha256)
        except Lost as lost:
            yield _("%(unit)s, %(record)s: %(fault)s") % {
                "unit": record.organization.code,
                "record": record,
                "fault": lost,
            }


def _kept_too_long() -> Iterator[str]:
    if is_overdue():
        yield _("Uploads are kept longer than UPLOAD_DAYS says: run prune, every night best.")


CHECKS: dict[str, Check] = {
    "debug": Check(_debug, gettext_lazy("Set DEBUG to off and start the service again.")),
    "secret": Check(_secret, gettext_lazy("Run: chmod 600 var/secret_key")),
    "posting": Check(
        _postings, gettext_lazy("Post the account to its organization, or close it (page Accounts).")
    ),
    "path": Check(
        _paths, gettext_lazy("Restore the last sound backup, or report it to who maintains the program.")
    ),
    "placement": Check(_placements, DATED),
    "coverage": Check(_coverages, DATED),
    "membership": Check(_memberships, DATED),
    "stays": Check(_stays, gettext_lazy("Correct the arrival on the page of the member.")),
    "heads": Check(_heads, gettext_lazy("Correct the terms on the page of the village.")),
    "in_ended": Check(
        in_ended,
        gettext_lazy("Move what it still holds from that day on, or correct the day on which it ended."),
    ),
    "orphans": Check(
        orphans,
        gettext_lazy(
            "Post the account to its new place or close it (page Accounts): until then it only reads old"
            " years. A unit that has begun a year: merge it into its successor."
        ),
    ),
    "names": Check(_names, gettext_lazy("Turn STORE_NAMES on, or begin with an empty database.")),
    "tallies": Check(_tallies, gettext_lazy("Run: manage.py recount")),
    "retention": Check(_kept_too_long, gettext_lazy("Run: manage.py prune")),
    "reports": Check(_reports, gettext_lazy("Restore the kept files from a backup.")),
    "records": Check(_records, gettext_lazy("Restore the kept files from a backup.")),
    "templates": Check(_templates, gettext_lazy("Take the template in again, or use the default one.")),
}
