"""In which format a list of incidents is answered: by the end of the address, else by the Accept header."""

from http import HTTPStatus

from django.http.request import MediaType
from django.urls import reverse

from events.api import answers
from events.api.errors import Problem, refused
from events.record import csvw, downloads, flat, flat_past, sending, sequence, shaped, stix

JSON = "json"
TYPES = {JSON: "application/json"} | {
    one.name: one.content_type.partition(";")[0] for one in downloads.FORMATS.values()
}
# For other programs: only by address, as their media types are those of other formats or of none.
STIX = "stix.json"
OTHERS = (*(shape.ending for shape in shaped.SHAPES.values()), STIX)
# What may stand behind a media type in an Accept header, because it is so anyway.
_SO_ANYWAY = {"charset": "utf-8", "header": "present"}
# They choose among the members and pages of JSON; a file has all rows, and the cells that all files have.
_OF_JSON = ("cursor", "page_size", "count", "fields", "include")


def wanted(request):
    """The name of the format that the Accept header likes best; of equals JSON or what stands first. Raises Problem 406."""
    entries = [MediaType(text) for text in request.headers.get("Accept", "").lower().split(",") if text.strip()]
    if not entries:
        return JSON
    liked = [(*_liking(entries, media_type), -place, name) for place, (name, media_type) in enumerate(TYPES.items())]
    quality, *_, name = max(liked)
    if quality == 0:
        raise Problem(
            HTTPStatus.NOT_ACCEPTABLE,
            f"None of what you accept is to be had here. Ask for {', '.join(TYPES.values())}; leave out the Accept "
            "header; or put the format behind the address, such as /api/v1/incidents.csv.",
            available=[{"media_type": TYPES[name], "url": address(request, name)} for name in TYPES],
        )
    return name


def address(request, name):
    """Where the same question is answered in a format, whatever is accepted."""
    asked = f"?{request.query_params.urlencode()}" if request.query_params else ""
    return request.build_absolute_uri(reverse("api-incidents-file", args=[name])) + asked


def file(request, name, selection, asked):
    """The whole selection as a file, the same as the pages give. Raises Problem 400."""
    _refuse_what_is_of_json(asked)
    base = request.build_absolute_uri("/").rstrip("/")
    chosen, order = asked.among(selection.queryset()), asked.cleaned_data["order"] or "newest"
    found = flat_past.read(chosen, asked.shelf, base, order) if asked.shelf.named else flat.read(chosen, base, order)
    try:
        response = sending.file(name, found)
    except sending.TooManyRows as error:
        raise Problem(HTTPStatus.BAD_REQUEST, str(error)) from error
    response["Content-Location"] = address(request, name)
    return answers.file(request, response, [_described(request, name)])


def for_others(request, name, selection, asked):
    """The whole selection in a format of OTHERS. Raises Problem 400."""
    _refuse_what_is_of_json(asked)
    chosen, order = asked.among(selection.queryset()), asked.cleaned_data["order"] or "newest"
    if name == STIX:
        base, schema = request.build_absolute_uri("/").rstrip("/"), request.build_absolute_uri(reverse("stix-schema"))
        known_by = selection.narrowed(**asked.normalised)
        response = sending.bundle(
            stix.read(chosen, asked.shelf, base, schema, order), (base, known_by, str(sequence.latest()))
        )
        return answers.file(request, response, [f'<{reverse("stix-schema")}>; rel="describedby"'])
    shape = name.partition(".")[0]
    response = sending.shape(shape, chosen, asked.shelf, order)
    return answers.file(request, response, [f'<{reverse(shaped.SHAPES[shape].guide)}>; rel="describedby"'])


def table(request):
    """The columns of the CSV file of a question, for machines."""
    dictionary = request.build_absolute_uri(reverse("dictionary"))
    return csvw.metadata(address(request, "csv"), dictionary)


def _liking(entries, media_type):
    """(quality, how exactly it is named, how early): of the entry that names it most exactly; (0, 0, 0) of none."""
    offered = MediaType(media_type)
    fitting = [
        (min(entry.specificity, 2), -place, entry.quality)
        for place, entry in enumerate(entries)
        if offered.match(f"{entry.main_type}/{entry.sub_type}") and entry.range_params.items() <= _SO_ANYWAY.items()
    ]
    if not fitting:
        return 0, 0, 0
    exactness, early, quality = max(fitting)
    return quality, exactness, early


def _refuse_what_is_of_json(asked):
    said = "{name}: it is for JSON alone, and a file holds the whole selection; leave it out."
    given = [name for name in _OF_JSON if asked.cleaned_data[name]]
    if given:
        raise refused({name: [said.format(name=name)] for name in given})


def _described(request, name):
    if name != "csv":
        return f'<{reverse("dictionary-json")}>; rel="describedby"; type="application/json"'
    asked = f"?{request.query_params.urlencode()}" if request.query_params else ""
    return f'<{reverse("api-incidents-csvw")}{asked}>; rel="describedby"; type="{csvw.CONTENT_TYPE}"'
