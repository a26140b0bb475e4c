"""A plan composed on a page: what is typed becomes the same workbook that an office could send."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook

from assessments.workbooks.reorganizing.told import WHAT
from orgs.imports import REORGANIZATIONS
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

CHOICES = [("", gettext_lazy("stays as it is")), *((key, words) for key, (words, _icon) in WHAT.items())]


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
        return cls(body, what if what in WHAT else "", typed)

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

    def cells(self, on: date, decision: str) -> list[str | None]:
        """Its row of the workbook."""
        asked: dict[str, str | None] = {"old": self.body.code, "old_name": self.body.name}
        if self.what == "merge":
            asked |= self.typed
        elif self.what == "end":
            asked["new"] = self.body.parent.code if self.body.parent else None
        else:
            asked |= dict(self.typed) | {"new": self.body.code}
        asked |= {"on": f"{on:%d/%m/%Y}", "decision": decision}
        return [asked.get(column.key) or None for column in REORGANIZATIONS.columns]


def workbook(lines: Iterable[Line], on: date, decision: str) -> SimpleUploadedFile:
    """The plan as a workbook of the kind `reorganizations`."""
    book = Workbook()
    sheet = book.active
    sheet.title = REORGANIZATIONS.name
    sheet.append([column.heading for column in REORGANIZATIONS.columns])
    for line in lines:
        sheet.append(line.cells(on, decision))
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile(f"sap-xep-{on:%d-%m-%Y}.xlsx", stream.getvalue())


def faults(lines: Iterable[Line]) -> Iterator[str]:
    """What is not typed yet, body by body; that there is nothing at all."""
    chosen = [line for line in lines if line.what]
    if not chosen:
        yield _("Say of at least one body what becomes of it.")
    for line in chosen:
        if line.missing:
            yield _("%(name)s: type %(missing)s.") % {"name": line.body, "missing": line.missing}


def lines_under(user, places: Iterable[Organization], posted: Mapping[str, str]) -> list[Line]:
    """The places themselves and what stands directly under them today, in the office's order."""
    keys = [place.pk for place in places]
    seen = Organization.objects.visible_to(user).filter(dissolved_on=None).select_related("parent")
    bodies = [*seen.filter(pk__in=keys).exclude(parent=None), *seen.filter(parent__in=keys)]
    return [Line.read(body, posted) for body in dict.fromkeys(bodies)]
