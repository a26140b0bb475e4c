"""Text for a reader: a `str`, or one that waits for the reader's language (`gettext_lazy`)."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Phrase
else:
    Phrase = str | Promise
