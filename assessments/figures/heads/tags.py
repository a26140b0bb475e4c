"""Cells of the list of villages: the ways there are, the way chosen."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.figures.heads import listed, words
from assessments.figures.heads.villages import Village
from resolution03.templatetags.house import icon

register = template.Library()
register.filter("cell_words", listed.cell_words)
register.filter("way_words", listed.way_words)
register.filter("group_words", words.group)


@register.simple_tag
def tick(holds: bool) -> SafeString:
    """A box that is ticked, or a dash; each with its word."""
    if holds:
        return format_html('<span class="tick">{}</span>', icon("check-lg", _("yes")))
    dash = '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>'
    return format_html(f'<span class="tick no">{dash}</span>', _("no"))


@register.simple_tag
def picks(village: Village, typed: Mapping[int, str] | None) -> SafeString:
    """The ways that the village has, and none chosen yet; `typed`: what was sent and refused."""
    stored = village.chosen.value if village.chosen else ""
    chosen = (typed or {}).get(village.line, stored)
    choices = [*((way.value, way.value.upper()) for way in village.ways), ("", _("still open"))]
    radios = format_html_join(
        "",
        '<label><input type="radio" class="form-check-input m-0" name="way-{}" value="{}"{}> {}</label>',
        ((village.line, value, " checked" if value == chosen else "", shown) for value, shown in choices),
    )
    legend = _("Way for %(village)s") % {"village": village.name}
    return format_html('<span class="picks" role="radiogroup" aria-label="{}">{}</span>', legend, radios)
