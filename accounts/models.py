from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("administrator")
    BOARD = "board", _("Organization Board")
    OFFICER = "officer", _("unit officer")
    CLERK = "clerk", _("clerk")
    VIEWER = "viewer", _("viewer")


class User(AbstractUser):
    """An account. What its role may do: accounts.permissions; where it stands: orgs.Posting."""

    first_name = None  # type: ignore[assignment]  # so Django leaves a field out; below too
    last_name = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]
    EMAIL_FIELD = None  # type: ignore[assignment]
    REQUIRED_FIELDS = []

    full_name = models.CharField(_("full name"), max_length=120)
    office = models.CharField(_("office"), max_length=160, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Role)
    language = models.CharField(_("language"), max_length=5, blank=True)
    must_change_password = models.BooleanField(_("must change password"), default=False)

    def get_full_name(self) -> str:
        return self.full_name or self.username
