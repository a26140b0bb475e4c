"""Why a unit's year cannot be sent, and how its lines are named there."""

from django.utils.translation import gettext as _

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
    """Rows are to be returned without a reason; `keys` of them as `RatedLine.key` gives them."""

    def __init__(self, lines: list):
        names = [line.name for line in lines]
        shown = "; ".join(names[:_NAMED]) + ("; …" if len(names) > _NAMED else "")
        super().__init__(_("Write the reason for returning: %(names)s.") % {"names": shown})
        self.keys = {line.key for line in lines}
