from pathlib import Path

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.operations.restoring import restore
from resolution03.lib.commands import HouseCommand, Refused, UsageError, actor_name
from resolution03.lib.errors import NotPossible, Refusal


class Command(HouseCommand):
    help = _("Verifies a backup, then puts it in the place of everything that is here.")
    needs_migrated = False

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")

    def handle(self, *, file, json, **options):
        source = _readable(file)
        words = _("Nothing was replaced: “%(file)s”: %(why)s.")
        try:
            before = restore(source, by=Actor(name=actor_name(options)))
        except NotPossible as error:
            raise UsageError(words % {"file": file, "why": error}) from error
        except Refusal as refusal:
            raise Refused(words % {"file": file, "why": refusal}) from refusal
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
