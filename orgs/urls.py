from django.urls import path

from orgs.jobs import views as jobs
from orgs.views import accounts, trail

app_name = "orgs"
urlpatterns = [
    path("accounts/", accounts.account_list, name="account_list"),
    path("accounts/add/", accounts.account_add, name="account_add"),
    path("accounts/units/", accounts.account_units, name="account_units"),
    path("accounts/<int:pk>/", accounts.account_change, name="account_change"),
    path("accounts/<int:pk>/reset/", accounts.account_reset, name="account_reset"),
    path("accounts/<int:pk>/unlock/", accounts.account_unlock, name="account_unlock"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:token>/", jobs.job, name="job"),
    path("jobs/<uuid:token>/how-far/", jobs.how_far, name="job_how_far"),
    path("jobs/<uuid:token>/result/", jobs.result, name="job_result"),
    path("jobs/<uuid:token>/cancel/", jobs.cancel, name="job_cancel"),
    path("jobs/<uuid:token>/again/", jobs.again, name="job_again"),
    path("trail/", trail.audit_list, name="audit_list"),
]
