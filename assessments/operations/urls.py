from django.urls import path

from assessments.operations.backups.views import backups

urlpatterns = [path("backups/", backups, name="backups")]
