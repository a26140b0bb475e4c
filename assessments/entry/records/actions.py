"""Writing documents and events of a unit, or of the province; their files are kept beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.grid.actions import begin
from assessments.entry.records.files import Content
from assessments.entry.records.kinds import KINDS
from assessments.entry.records.models import Record
from assessments.entry.records.rules import faults
from assessments.rules.holding import hold_year
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import LOCKED, RatingYear, Submission
from assessments.rules.ratings import Standing, standing_faults
from orgs import audit
from orgs.models import Organization
from orgs.versions import writing
from resolution03.lib.errors import Refusal
from resolution03.lib.keeping import RECORDS, Stored
from resolution03.lib.text import match_key

TOLD = ("kind", "on", "file_kind", "sha256")
"""What the trail tells of every record beside the fields of its kind."""
_NO_FILE = Stored("", "")


class RecordChanged(Refusal):
    """The record was changed meanwhile; `now` is how it stands, None where it was removed."""

    def __init__(self, now: Record | None):
        changed = _(
            "This was changed meanwhile: what is stored stands below each box that differs. Saving again "
            "replaces it."
        )
        removed = _("This was removed meanwhile. Saving again enters it anew.")
        super().__init__(changed if now else removed)
        self.now = now


@dataclass(frozen=True, slots=True)
class Filing:
    """What becomes of the file: another one (`content`), none any more (`is_dropped`), or as it is."""

    content: Content | None = None
    is_dropped: bool = False


def save_record(
    *, by: Actor, record: Record, version: int = 0, values: Mapping[str, Any], filing: Filing = Filing()
) -> Record:
    """Enter a record of an organization, a year and a kind, or change the one of that key.

    `values`: `on` and the fields of its kind; `version`: what the editor saw. Raises RecordChanged, NotKept,
    or Refusal for what may not stand there, and leaves no file then.
    """
    kept = RECORDS.keep(filing.content.data) if filing.content else _NO_FILE
    try:
        return _save(by, record, version, values, filing, kept)
    except BaseException:
        RECORDS.drop(kept.stored_as)
        raise


@writing()
def remove_record(*, by: Actor, record: Record, version: int) -> None:
    """Take a record away, with its file. Raises RecordChanged or Refusal."""
    year = hold_year(record.year_id)
    found = _held(record, version)
    _require_open(by, year, found.organization_id)
    before = audit.state(found, _told(found))
    _drop_at_end(found.stored_as)
    _record(by, year, found, before, {}, "record.remove")
    found.delete()


@writing()
def _save(by: Actor, record: Record, version: int, values: Mapping, filing: Filing, kept: Stored) -> Record:
    year = hold_year(record.year_id)
    found = _held(record, version, values) if record.pk else record
    _require_open(by, year, found.organization_id)
    before = audit.state(found, _told(found)) if found.pk else {}
    for name, value in values.items():
        setattr(found, name, value)
    _judge(found, values)
    _file(found, filing, kept)
    after = audit.state(found, _told(found))
    if before == after:
        return found
    found.version, found.changed_by = (found.version + 1 if found.pk else 1), by.user
    found.save()
    _record(by, year, found, before, after, "record.change" if before else "record.add")
    return found


def _held(record: Record, version: int, values: Mapping | None = None) -> Record:
    """The record as it stands, locked; what stands there already as it was typed is no conflict."""
    found = Record.objects.select_for_update(no_key=True).filter(pk=record.pk).first()
    is_same = found and values and all(getattr(found, name) == value for name, value in values.items())
    if found is None or (found.version != version and not is_same):
        raise RecordChanged(found)
    return found


def _require_open(by: Actor, year: RatingYear, organization: int) -> None:
    """As a count of the year: locked with it, and for whoever is bound by the unit's submission with that."""
    is_unit = Organization.objects.filter(pk=organization, parent__isnull=False).exists()
    states = dict(Submission.objects.filter(year=year, unit=organization).values_list("unit_id", "state"))
    if is_unit and organization not in states:
        raise Refusal(_("This is no unit of %(year)s.") % {"year": year.pk})
    standing = Standing(
        year=year.pk,
        year_is_open=year.is_open,
        is_submitted=states.get(organization) in LOCKED,
        is_accepted=False,
        is_dropped=False,
        is_exempt=False,
        is_covered=False,
    )
    if found := standing_faults(standing, binding=not by.is_command_line):
        raise Refusal(*found)


def _judge(record: Record, values: Mapping) -> None:
    kind = KINDS[record.kind]
    for field, words in faults(kind, values, year=record.year_id, today=timezone.localdate()):
        raise Refusal(words, field=field)
    asked = record.answers_id
    if asked and not ReviewDue.objects.filter(pk=asked, kind=kind.review or "").exists():
        raise Refusal(_("This review of the Board is no longer there."), field="answers")
    same = Record.objects.filter(
        organization=record.organization_id, year=record.year_id, kind=record.kind, on=record.on
    )
    for number, title in same.exclude(pk=record.pk).values_list("number", "title"):
        if match_key(f"{number} {title}") == match_key(f"{record.number} {record.title}"):
            raise Refusal(_("One of that day and number stands in the list already."), field="number")


def _file(record: Record, filing: Filing, kept: Stored) -> None:
    """Let the record name its new file, or none; what is no longer needed goes when all is stored."""
    if filing.content and kept.sha256 == record.sha256:
        _drop_at_end(kept.stored_as)
        return
    if not (filing.content or filing.is_dropped):
        return
    _drop_at_end(record.stored_as)
    record.stored_as, record.sha256 = kept
    record.file_kind = filing.content.kind if filing.content else ""
    record.file_size = len(filing.content.data) if filing.content else 0


def _drop_at_end(stored_as: str) -> None:
    if stored_as:
        transaction.on_commit(lambda: RECORDS.drop(stored_as))


def _told(record: Record) -> tuple[str, ...]:
    return (*TOLD, *KINDS[record.kind].fields)


def _record(by: Actor, year: RatingYear, record: Record, before: dict, after: dict, action: str) -> None:
    organization = record.organization
    unit = record.organization_id if organization.parent_id else None
    begun = begin(by, year, {unit} if unit else ())
    code = f"{organization.code} {record.number}".strip()[:80]
    audit.record([audit.Change(record, before, after, unit, code), *begun], by=by, action=action)
