"""The frame of a STIX 2.1 bundle: ids, what every object carries, who made it, and how it may be passed on.

https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html; the mapping is told in docs/stix.md. Whoever changes what
an object says raises VERSION, because others keep objects by their ids.
"""

from datetime import UTC, datetime
from uuid import UUID, uuid5

MEDIA_TYPE = "application/stix+json;version=2.1"
VERSION = "1.0.0"
DEFINED = "2026-11-27T00:00:00.000Z"  # when the fixed objects below were written
RECORD = "Frontier Ledger"
# What the READMEs of the data say, and no more: nothing here grants what nobody granted.
TERMS = (
    "Facts are nobody’s property. Excerpts are quoted as evidence and remain their publishers’; the licence of a cited "
    "document, where one is known, stands with it. Names and coordinates of places are in part from GeoNames (CC BY 4.0, "
    "geonames.org), provinces after Natural Earth (public domain). No licence for the record as a whole has been stated."
)
_NAMESPACE = UUID("39ac3d84-c475-4ded-a580-0c116177e574")  # of our ids: any, but always this one
# TLP 2.0 as OASIS defines it among the common objects of STIX.
_CLEAR = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"
_TLP = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP_DEFINED = "2022-10-01T00:00:00.000Z"


def identifier(type_, *what):
    """The id of an object of ours: the same for the same public thing, in every bundle and on every day."""
    return f"{type_}--{uuid5(_NAMESPACE, ':'.join((type_, *what)))}"


AUTHOR = identifier("identity", "record")
_TERMS = identifier("marking-definition", "terms")
INCIDENT, CLAIM = (identifier("extension-definition", name, VERSION) for name in ("incident", "claim"))
MARKINGS = (_CLEAR, _TERMS)


def moment(at):
    """A moment as STIX writes it, to the millisecond in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def made(type_, id_, created, modified, **more):
    """An object without what nobody says: STIX knows no null and no empty list. Moments are datetimes or text."""
    created, modified = (moment(at) if isinstance(at, datetime) else at for at in (created, modified))
    return {
        "type": type_,
        "spec_version": "2.1",
        "id": id_,
        "created_by_ref": AUTHOR,
        "created": created,
        "modified": max(created, modified),
        **said(more),
        "object_marking_refs": list(MARKINGS),
    }


def said(values):
    """A dict without members that are null or empty, at any depth; 0 and false stay."""
    found = {}
    for name, value in values.items():
        if isinstance(value, dict):
            value = said(value)
        elif isinstance(value, list | tuple):
            value = [said(one) if isinstance(one, dict) else one for one in value]
        if value is not None and value != "" and value != [] and value != {}:
            found[name] = value
    return found


def frame(schema):
    """The objects that every bundle begins with; `schema` is the address of stix_schema.SCHEMA."""
    yield {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": _CLEAR,
        "created": _TLP_DEFINED,
        "name": "TLP:CLEAR",
        "extensions": {_TLP: {"extension_type": "property-extension", "tlp_2_0": "clear"}},
    }
    yield made(
        "identity",
        AUTHOR,
        DEFINED,
        DEFINED,
        name=RECORD,
        identity_class="organization",
        description="A public record of who says what about security incidents across the Afghanistan–Pakistan border.",
    )
    yield {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": _TERMS,
        "created_by_ref": AUTHOR,
        "created": DEFINED,
        "definition_type": "statement",
        "definition": {"statement": TERMS},
    }
    for id_, name, about in ((INCIDENT, "incident", "an incident"), (CLAIM, "claim", "a claim about one")):
        yield made(
            "extension-definition",
            id_,
            DEFINED,
            DEFINED,
            name=f"{RECORD}: {name}",
            description=f"What the public record holds of {about} and STIX has no property for.",
            schema=f"{schema}#/$defs/{name}",
            version=VERSION,
            extension_types=["property-extension"],
        )
