"""What goes along with an act: what it writes beside the record that it is done on."""

from collections.abc import Callable

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.rules.models.years import Submission
from members.models import Member, Membership, VillageHead
from orgs.models import Coverage, Organization, Placement, Posting, Village
from orgs.touched import Touched
from resolution03.lib.figures import number

_Counted = Callable[[int], str]
_THINGS: tuple[tuple[type[Model], type[Model] | None, str, _Counted], ...] = (
    (
        Organization,
        Placement,
        "organization_id",
        lambda n: ngettext("%(n)s organization", "%(n)s organizations", n),
    ),
    (Member, Membership, "member_id", lambda n: ngettext("%(n)s member", "%(n)s members", n)),
    (Village, Coverage, "village_id", lambda n: ngettext("%(n)s village", "%(n)s villages", n)),
    (VillageHead, None, "", lambda n: ngettext("%(n)s village head", "%(n)s village heads", n)),
    (Posting, None, "", lambda n: ngettext("%(n)s account", "%(n)s accounts", n)),
    (Submission, None, "", lambda n: ngettext("%(n)s begun year", "%(n)s begun years", n)),
)
"""What is counted, the stretches by which it moves, how it is said."""


def told(touched: Touched, record: Model | None) -> list[str]:
    """One sentence, or none: how many of what is written beside `record`, and beside what is new."""
    counts = [(words, _count(touched, thing, stretch, of, record)) for thing, stretch, of, words in _THINGS]
    found = [words(count) % {"n": number(count)} for words, count in counts if count]
    return [_("It takes along: %(things)s.") % {"things": ", ".join(found)}] if found else []


def _count(
    touched: Touched, thing: type[Model], stretch: type[Model] | None, of: str, record: Model | None
) -> int:
    written = touched.before.get(thing, {})
    keys = {pk for pk, image in written.items() if image is not None}
    if stretch is not None:
        keys |= touched.values(stretch, of)
    new = {pk for pk, image in written.items() if image is None}
    own = {record.pk} if isinstance(record, thing) else set()
    return len(keys - new - own)
