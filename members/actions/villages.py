"""How villages with heads end, and are corrected."""

from datetime import date

from accounts.actors import Actor
from members.actions.heads import end_term
from members.standing import HEADS
from orgs.actions import villages
from orgs.models import Village
from orgs.standing import require_begun, require_ended
from orgs.versions import writing


@writing()
def end(*, by: Actor, village: Village, on: date, **decision) -> Village:
    """End a village; `on` is its last day, and that of the head in post. One who starts later is named."""
    ended = villages.end(by=by, village=village, on=on, **decision)
    for head in HEADS.after_end(village=ended).filter(starts_on__lte=on):
        end_term(by=by, head=head, on=on)
    require_ended([HEADS], ended, by=by, field="on")
    return ended


@writing()
def correct(*, by: Actor, village: Village, **values) -> Village:
    """Correct a village; no head is left in post on days on which it does not exist."""
    before = {name: getattr(village, name) for name in villages.LIFE}
    corrected = villages.correct(by=by, village=village, **values)
    if corrected.starts_on != before["starts_on"]:
        require_begun([HEADS], corrected, by=by, field="starts_on")
    if corrected.ends_on != before["ends_on"]:
        require_ended([HEADS], corrected, by=by, field="ends_on")
    return corrected
