from pathlib import Path

from django.utils.translation import gettext as _

from assessments.management.commands.report import writable
from assessments.operations.restoring import settle
from resolution03.lib.backups.archive import write_backup
from resolution03.lib.commands import HouseCommand, Refused, UsageError
from resolution03.lib.errors import NotPossible, Refusal


class Command(HouseCommand):
    help = _("Writes a consistent copy of the running system into one file.")
    acts = False

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")

    def handle(self, *, file, json, **options):
        manifest = self._write(writable(file))
        counted = {"file": file, "rows": sum(manifest.rows.values()), "files": len(manifest.members) - 1}
        if json:
            self.answer(counted)
        else:
            self.stdout.write(_("Written to %(file)s: %(rows)s rows, %(files)s kept files.") % counted)

    def _write(self, target: Path):
        words = _("Cannot write “%(path)s”: %(why)s")
        settle()
        try:
            return write_backup(target)
        except NotPossible as error:
            raise UsageError(words % {"path": target, "why": error}) from error
        except Refusal as refusal:
            raise Refused(words % {"path": target, "why": refusal}) from refusal
