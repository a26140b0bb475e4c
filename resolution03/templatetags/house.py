"""The house's tags: icons, signs, numbers and dates."""

import html
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from uuid import uuid4

from django import template
from django.template.defaulttags import querystring
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from resolution03.lib import figures

register = template.Library()

_SIGNS = {
    "met": "check-circle-fill",
    "unmet": "exclamation-triangle-fill",
    "wait": "clock",
    "none": "dash-lg",
    "error": "x-octagon-fill",
    "changed": "arrow-left-right",
}
_MESSAGE_KINDS = {"success": "met", "warning": "unmet", "error": "error"}


@register.simple_tag
@lru_cache
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with `label` only where it stands without a word."""
    use = f"{static('vendor/bootstrap-icons/icons.svg')}#{name}"
    if label:
        shape = '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>'
        return format_html(shape, label, use)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', use)


@register.simple_tag(takes_context=True)
def once(context) -> SafeString:
    """The token by which a form that is sent twice acts once (`orgs.once`); sent back, it stays."""
    request = context.get("request")
    sent = request.POST.get("once", "") if request else ""
    return format_html('<input type="hidden" name="once" value="{}">', sent or uuid4())


@register.simple_tag(takes_context=True)
def address(context, asked: Mapping[str, str | int | None]) -> str:
    """The address of this page with what is asked for changed; None goes out of it."""
    return querystring(context, None, **asked)


@register.simple_block_tag
def each(content: SafeString, rows: Iterable[Mapping[str, str]]) -> SafeString:
    """The block once for each of `rows`, each `{name}` in it filled with the row's text, escaped.

    For hundreds of rows of plain cells: the block itself is drawn only once.
    """
    filled = (content.format_map({name: _escaped(text) for name, text in row.items()}) for row in rows)
    return mark_safe("".join(filled))  # noqa: S308


def _escaped(text: str) -> str:
    return text if isinstance(text, SafeString) else html.escape(text)


@register.simple_tag
def sign(kind: str, label: str, shape: str = "") -> SafeString:
    """A word with its shape and colour; `shape` only where it is another than the kind's own."""
    drawn = icon(_SIGNS.get(shape or kind, shape or kind))
    return format_html('<span class="sign {}">{}{}</span>', kind, drawn, label)


@register.filter
def message_kind(message) -> str:
    """The sign of one of Django's messages."""
    return _MESSAGE_KINDS.get(message.level_tag, "wait")


@register.filter
def error_headline(form) -> str:
    count = sum(len(messages) for messages in form.errors.values())
    words = ngettext(
        "Not saved. %(count)d place to correct:", "Not saved. %(count)d places to correct:", count
    )
    return words % {"count": count}


@register.filter
def number(value: int | Decimal | None) -> str:
    """`1.850`; `–` for None."""
    return figures.number(value)


@register.filter
def percentage(value: Decimal | None) -> str:
    """`62,62%`; `–` for None."""
    return figures.percentage(value)


@register.filter
def day(value: date | None) -> str:
    """`31/12/2018`; `–` for None."""
    return f"{value:%d/%m/%Y}" if value else "–"


@register.filter
def moment(value: datetime | None) -> str:
    """`16:38, 12/01/2026` by the office's clock; `–` for None."""
    return f"{timezone.localtime(value):%H:%M, %d/%m/%Y}" if value else "–"
