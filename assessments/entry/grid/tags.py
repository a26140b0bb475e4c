"""The files of the entry page's script."""

from django import template
from django.templatetags.static import PrefixNode
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

SAVING = ("clipboard", "conflict", "edits", "frame", "notices", "post", "restore", "rows", "saving", "store")
"""What pages share that save each row by itself (static/js/entry/saving/)."""

GRID = (
    "bulk",
    "cursor",
    "draw",
    "editor",
    "filters",
    "flags",
    "grid",
    "head",
    "help",
    "jump",
    "keys",
    "ledger",
    "page",
    "paste",
    "picks",
    "row",
    "sheet",
    "state",
    "text",
    "view",
)


@register.simple_tag
def entry_modules() -> SafeString:
    """Every module at once, under the names by which they import each other."""
    prefix = PrefixNode.handle_simple("STATIC_URL")
    folders = {"saving": SAVING, "grid": GRID}
    links = ((prefix, folder, name) for folder, names in folders.items() for name in names)
    return format_html_join("", '<link rel="modulepreload" href="{}js/entry/{}/{}.js">', links)
