"""The total that stands on the paper of a unit, or of a grassroots organization over its cells, typed beside
the sum of what is given below it."""

import json
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.entry.counts.stored import PAPER, Stored
from assessments.entry.counts.told import Told
from orgs.models import Organization
from resolution03.lib.figures import number


@dataclass(slots=True)
class Paper:
    """The total of one count as a page shows it; `place`: whose paper it is."""

    place: Organization
    code: str
    stored: Stored
    sum: int | None
    is_open: bool
    typed: str | None = field(default=None)
    typed_reason: str | None = field(default=None)
    fault: str = ""
    is_paper: bool = True

    @property
    def pk(self) -> int:
        return self.place.pk

    @property
    def key(self) -> str:
        return f"{PAPER}{self.place.pk}:{self.code}"

    @property
    def data(self) -> str:
        """As the page's script reads it (static/js/entry/counts/cell.js)."""
        told = {
            "name": _("Total on paper"),
            "code": "",
            "version": self.stored.mark,
            "count": self.stored.text,
            "reason": "",
            "last": "",
            "isAsked": False,
            "told": Told().as_data(),
        }
        return json.dumps(told, ensure_ascii=False)

    @property
    def seen(self) -> str:
        return f"{self.stored.mark} "

    @property
    def text(self) -> str:
        return self.stored.text if self.typed is None else self.typed

    @property
    def difference(self) -> int | None:
        """How much more was given than stands on the paper."""
        if self.stored.count is None:
            return None
        return (self.sum or 0) - self.stored.count

    @property
    def differs(self) -> tuple[str, str]:
        """Kind and words of the sign of the difference (static/js/entry/counts/sum.js says the same)."""
        if not self.difference:
            return "met", _("as on paper") if self.difference == 0 else ""
        words = (
            _("%(count)s more than on paper") if self.difference > 0 else _("%(count)s less than on paper")
        )
        return "error", words % {"count": number(abs(self.difference))}

    @property
    def sign(self) -> tuple[str, str]:
        return ("error", _("Not saved: %(why)s") % {"why": self.fault}) if self.fault else ("met", "")

    @property
    def count(self) -> int | None:
        return self.stored.count

    @property
    def is_blank(self) -> bool:
        return self.count is None
