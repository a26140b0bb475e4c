"""Whether an act is done: when what it will do was shown just so and confirmed, or when there is nothing to
show but the text that was typed."""

from collections.abc import Callable, Sequence

from accounts.actors import Actor
from assessments.figures.foreseen import Foreseen
from assessments.registers.door import Outcome
from assessments.registers.preview import along
from assessments.registers.preview.shown import Detail, Preview, asked_of_the_board, preview_of
from assessments.roster.noting import asked_again
from orgs.models import AuditEntry
from orgs.trail import read_entries

ENTRIES = 4


class Asking:
    """Judges what was seen of an act, once; `preview` is what there is to show.

    `confirmed`: the key of what was shown before; `at_once`: mere text needs no confirmation; `detail` looks
    at what was done.
    """

    def __init__(
        self, by: Actor, *, confirmed: str, doubts: Sequence[str], effects: Sequence[str], at_once: bool,
        detail: Callable[[], Detail | None] = lambda: None,
    ):  # fmt: skip
        self.by, self.confirmed, self.at_once = by, confirmed, at_once
        self.doubts, self.effects, self.detail = doubts, effects, detail
        self.preview = Preview()
        self.stands = False

    def __call__(self, foreseen: Foreseen[Outcome]) -> bool:
        user, outcome = self.by.account, foreseen.result
        self.preview = preview_of(
            foreseen,
            user,
            doubts=self.doubts,
            sentences=[
                *self.effects,
                *along.told(outcome.touched, outcome.record),
                *asked_of_the_board(asked_again(foreseen.change, by=self.by), user),
            ],
            entries=read_entries(self._entries(outcome), user),
            detail=self.detail(),
        )
        is_small = self.at_once and self.preview.is_text and not self.doubts
        self.stands = is_small or self.preview.key == self.confirmed
        return self.stands

    def _entries(self, outcome: Outcome) -> list[AuditEntry]:
        """What the trail will tell of the record itself."""
        record = outcome.record
        about = {"object_type": record._meta.label_lower, "object_id": record.pk}
        rows = AuditEntry.objects.visible_to(self.by.account).filter(batch=outcome.batch, **about)
        return list(rows.order_by("pk")[:ENTRIES])


class NotYet(Exception):
    """Nothing is stored: this is to be read first."""

    def __init__(self, preview: Preview):
        super().__init__()
        self.preview = preview
