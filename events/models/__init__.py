"""Fields, constraints and questions about many rows; one file per subject."""

from events.models.actor import Actor, ActorAlias, ActorRelation
from events.models.area import LocationArea
from events.models.batch import ExternalRecord, ImportBatch, ImportName, ImportRow
from events.models.casualty import CasualtyLine
from events.models.change import Change
from events.models.claim import Citation, Claim, Review
from events.models.comment import Comment
from events.models.edition import (
    DepartedClaim,
    Edition,
    EditionDocument,
    PublishedCitation,
    PublishedClaim,
    PublishedIncident,
    PublishedLink,
    PublishedPart,
    PublishedParticipant,
    PublishedRelation,
)
from events.models.following import Delivery, FollowedIncident, MailAddress, SavedSelection
from events.models.held import HeldCitation, HeldClaim, HeldIncident, HeldLink, HeldPart, HeldParticipant
from events.models.incident import Incident, IncidentLink
from events.models.invitation import Invitation
from events.models.key import ApiKey
from events.models.location import Location, LocationAlias
from events.models.presence import Presence
from events.models.release import Release, ReleaseErratum, ReleaseFile
from events.models.source import Document, Source
from events.models.unfinished import UnfinishedEntry
from events.models.visit import DeskVisit
from events.models.words import ClaimWords, HeldWords, IncidentWords

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorRelation",
    "ApiKey",
    "CasualtyLine",
    "Change",
    "Citation",
    "Claim",
    "ClaimWords",
    "Comment",
    "Delivery",
    "DepartedClaim",
    "DeskVisit",
    "Document",
    "Edition",
    "EditionDocument",
    "ExternalRecord",
    "FollowedIncident",
    "HeldCitation",
    "HeldClaim",
    "HeldIncident",
    "HeldLink",
    "HeldPart",
    "HeldParticipant",
    "HeldWords",
    "ImportBatch",
    "ImportName",
    "ImportRow",
    "Incident",
    "IncidentLink",
    "IncidentWords",
    "Invitation",
    "Location",
    "LocationAlias",
    "LocationArea",
    "MailAddress",
    "Presence",
    "PublishedCitation",
    "PublishedClaim",
    "PublishedIncident",
    "PublishedLink",
    "PublishedPart",
    "PublishedParticipant",
    "PublishedRelation",
    "Release",
    "ReleaseErratum",
    "ReleaseFile",
    "Review",
    "SavedSelection",
    "Source",
    "UnfinishedEntry",
]
