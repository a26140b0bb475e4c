from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from resolution03.lib.forms import HouseForm


class SignInForm(HouseForm, AuthenticationForm):
    """Name and password."""

    error_messages = {
        "invalid_login": _("This name and password do not belong together."),
        "inactive": _("This account is closed."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Account name")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = _("Turn off Vietnamese typing before you type.")


class ChangePasswordForm(HouseForm, PasswordChangeForm):
    """The old password, and the new one twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("The password until now")
        self.fields["new_password1"].label = _("The new password")
        self.fields["new_password2"].label = _("The new password again")
