from django.urls import path

from assessments.views import enter_counts

urlpatterns = [
    path("counts/<int:year>/entry/", enter_counts.enter_counts, name="enter_counts"),
]
