"""One-time passwords, and the passwords that everybody guesses first."""

import secrets
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resolution03.lib.text import fold

# Without the letters and digits that are mistaken for one another.
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """A random password to read out once: `k7xm-9wqp-t4hd-n2rv` (about 80 bits)."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


class VietnameseCommonPasswordValidator:
    """Refuses common Vietnamese passwords, with diacritics or without, in any case."""

    def validate(self, password: str, user=None) -> None:
        if fold(password).replace(" ", "") in _common_passwords():
            raise ValidationError(_("This password is among the first that are guessed."))

    def get_help_text(self) -> str:
        return _("No password that is often used in Viet Nam, such as “matkhau123”.")


@cache
def _common_passwords() -> frozenset[str]:
    lines = Path(__file__).with_name("common_passwords.txt").read_text("utf-8").split()
    return frozenset(lines)
