"""Addresses of the API: version 1, its description for machines, its pages for people."""

import re

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter, get_converters

from events import uids
from events.api import (
    documentation,
    drafting,
    entries,
    formats,
    reading,
    releases,
    starting,
    texts,
    ties,
    vocabulary,
    writing,
)
from events.api.compat import acled_page, ucdp_guide
from events.record.releases.naming import ReleaseConverter


class FormatConverter(StringConverter):
    """Path converter: the end of the address of a list, which names its format."""

    regex = "|".join(formats.TYPES)


class OtherFormatConverter(StringConverter):
    """Path converter: the end of the address of a list in a format for other programs."""

    regex = "|".join(re.escape(name) for name in formats.OTHERS)


if "api_other_format" not in get_converters():
    register_converter(OtherFormatConverter, "api_other_format")
if "api_format" not in get_converters():
    register_converter(FormatConverter, "api_format")
if "release" not in get_converters():
    register_converter(ReleaseConverter, "release")
if "uid" not in get_converters():
    register_converter(uids.UidConverter, "uid")

urlpatterns = [
    path("v1/", reading.root, name="api-root"),
    path("v1/incidents/", reading.incidents, name="api-incidents"),
    path("v1/incidents.csv-metadata.json", reading.incidents_csvw, name="api-incidents-csvw"),
    path("v1/incidents.<api_format:form>", reading.incidents_file, name="api-incidents-file"),
    path("v1/incidents.<api_other_format:form>", reading.incidents_for_others, name="api-incidents-for-others"),
    path("v1/incidents/<uid:uid>/", reading.incident, name="api-incident"),
    path("v1/incidents/<uid:uid>/provenance/", reading.incident_provenance, name="api-incident-provenance"),
    path("v1/incidents/<uid:uid>/editions/", reading.incident_editions, name="api-incident-editions"),
    path("v1/incidents/<uid:uid>/editions/<int:number>/", reading.incident_edition, name="api-incident-edition"),
    path("v1/changes/", reading.changes, name="api-changes"),
    path("v1/editions/", reading.editions, name="api-editions"),
    path("v1/editions/<int:sequence>/", reading.edition, name="api-edition"),
    path("v1/claims/", reading.claims, name="api-claims"),
    path("v1/claims/<uid:uid>/", reading.claim, name="api-claim"),
    path("v1/links/", ties.links, name="api-links"),
    path("v1/links/<uid:uid>/", ties.link, name="api-link"),
    path("v1/documents/", ties.documents, name="api-documents"),
    path("v1/documents/<uid:uid>/", ties.document, name="api-document"),
    path("v1/relations/", ties.relations, name="api-relations"),
    path("v1/relations/<uid:uid>/", ties.relation, name="api-relation"),
    path("v1/vocabulary/", vocabulary.vocabulary, name="api-vocabulary"),
    path("v1/vocabulary/<slug:name>/", vocabulary.word_list, name="api-word-list"),
    path("v1/actors/", entries.actors, name="api-actors"),
    path("v1/actors/<slug:slug>/", entries.actor, name="api-actor"),
    path("v1/locations/", entries.locations, name="api-locations"),
    path("v1/locations/<slug:slug>/", entries.location, name="api-location"),
    path("v1/sources/", entries.sources, name="api-sources"),
    path("v1/sources/<slug:slug>/", entries.source, name="api-source"),
    path("v1/statistics/", reading.statistics, name="api-statistics"),
    path("v1/releases/", releases.releases, name="api-releases"),
    path("v1/releases/<release:name>/", releases.release, name="api-release"),
    path("v1/releases/<release:name>/files/<str:file>", releases.file, name="api-release-file"),
    path("v1/drafts/", writing.drafts, name="api-drafts"),
    path("v1/drafts/<uid:uid>/", drafting.draft, name="api-draft"),
    path("v1/drafts/<uid:uid>/claims/", drafting.add_claims, name="api-draft-claims"),
    path("v1/drafts/<uid:uid>/claims/<uid:claim_uid>/", drafting.claim, name="api-draft-claim"),
    path("v1/drafts/<uid:uid>/submit/", drafting.submit, name="api-draft-submit"),
    path("v1/documents/<uid:uid>/text/", texts.text, name="api-document-text"),
    path("compat/acled/", include("events.api.compat.acled_urls")),
    path("compat/ucdp/", include("events.api.compat.ucdp_urls")),
    path("schema/", documentation.description, name="api-schema"),
    path("docs/", documentation.guide, name="api-docs"),
    path("docs/acled/", acled_page.coming_from_acled, name="api-acled-docs"),
    path("docs/ucdp/", ucdp_guide.guide, name="api-docs-ucdp"),
    path("docs/start/", starting.page, name="api-start"),
    path("docs/try/", documentation.try_it, name="api-try"),
]
