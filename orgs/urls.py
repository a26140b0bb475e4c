from django.urls import path

from orgs.views import accounts, trail

app_name = "orgs"
urlpatterns = [
    path("accounts/", accounts.account_list, name="account_list"),
    path("accounts/add/", accounts.account_add, name="account_add"),
    path("accounts/<int:pk>/", accounts.account_change, name="account_change"),
    path("accounts/<int:pk>/reset/", accounts.account_reset, name="account_reset"),
    path("accounts/<int:pk>/unlock/", accounts.account_unlock, name="account_unlock"),
    path("trail/", trail.audit_list, name="audit_list"),
]
