"""The bodies of a composed plan: what is typed of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy

from assessments.workbooks.reorganizing.told import WHAT
from orgs.models import OF_UNITS, Form, Organization
from resolution03.lib.phrases import Phrase

TYPED = ("new", "name", "parent", "level", "form")
"""What is typed of each body, beside what becomes of it: columns of the workbook."""

NEEDED: Mapping[str, tuple[str, Phrase]] = {
    "merge": ("new", gettext_lazy("the code of the body into which it goes")),
    "move": ("parent", gettext_lazy("the code of what it stands under then")),
    "rename": ("name", gettext_lazy("its new name")),
    "kind": ("level", gettext_lazy("its new level")),
}
"""Without which column a choice says nothing."""

SPLIT = "split"
CHOICES = [
    ("", gettext_lazy("stays as it is")),
    *((key, words) for key, (words, _icon) in WHAT.items()),
    (SPLIT, gettext_lazy("is divided")),
]


@dataclass(frozen=True)
class Line:
    """One body of the page with what is typed of it; `what`: a key of WHAT, "" for what stays as it is."""

    body: Organization
    what: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, body: Organization, posted: Mapping[str, str]) -> "Line":
        """As the page sends it: `what-12`, `new-12` …"""
        what = posted.get(f"what-{body.pk}", "")
        typed = {name: posted.get(f"{name}-{body.pk}", "").strip()[:255] for name in TYPED}
        return cls(body, what if what in dict(CHOICES) else "", typed)

    @property
    def missing(self) -> Phrase:
        """What is needed and not typed, in words."""
        column, words = NEEDED.get(self.what, ("", ""))
        return words if column and not self.typed.get(column) else ""

    @property
    def choices(self) -> list[tuple[str, Phrase, bool]]:
        return [(key, words, key == self.what) for key, words in CHOICES]

    @property
    def levels(self) -> list[tuple[Phrase, Phrase, bool]]:
        return [(label, label, label == self.typed.get("level")) for _value, label in OF_UNITS]

    @property
    def forms(self) -> list[tuple[Phrase, Phrase, bool]]:
        return [(form.label, form.label, form.label == self.typed.get("form")) for form in Form]

    def cells(self, on: date, decision: str) -> dict[str, str]:
        """Its row of the workbook, by the keys of the columns."""
        asked = {"old": self.body.code, "old_name": self.body.name}
        if self.what == "merge":
            asked |= self.typed
        elif self.what in ("end", SPLIT):
            asked["new"] = self.body.parent.code if self.body.parent else ""
        else:
            asked |= dict(self.typed) | {"new": self.body.code}
        return asked | {"on": f"{on:%d/%m/%Y}", "decision": decision}


def lines_under(user, places: Iterable[Organization], posted: Mapping[str, str]) -> list[Line]:
    """The places themselves and what stands directly under them today, in the office's order."""
    keys = [place.pk for place in places]
    seen = Organization.objects.visible_to(user).filter(dissolved_on=None).select_related("parent")
    bodies = [*seen.filter(pk__in=keys).exclude(parent=None), *seen.filter(parent__in=keys)]
    return [Line.read(body, posted) for body in dict.fromkeys(bodies)]
