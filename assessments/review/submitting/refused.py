"""Why a unit's year cannot be sent, and how its lines are named there."""

from django.utils.translation import gettext as _

from assessments.roster.models.lines import MemberLine
from resolution03.lib.errors import Refusal

_NAMED = 5


class NotComplete(Refusal):
    """A unit's year cannot be submitted yet: rows blank, contradictory, or without a reason, and
    reported totals without one."""

    def __init__(self, blank: int, contradictory: int, unexplained: int, totals: int):
        texts = {
            _("%(count)s rows have neither a level nor a reason."): blank,
            _("%(count)s rows are exempt and rated at once."): contradictory,
            _("%(count)s rows still need a written reason."): unexplained,
            _("%(count)s reported totals still need a written reason."): totals,
        }
        super().__init__(*[text % {"count": count} for text, count in texts.items() if count])


class ReasonsMissing(Refusal):
    """Rows are to be returned without a reason; `keys` of them as `key_of` gives them."""

    def __init__(self, lines: list):
        names = [name_of(line) for line in lines]
        shown = "; ".join(names[:_NAMED]) + ("; …" if len(names) > _NAMED else "")
        super().__init__(_("Write the reason for returning: %(names)s.") % {"names": shown})
        self.keys = {key_of(line) for line in lines}


def key_of(line) -> str:
    """A row of the unit by one text: `o12` an organization's, `m34` a member's."""
    return f"{'m' if isinstance(line, MemberLine) else 'o'}{line.pk}"


def name_of(line) -> str:
    return line.member.full_name if isinstance(line, MemberLine) else line.name
