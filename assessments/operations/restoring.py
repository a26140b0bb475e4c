"""A backup put in the place of everything that is here, whole or not at all (ADR 19)."""

import uuid
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import Error, connection
from django.utils import timezone

from accounts.actors import Actor
from assessments.operations.pruning import erase
from assessments.operations.retention import BEFORE
from assessments.rules.holding import writing_years
from orgs import audit
from orgs.jobs.models import Job
from orgs.models import AuditEntry, Installation
from orgs.versions import writing
from resolution03.lib.backups import databases, hindrances, placing
from resolution03.lib.backups.archive import opened_backup, write_backup_alone
from resolution03.lib.backups.rooms import COPIES, at_work
from resolution03.lib.errors import Refusal

ACTION = "system.restore"


def restore(source: Path, *, by: Actor) -> Path | None:
    """Verify a backup, then replace database and kept files; a backup of what was here, None where
    there was nothing yet. The restored system is migrated, signs everybody out, knows no job, and has
    erased what was due since the copy was made. Refusal for a copy that does not fit, NotPossible, naming the
    cause, where the machine does not let it: then nothing is replaced."""
    token = str(uuid.uuid4())
    with hindrances.named(), at_work(settings.VAR_DIR, alone=True):
        _settle()
        try:
            with opened_backup(source) as backup:
                backup.verify()
                before = _keep_what_is_here()
                backup.put_back(partial(_finish, source, token, by), token, writing)
        except BaseException:
            _settle()
            raise
    ContentType.objects.clear_cache()
    settle()
    return before


def settle() -> None:
    """End a restoring that was killed, forward or back, unless one is under way."""
    if not placing.is_unsettled(settings.VAR_DIR):
        return
    try:
        with hindrances.named(), at_work(settings.VAR_DIR, alone=True):
            _settle()
    except Refusal:
        return


def _settle() -> None:
    placing.settle(settings.VAR_DIR, _is_stored)


def _is_stored(token: str) -> bool:
    """Whether the database is the one that was restored under this token."""
    if AuditEntry._meta.db_table not in connection.introspection.table_names():
        return False
    return AuditEntry.objects.filter(batch=token, action=ACTION).exists()


def _finish(source: Path, token: str, by: Actor) -> set[str]:
    """On the restored database, before anybody sees it."""
    call_command("migrate", verbosity=0, interactive=False)
    Session.objects.all().delete()
    Job.objects.all().delete()
    with writing_years():
        installation, _made = Installation.objects.get_or_create(pk=1)
        change = audit.Change(installation, {}, {"file": source.name}, code=source.name[:80])
        audit.record([change], by=by, action=ACTION, batch=uuid.UUID(token))
        return erase(by=by)


def _keep_what_is_here() -> Path | None:
    folder = settings.VAR_DIR / COPIES
    target = folder / f"{BEFORE}{timezone.localtime():%Y%m%d-%H%M%S}.zip"
    try:
        if databases.is_empty():
            return None
        folder.mkdir(mode=0o700, exist_ok=True)
        write_backup_alone(target)
    except Error as error:
        if not hindrances.is_damage(error):
            raise
        folder.mkdir(mode=0o700, exist_ok=True)
        target = target.with_suffix(".damaged")
        databases.keep_damaged(target)
    return target
