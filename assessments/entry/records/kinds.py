"""The kinds of documents and events, each declared once: what is written of one, and what is refused."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.entry.records.models import RecordKind
from assessments.rules.models.reviews import ReviewKind
from resolution03.lib.phrases import Phrase

ISSUED_ON = date(2016, 8, 8)
"""The day of NQ 03-NQ/TU: nothing carries it out before."""
DOCUMENT = ("number", "title")
NUMBERS = ("participants", "prizes", "classes", "persons", "school_persons", "funds")
"""The counts of all kinds, whole; `funds` in million dong."""
MOST = 999_999


@dataclass(frozen=True, slots=True)
class Part:
    """A count that is among another; `words` take {part} and {whole}."""

    part: str
    whole: str
    words: Phrase


@dataclass(frozen=True, slots=True)
class Kind:
    """`plural` heads its list, `clause` is that of the resolution, `day` what its day is called. `fields`:
    what is written beside the day, `needed` of them what must be. `since`: the first day it may be of.
    `parts`: counts among others. `review`: which reviews of the Board it may answer. `lasts`: it holds in
    later years too."""

    code: RecordKind
    plural: Phrase
    clause: str
    day: Phrase
    add: Phrase
    fields: tuple[str, ...] = DOCUMENT
    needed: tuple[str, ...] = ()
    since: date | None = None
    parts: tuple[Part, ...] = ()
    review: ReviewKind | None = None
    lasts: bool = False

    @property
    def label(self) -> str | Promise:
        return self.code.label

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(name for name in self.fields if name in NUMBERS)


_REVIEW = (*DOCUMENT, "answers")
KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            RecordKind.PROGRAMME,
            _("Programmes to carry out the resolution"),
            "III.1",
            _("day signed"),
            _("Add a programme"),
            needed=("number",),
            since=ISSUED_ON,
            lasts=True,
        ),
        Kind(
            RecordKind.PLAN,
            _("Plans of the year"),
            "III.1",
            _("day signed"),
            _("Add a plan of the year"),
            needed=("number",),
            since=ISSUED_ON,
        ),
        Kind(
            RecordKind.INTERIM,
            _("Interim reviews"),
            "III.4",
            _("day held"),
            _("Add an interim review"),
            fields=_REVIEW,
            since=ISSUED_ON,
            review=ReviewKind.INTERIM,
        ),
        Kind(
            RecordKind.FINAL,
            _("Final reviews"),
            "III.4",
            _("day held"),
            _("Add a final review"),
            fields=_REVIEW,
            since=ISSUED_ON,
            review=ReviewKind.FINAL,
        ),
        Kind(
            RecordKind.CONTEST,
            _("Contests of good secretaries"),
            "II.2",
            _("day held"),
            _("Add a contest"),
            fields=("level", "participants", "prizes", *DOCUMENT),
            needed=("level", "participants"),
            parts=(
                Part("prizes", "participants", _("%(part)s prizes for %(whole)s who took part: too many.")),
            ),
        ),
        Kind(
            RecordKind.TRAINING,
            _("Training classes"),
            "III.2-3",
            _("day on which it opened"),
            _("Add training classes"),
            fields=("classes", "persons", "school_persons", "funds", *DOCUMENT),
            needed=("classes", "persons"),
            parts=(
                Part(
                    "school_persons",
                    "persons",
                    _("%(part)s of %(whole)s persons by the Political School: it is more than there were."),
                ),
            ),
        ),
    )
}
LEAST = {"participants": 1, "classes": 1, "persons": 1}
"""The least of a count; of the others none."""
