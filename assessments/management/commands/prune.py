from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.operations import retention
from assessments.operations.pruning import prune
from assessments.operations.restoring import settle
from assessments.operations.retention import Due
from resolution03.lib.backups import databases, hindrances, rooms
from resolution03.lib.commands import HouseCommand, Refused, UsageError, actor_name
from resolution03.lib.errors import NotPossible, Refusal


class Command(HouseCommand):
    help = _("Removes what has been kept for long enough: uploads, the log of exports, names.")

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help=_("only tell what is due"))

    def handle(self, *, check, json, **options):
        found = retention.due() if check else self._prune(Actor(name=actor_name(options)))
        if json:
            self.answer({"checked": check, **asdict(found)})
        else:
            self.stdout.write("\n".join(_in_lines(found, check)))

    def _prune(self, by: Actor) -> Due:
        settle()
        try:
            with hindrances.named(), rooms.at_work(Path(settings.VAR_DIR), alone=True):
                found = prune(by=by)
        except NotPossible as error:
            raise UsageError(_("Not pruned: %(why)s.") % {"why": error}) from error
        except Refusal as refusal:
            raise Refused(_("Not pruned: %(why)s.") % {"why": refusal}) from refusal
        self._compact()
        return found

    def _compact(self) -> None:
        try:
            with hindrances.named():
                databases.compact()
        except NotPossible as error:
            words = _("Unused pages of the database's file may still hold what was removed: %(why)s.")
            self.stderr.write(words % {"why": error})


def _in_lines(found: Due, check: bool) -> list[str]:
    return [
        _("Due for removal:") if check else _("Removed:"),
        _("%(count)d uploads of more than %(days)d days or about persons below, %(files)d files with them")
        % {"count": found.uploads, "days": settings.UPLOAD_DAYS, "files": found.files},
        _("%(count)d files of which nobody knows") % {"count": found.stray_files},
        _("%(count)d entries about reports that left more than %(years)d years ago")
        % {"count": found.exports, "years": settings.EXPORT_LOG_YEARS},
        _("%(count)d lists of persons issued more than %(years)d years ago")
        % {"count": found.lists, "years": settings.PERSON_LIST_YEARS},
        _("%(members)d names of members and %(heads)d of heads, gone for %(years)d years, by their codes")
        % {"members": found.members, "heads": found.heads, "years": settings.NAMES_YEARS},
        _("their names in %(count)d entries of the trail") % {"count": found.entries},
        _("%(copies)d copies of what was here before a restoring, %(folders)d working folders left over")
        % {"copies": found.copies, "folders": found.left_over},
    ]
