"""Addresses of the public pages."""

from django.urls import path

from apps.comparisons import views_entities, views_lists
from apps.comparisons.views_claim import claim
from apps.comparisons.views_comparison import changes, comparison
from apps.comparisons.views_corrections import correction, corrections
from apps.comparisons.views_methodology import methodology

urlpatterns = [
    path("", views_lists.home, name="home"),
    path("questions/", views_lists.questions, name="questions"),
    path("questions/<slug:slug>/", comparison, name="question"),
    path("questions/<slug:slug>/changes/", changes, name="question-changes"),
    path("topics/<slug:slug>/", views_lists.topic, name="topic"),
    path("claims/<slug:public_id>/", claim, name="claim"),
    path("actors/", views_entities.actors, name="actors"),
    path("actors/<slug:slug>/", views_entities.actor, name="actor"),
    path("places/<slug:slug>/", views_entities.place, name="place"),
    path("sources/", views_entities.sources, name="sources"),
    path("sources/<slug:slug>/", views_entities.source, name="source"),
    path("corrections/", corrections, name="corrections"),
    path("corrections/<slug:public_id>/", correction, name="correction"),
    path("methodology/", methodology, name="methodology"),
]
