from dataclasses import asdict

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments import retention
from assessments.actions.retention import prune
from assessments.retention import Due
from resolution03.lib.commands import HouseCommand, actor_name


class Command(HouseCommand):
    help = _("Removes what has been kept for long enough: uploads, the log of exports, names.")

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help=_("only tell what is due"))

    def handle(self, *, check, json, **options):
        found = retention.due() if check else prune(by=Actor(name=actor_name(options)))
        if json:
            self.answer({"checked": check, **asdict(found)})
        else:
            self.stdout.write("\n".join(_in_lines(found, check)))


def _in_lines(found: Due, check: bool) -> list[str]:
    return [
        _("Due for removal:") if check else _("Removed:"),
        _("%(count)d uploads of more than %(days)d days, %(files)d files with them")
        % {"count": found.uploads, "days": settings.UPLOAD_DAYS, "files": found.files},
        _("%(count)d files of which nobody knows") % {"count": found.stray_files},
        _("%(count)d entries about reports that left more than %(years)d years ago")
        % {"count": found.exports, "years": settings.EXPORT_LOG_YEARS},
        _("%(members)d names of members and %(heads)d of heads, gone for %(years)d years, by their codes")
        % {"members": found.members, "heads": found.heads, "years": settings.NAMES_YEARS},
    ]
