from django.urls import include, path

from resolution03 import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("account/", include("accounts.urls")),
    path("", include("assessments.urls")),
    path("", include("orgs.urls")),
    path("", include("assessments.urls.registers")),
]
