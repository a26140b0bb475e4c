from django.urls import path

from assessments.review.supplements import views as supplements

urlpatterns = [
    path("ratings/<int:year>/supplements/", supplements.listing, name="supplements"),
    path("ratings/<int:year>/supplements/new/", supplements.new, name="supplement_new"),
    path("ratings/<int:year>/supplements/<int:pk>/", supplements.supplement, name="supplement"),
    path("review/supplements/", supplements.waiting, name="review_supplements"),
    path("review/supplements/<int:pk>/", supplements.answer, name="review_supplement"),
]
