"""Addresses with a suffix: the same things for machines; and frozen comparisons."""

from django.urls import path

from apps.publishing import (
    views_claim,
    views_comparison,
    views_corrections,
    views_entities,
    views_feeds,
    views_frozen,
    views_references,
)
from apps.publishing.api import views as api_views
from apps.publishing.api.openapi import api

urlpatterns = [
    path("api/v1/openapi.json", api_views.openapi_json, name="api-openapi"),
    path("api/v1/docs", api_views.docs, name="api-docs"),
    path("api/v1/", api.urls),
    path("questions/<slug:slug>.json", views_comparison.comparison_json, name="question-json"),
    path("questions/<slug:slug>.csv", views_comparison.comparison_csv, name="question-csv"),
    path("questions/<slug:slug>/changes.json", views_comparison.changes_json, name="question-changes-json"),
    path("questions/<slug:slug>/changes.csv", views_comparison.changes_csv, name="question-changes-csv"),
    path("actors/<slug:slug>.json", views_entities.actor_json, name="actor-json"),
    path("actors/<slug:slug>.csv", views_entities.actor_csv, name="actor-csv"),
    path("sources/<slug:slug>.json", views_entities.source_json, name="source-json"),
    path("sources/<slug:slug>.csv", views_entities.source_csv, name="source-csv"),
    path("claims/<slug:public_id>.json", views_claim.claim_json, name="claim-json"),
    path("claims/<slug:public_id>.csv", views_claim.claim_csv, name="claim-csv"),
    path("feeds/all.atom", views_feeds.all_feed, name="feed-all"),
    path("feeds/corrections.atom", views_feeds.corrections_feed, name="feed-corrections"),
    path("feeds/topics/<slug:slug>.atom", views_feeds.topic_feed, name="feed-topic"),
    path("feeds/questions/<slug:slug>.atom", views_feeds.question_feed, name="feed-question"),
    path("feeds/actors/<slug:slug>.atom", views_feeds.actor_feed, name="feed-actor"),
    path("corrections.json", views_corrections.corrections_json, name="corrections-json"),
    path("corrections.csv", views_corrections.corrections_csv, name="corrections-csv"),
    path("frozen/", views_frozen.frozen_list, name="frozen-list"),
    path("frozen/new/", views_frozen.frozen_new, name="frozen-new"),
    path("frozen/<slug:digits>/", views_frozen.frozen, name="frozen"),
    path("frozen/<slug:digits>.csv", views_frozen.frozen_csv, name="frozen-csv"),
    path("frozen/<slug:digits>.bib", views_frozen.reference, {"suffix": "bib"}, name="frozen-bib"),
    path("frozen/<slug:digits>.ris", views_frozen.reference, {"suffix": "ris"}, name="frozen-ris"),
    path("frozen/<slug:digits>.csl.json", views_frozen.reference, {"suffix": "csl.json"}, name="frozen-csl"),
    path("frozen/<slug:digits>.json", views_frozen.frozen_json, name="frozen-json"),
    path("questions/<slug:slug>.bib", views_references.comparison, {"suffix": "bib"}, name="question-bib"),
    path("questions/<slug:slug>.ris", views_references.comparison, {"suffix": "ris"}, name="question-ris"),
    path("questions/<slug:slug>.csl.json", views_references.comparison, {"suffix": "csl.json"}, name="question-csl"),
    path("claims/<slug:public_id>.bib", views_references.claim, {"suffix": "bib"}, name="claim-bib"),
    path("claims/<slug:public_id>.ris", views_references.claim, {"suffix": "ris"}, name="claim-ris"),
    path("claims/<slug:public_id>.csl.json", views_references.claim, {"suffix": "csl.json"}, name="claim-csl"),
]
