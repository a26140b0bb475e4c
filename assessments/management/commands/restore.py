from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from orgs import audit
from orgs.models import Installation
from orgs.versions import writing
from resolution03.lib.backups.archive import opened_backup, write_backup
from resolution03.lib.backups.databases import rows_by_table
from resolution03.lib.commands import HouseCommand, Refused, UsageError, actor_name
from resolution03.lib.errors import NotPossible, Refusal


class Command(HouseCommand):
    help = _("Verifies a backup, then puts it in the place of everything that is here.")
    needs_migrated = False

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")

    def handle(self, *, file, json, **options):
        source = _readable(file)
        try:
            with opened_backup(source) as backup:
                backup.verify()
                before = _keep_what_is_here()
                backup.put_back()
        except NotPossible as error:
            raise UsageError(str(error)) from error
        except Refusal as refusal:
            words = _("Nothing was replaced: “%(file)s”: %(why)s.")
            raise Refused(words % {"file": file, "why": refusal}) from refusal
        call_command("migrate", verbosity=0)
        _record(source, Actor(name=actor_name(options)))
        self._say(file, before, json)

    def _say(self, file: str, before: Path | None, as_json: bool) -> None:
        kept = str(before) if before else None
        if as_json:
            self.answer({"restored": file, "before": kept})
            return
        self.stdout.write(_("Restored from %(file)s.") % {"file": file})
        if kept:
            self.stdout.write(_("What was here before: %(file)s") % {"file": kept})


def _readable(file: str) -> Path:
    path = Path(file)
    if not path.is_file():
        raise UsageError(_("There is no file “%(path)s”.") % {"path": file})
    return path


def _keep_what_is_here() -> Path | None:
    """A backup of what is about to be replaced; None where there is nothing yet."""
    if not any(rows_by_table().values()):
        return None
    folder = settings.VAR_DIR / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"before-restore-{timezone.localtime():%Y%m%d-%H%M%S}.zip"
    write_backup(target)
    return target


def _record(source: Path, by: Actor) -> None:
    """The trail that was restored says when and from what."""
    installation, _made = Installation.objects.get_or_create(pk=1)
    change = audit.Change(installation, {}, {"file": source.name}, code=source.name)
    with writing():
        audit.record([change], by=by, action="system.restore")
