from django.urls import path

from assessments.review.notices import views as notices

urlpatterns = [
    path("notices/", notices.listing, name="notices"),
    path("notices/read/", notices.read, name="notices_read"),
]
