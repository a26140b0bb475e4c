"""What the Board ticks and writes on the page of a unit."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict

from assessments.review.submitting.refused import ReasonsMissing
from resolution03.lib.errors import Refusal
from resolution03.lib.figures import whole
from resolution03.lib.text import clean


@dataclass
class Typed:
    """Ticked rows by their key (`o12`, `m34`), the reason of each, the common one, and what was
    wrong with them. Kept when the page comes back.

    Of changes of the list: the keys of the ticked ones, and the newest that the page showed.
    """

    chosen: set[str] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)
    common: str = ""
    wrong: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    changes: set[int] = field(default_factory=set)
    seen: int = 0

    @classmethod
    def of(cls, post: QueryDict) -> "Typed":
        chosen = {key for key in post.getlist("row") if _is_key(key)}
        reasons = {key: _text(post, f"why-{key}") for key in chosen}
        changes = {key for text in post.getlist("change") if (key := whole(text)) is not None}
        typed = cls(chosen, reasons, _text(post, "reason"), changes=changes)
        typed.seen = whole(post.get("seen", "")) or 0
        return typed

    def of_kind(self, letter: str) -> dict[int, str]:
        """Primary keys of the ticked rows of one kind, with their reasons."""
        return {int(key[1:]): why for key, why in self.reasons.items() if key[0] == letter}

    def refused(self, refusal: Refusal) -> None:
        self.errors = refusal.reasons
        if isinstance(refusal, ReasonsMissing):
            self.wrong = refusal.keys

    def mark(self, rows: Iterable) -> None:
        """Tell the rows of a page what was ticked and written beside them."""
        for row in rows:
            row.is_chosen, row.is_wrong = row.line.key in self.chosen, row.line.key in self.wrong
            row.why = self.reasons.get(row.line.key, "")


def _text(post: QueryDict, name: str) -> str:
    return clean(post.get(name, "").replace("\0", ""))


def _is_key(key: str) -> bool:
    return key[:1] in ("o", "m") and whole(key[1:]) is not None
