from django.urls import path

from assessments.views import activities, calls, deadlines, review, submit, work, year_pages

urlpatterns = [
    path("counts/activities/", activities.listing, name="activities"),
    path("counts/activities/add/", activities.edit, name="activity_add"),
    path("counts/activities/<int:pk>/", activities.edit, name="activity"),
    path("counts/activities/<int:pk>/move/", activities.move, name="activity_move"),
    path("ratings/", work.latest, name="work"),
    path("ratings/<int:year>/", work.work, name="work_year"),
    path("ratings/<int:year>/submit/", submit.submit, name="submit"),
    path("review/", review.latest, name="review"),
    path("review/<int:year>/", review.desk, name="review_year"),
    path("review/<int:year>/calls/", calls.listing, name="review_calls"),
    path("review/<int:year>/<int:pk>/", review.desk, name="review_unit"),
    path("review/<int:year>/<int:pk>/return/", review.give_back, name="review_return"),
    path("review/<int:year>/<int:pk>/accept/", review.accept, name="review_accept"),
    path("review/<int:year>/<int:pk>/deadline/", deadlines.of_unit, name="review_extend"),
    path(
        "review/<int:year>/<int:pk>/deadline/<slug:stage>/take-back/",
        deadlines.take_back,
        name="review_take_back",
    ),
    path("years/", year_pages.years, name="years"),
    path("years/<int:year>/close/", year_pages.close, name="year_close"),
    path("years/<int:year>/reopen/", year_pages.reopen, name="year_reopen"),
    path("years/<int:year>/deadlines/", deadlines.of_all, name="year_deadlines"),
]
