from django.urls import include, path, register_converter

from resolution03 import views
from resolution03.lib.addresses import CodeConverter

register_converter(CodeConverter, "code")
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("account/", include("accounts.urls")),
    path("", include("assessments.urls")),
    path("", include("orgs.urls")),
    path("", include("assessments.registers.urls")),
]
