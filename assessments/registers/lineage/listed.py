"""Lineage in a row of a list: into what a body went, and who went into it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Model, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

NAMED = 3


def sources_of(
    model: type[Model], bodies: Collection[int] | QuerySet, end: str, **only
) -> Mapping[int, list[str]]:
    """The names of those who went into each of `bodies`, by their `end`; `only`: of these. One statement."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = model._default_manager.filter(merged_into__in=bodies, **only).order_by(end, "code")
    for into, name in rows.values_list("merged_into", "name"):
        found[into].append(name)
    return found


def came_from(sources: Sequence[str]) -> str:
    """The first names, and how many others; empty for none."""
    named, more = "; ".join(sources[:NAMED]), len(sources) - NAMED
    return f"{named} {_('and %(count)d more') % {'count': more}}" if more > 0 else named


def caption(into: str | None, sources: Sequence[str]) -> SafeString:
    """What stands under the name of a body; empty without a lineage."""
    told = [_("went into %(name)s") % {"name": into}] if into else []
    if sources:
        told.append(_("merged of %(names)s") % {"names": came_from(sources)})
    return format_html('<span class="cap block">{}</span>', " · ".join(told)) if told else SafeString()
