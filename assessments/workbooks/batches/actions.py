"""Uploaded workbooks: planned, planned anew, and applied once when the plan is confirmed.

The ledger holds who, when, the file's hash, the plan that was shown and its counts.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.rules.holding import writing_years
from assessments.workbooks.batches import kept
from assessments.workbooks.batches.kept import Kept
from assessments.workbooks.kinds.listed import every
from assessments.workbooks.layouts.mapping import Mapping
from assessments.workbooks.layouts.sheets import Choices, KnownLayout, Layouts
from assessments.workbooks.layouts.waiting import told_to_wait, waits
from assessments.workbooks.loading.files import NamesNotStored, Part, Source, read_files
from assessments.workbooks.loading.plan import Plan
from assessments.workbooks.loading.planned import Planned, hash_of, keep_rows, rows_of, summary
from assessments.workbooks.loading.run import Load, Options, is_only_judged, load_parts
from assessments.workbooks.models import Layout, PlannedStatus, Upload
from assessments.workbooks.prepared.returned import Returns, identify, warn_of_foreign
from assessments.workbooks.prepared.since import last_entry
from orgs import audit
from orgs.jobs.phases import Phase, Tell, silent
from orgs.models import Organization
from orgs.versions import writing
from resolution03.lib.collecting import collector_paused
from resolution03.lib.errors import Refusal
from resolution03.lib.keeping import UPLOADS
from resolution03.lib.snapshots import one_snapshot
from resolution03.lib.workbooks.unreadable import NotAWorkbook

MOST_FILES = 10
MOST_BYTES = 30 * 1024 * 1024


class PlanChanged(Refusal):
    """Since the plan was shown, something else changed; the new plan is kept for the page."""

    def __init__(self):
        super().__init__(_("The data changed since the plan was made; look at the new plan."))


def keep_files(files: Iterable[UploadedFile]) -> list[Kept]:
    """Keep files that came in; Refusal, with nothing kept, when there is no room for them."""
    found: list[Kept] = []
    try:
        found.extend(kept.keep_file(file) for file in files)
    except BaseException:
        _forget(found)
        raise
    return found


def begin(*, by: Actor, unit: Organization | None, files: list[Kept], tell: Tell = silent) -> uuid.UUID:
    """Plan what kept files would change; the id of the batch.

    `unit`: an officer's unit, outside which nothing exists; None for the Board; `tell`: is told how
    far the work is. Refusal, and the files kept no more, when one is no workbook.
    """
    try:
        return _begin(by, unit, files, tell)
    except Exception:
        _forget(files)
        raise


def replan(*, by: Actor, uploads: Collection[Upload], tell: Tell = silent) -> None:
    """Read the files of a batch once more and keep the plan in place of the earlier one.

    What was decided meanwhile elsewhere (another tab, another person) is part of the plan. Refusal
    when the batch is stored, or its files are no longer kept.
    """
    parts = _read(uploads, tell)
    ahead = _made_ahead(uploads, parts, by=by, tell=tell)
    with writing() if ahead else writing_years():
        locked = lock(uploads)
        if locked[0].applied_at:
            raise Refusal(_("This batch is stored; its plan no longer changes."))
        is_anew = _is_decided_anew(locked, uploads)
        if is_anew and not ahead:
            parts = _read(locked)
        if not (is_anew and ahead):
            _keep_plan(locked, ahead or _made(locked, parts, by=by, tell=tell), tell=tell)
    if is_anew and ahead:
        replan(by=by, uploads=locked, tell=tell)


def apply(*, by: Actor, uploads: Collection[Upload], plan_hash: str, tell: Tell = silent) -> bool:
    """Store what the shown plan says, in one transaction; False when it was stored before.

    The plan is made again: PlanChanged, with the new plan kept, when it differs. Refusal, whatever
    page was shown, while a sheet of any of the files waits for an answer.
    """
    parts = _read(uploads, tell)
    try:
        with writing_years():
            locked = lock(uploads)
            if locked[0].applied_at:
                return False
            if _is_decided_anew(locked, uploads):
                raise PlanChanged()
            _apply(locked, parts, by=by, plan_hash=plan_hash, tell=tell)
    except PlanChanged:
        replan(by=by, uploads=uploads)
        raise
    return True


def again(*, by: Actor, uploads: Collection[Upload], tell: Tell = silent) -> uuid.UUID:
    """A new batch with the same files, planned as things stand now; the id of the batch."""
    found: list[Kept] = []
    try:
        found.extend(kept.copy_of(row) for row in uploads)
    except BaseException:
        _forget(found)
        raise
    return begin(by=by, unit=list(uploads)[0].unit, files=found, tell=tell)


def store(*, by: Actor, sources: Collection[Source], options: Options) -> Plan:
    """Load files at once, as the command line does; what was stored stands in the ledger, without
    the files. Raises NotAWorkbook, NamesNotStored and UnknownUnit."""
    batch = uuid.uuid4()
    with collector_paused():
        parts = read_files(sources, options.ignored)
        with writing_years():
            kept_under = replace(options, batch=None if options.check else batch)
            plan = load_parts(parts, by=by, options=kept_under)
            if plan.applied:
                plan.number = _enter(by, sources, options, plan, batch)
    return plan


def lock(uploads: Collection[Upload]) -> list[Upload]:
    """The files of a batch as they stand, held until the transaction ends."""
    rows = Upload.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("unit", "prepared__unit")
    return list(found.filter(pk__in=[row.pk for row in uploads]).order_by("pk"))


def known_layouts(unit: Organization | None) -> Layouts:
    """The remembered layouts of an office, None being the Board, by their signatures."""
    return {
        row.signature: KnownLayout(row.pk, row.name, Mapping.of_json(row.mapping))
        for row in Layout.objects.filter(unit=unit, kind__in=[kind.name for kind in every()])
    }


def _is_decided_anew(locked: Collection[Upload], read: Collection[Upload]) -> bool:
    """Whether something was decided about a file after it was read."""
    choices = {row.pk: row.choices for row in read}
    return any(row.choices != choices[row.pk] for row in locked)


def _forget(files: Iterable[Kept]) -> None:
    for file in files:
        UPLOADS.drop(file.stored_as)


def _begin(by: Actor, unit: Organization | None, files: list[Kept], tell: Tell) -> uuid.UUID:
    uploads = _ledger(by, unit, files)
    parts = _read(uploads, tell)
    for upload in uploads:
        identify(upload, parts)
    ahead = _made_ahead(uploads, parts, by=by, tell=tell)
    with writing() if ahead else writing_years():
        for upload in uploads:
            upload.save()
        _keep_plan(uploads, ahead or _made(uploads, parts, by=by, tell=tell), tell=tell)
    return uploads[0].of_batch


def _ledger(by: Actor, unit, files: list[Kept]) -> list[Upload]:
    names: set[str] = set()
    batch = uuid.uuid4()
    return [
        Upload(
            by=by.user,
            by_name=by.name,
            unit=unit,
            file_name=_free(file.name, names),
            sha256=file.sha256,
            stored_as=file.stored_as,
            batch=batch,
            choices=dict(file.choices or {}),
        )
        for file in files
    ]


def _free(name: str, taken: set[str]) -> str:
    """A name that no other file of the batch bears."""
    found, number = name[:255], 1
    while found in taken:
        number += 1
        found = f"{name[:245]} ({number})"
    taken.add(found)
    return found


def _read(uploads: Collection[Upload], tell: Tell = silent) -> list[Part]:
    """The sheets of the files of a batch; Refusal for what is no workbook or not kept."""
    sources = [Source(kept.path_of(row), row.file_name, Choices(row.choices)) for row in uploads]
    layouts = known_layouts(next(iter(uploads)).unit)
    try:
        with collector_paused():
            return read_files(sources, layouts=layouts, tell=tell)
    except (NotAWorkbook, NamesNotStored) as error:
        raise Refusal(str(error)) from error


def _options(uploads: Collection[Upload], *, check: bool) -> Options:
    first = next(iter(uploads))
    unit = first.unit
    return Options(
        unit.code if unit else None,
        hides=unit is not None,
        leaves=bool(first.choices.get("leaves")),
        check=check,
        batch=None if check else first.batch,
    )


class _Made(NamedTuple):
    """A plan, its rows by file in the order of the files, where the trail stood before."""

    plan: Plan
    rows: list[list[Planned]]
    entry: int


def _made_ahead(uploads: Collection[Upload], parts: list[Part], *, by: Actor, tell: Tell) -> _Made | None:
    """The plan where it can be made while nobody waits for it: of one moment, and whatever is stored
    afterwards is seen when it is confirmed. None where what others did since must be known, or what
    would follow must be tried."""
    if any(upload.prepared_id for upload in uploads) or not is_only_judged(parts, by=by):
        return None
    with collector_paused(), one_snapshot():
        entry = last_entry()
        plan = Load(parts, by=by, options=_options(uploads, check=True), tell=tell).run()
        return _Made(plan, [rows_of(plan, [upload]) for upload in uploads], entry)


def _made(uploads: Collection[Upload], parts: list[Part], *, by: Actor, tell: Tell) -> _Made:
    """The plan while all years are held."""
    returns = Returns.of(uploads, parts)
    with collector_paused():
        plan = load_parts(parts, by=by, options=_options(uploads, check=True), tell=tell)
    rows = [rows_of(plan, [upload], returns.remarks_on) for upload in uploads]
    return _Made(plan, rows, returns.entry)


def _keep_plan(uploads: Collection[Upload], made: _Made, *, tell: Tell) -> None:
    """Keep a plan for the page: the rows, the faults, how many of what."""
    tell(Phase.PLAN, 0, 0)
    by_file = zip(uploads, made.rows, strict=True)
    rows = [row._replace(upload=upload.pk) for upload, found in by_file for row in found]
    plan_hash = hash_of(made.plan, rows)
    warn_of_foreign(uploads, made.plan.sheets)
    for upload in uploads:
        upload.plan_hash = plan_hash
        upload.counts = summary([sheet for sheet in made.plan.sheets if sheet.file == upload.file_name])
        upload.counts["trail"] = made.entry
        upload.counts["asked"] = [submission.pk for submission in made.plan.asked]
        upload.counts |= _reorganized(made.plan)
        upload.save(update_fields=["counts", "plan_hash"])
    keep_rows(rows, uploads)


def _apply(uploads: list[Upload], parts: list[Part], *, by: Actor, plan_hash: str, tell: Tell) -> None:
    returns = Returns.of(uploads, parts)
    with collector_paused():
        plan = load_parts(parts, by=by, options=_options(uploads, check=False), tell=tell)
    rows = rows_of(plan, uploads, returns.remarks_on)
    if waiting := [(sheet.file, str(sheet.sheet)) for sheet in plan.sheets if waits(sheet.note)]:
        raise Refusal(told_to_wait(waiting))
    if plan.has_errors or hash_of(plan, rows) != plan_hash:
        raise PlanChanged()
    if any(row.status == PlannedStatus.CONFLICT for row in rows):
        raise Refusal(_("Rows are in conflict with what others entered: choose first what holds."))
    for upload in uploads:
        upload.applied_at = timezone.now()
        upload.choices["written"] = [returns.entry, last_entry(), by.user and by.user.pk]
        upload.save(update_fields=["applied_at", "choices"])
    _record(uploads, by=by)


def _enter(by: Actor, sources: Collection[Source], options: Options, plan: Plan, batch: uuid.UUID) -> int:
    """The ledger's rows of files that are stored already; the number of the first, which names the batch."""
    unit = Organization.objects.filter(code=options.unit, parent__isnull=False).first()
    uploads = [
        Upload(
            by=by.user,
            by_name=by.name,
            unit=unit,
            file_name=source.path.name[:255],
            sha256=kept.hash_of(source.path),
            batch=batch,
            applied_at=timezone.now(),
            counts=summary([sheet for sheet in plan.sheets if sheet.file == source.name])
            | _reorganized(plan),
        )
        for source in sources
    ]
    for upload in uploads:
        upload.save()
    _record(uploads, by=by)
    return uploads[0].pk


def _reorganized(plan: Plan) -> dict:
    """What the ledger keeps of a plan that reorganizes; nothing of another."""
    return {"reorganization": plan.reorganization.as_kept()} if plan.reorganization else {}


def _record(uploads: list[Upload], *, by: Actor) -> None:
    changes = [
        audit.Change(row, {}, {"file": row.file_name, "sha256": row.sha256}, row.unit_id, str(row.pk))
        for row in uploads
    ]
    audit.record(changes, by=by, action="upload.apply", batch=uploads[0].batch)
