from django.urls import path

from assessments.entry.counts import typing_views

urlpatterns = [
    path("counts/<int:year>/entry/", typing_views.enter_counts, name="enter_counts"),
]
