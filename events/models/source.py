"""Who publishes and what was published: sources and their documents."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.choices import Derivation, DocumentKind, Reliability, SourceKind, SourceScale
from events.models.actor import Actor
from events.models.tracked import Tracked, both_or_none, where_set, words_known
from events.models.vague_date import VagueDateField, check_vague_dates, vague_date_constraint

LONGEST_CAPTURE = 2_000_000  # characters of a document's captured text


class Source(Tracked):
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=SourceKind.pairs())
    country = models.CharField(max_length=2, blank=True)
    languages = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="sources")
    scale = models.CharField(max_length=16, choices=SourceScale.pairs(), blank=True)
    domain = models.CharField(max_length=120, blank=True)
    reliability = models.CharField(max_length=1, choices=Reliability.pairs(), default=Reliability.F.value)
    reliability_note = models.TextField(max_length=1000, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        ordering = ("name", "pk")
        indexes = (models.Index(fields=("-updated_at",), name="source_written"),)
        constraints = (
            words_known("source", ("scale",), kind=SourceKind, scale=SourceScale, reliability=Reliability),
            models.CheckConstraint(
                condition=~Q(name=""), name="source_named", violation_error_message=_("A source needs a name.")
            ),
            models.CheckConstraint(
                condition=both_or_none("reviewed_by", "reviewed_at"),
                name="source_review_whole",
                violation_error_message=_("A graded source says who graded it and when."),
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("source", args=[self.slug])


class DocumentQuerySet(models.QuerySet):
    def at_address(self, url):
        """Documents known under this address, whatever its scheme, `www.`, tracking parameters or trailing slash."""
        return self.filter(url_key=url_key(url)).order_by("pk") if url else self.none()

    def without_text(self):
        """For lists: the captured text may be two million characters, and is read where it is asked for."""
        return self.defer("captured_text")


class Document(Tracked):
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=1000, blank=True)
    url_key = models.CharField(max_length=1000, blank=True, db_index=True, editable=False)
    archived_url = models.URLField(max_length=1000, blank=True)
    author = models.CharField(max_length=200, blank=True)
    published = VagueDateField()
    retrieved_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=16, choices=DocumentKind.pairs(), default=DocumentKind.ARTICLE.value)
    derived_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="derivatives", db_index=False
    )
    derivation = models.CharField(max_length=12, choices=Derivation.pairs(), blank=True)
    captured_text = models.TextField(max_length=LONGEST_CAPTURE, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    licence = models.CharField(max_length=120, blank=True)
    redistributable = models.BooleanField(default=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-published_start", "title", "pk")
        indexes = tuple(where_set("document", "derived_from"))
        constraints = (
            words_known("document", ("derivation",), kind=DocumentKind, derivation=Derivation),
            models.CheckConstraint(
                condition=~Q(title=""), name="document_titled", violation_error_message=_("A document needs a title.")
            ),
            models.CheckConstraint(
                condition=Q(derived_from__isnull=True, derivation="")
                | (Q(derived_from__isnull=False) & ~Q(derivation="") & ~Q(derived_from=F("pk"))),
                name="document_derivation_whole",
                violation_error_message=_(
                    "Say from which other document it derives and how (reprint, copy, translation)."
                ),
            ),
            models.CheckConstraint(
                condition=Q(captured_text="") | ~Q(sha256=""),
                name="document_capture_hashed",
                violation_error_message=_("A captured text is kept with its SHA-256."),
            ),
            vague_date_constraint("document", "published"),
        )

    def __str__(self):
        return self.title

    def clean(self):
        check_vague_dates(self, "published")


def url_key(url):
    """What all addresses of one page share, so that each of them finds it.

    Scheme, `www.`, the usual port, upper-case letters of the host, trailing slashes, fragments, percent signs where a
    letter would do, tracking parameters and the marks of a copy for telephones (AMP) make no difference.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    try:
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # no number, or one that is too large
        port = ""
    path = unquote(re.sub("%2f", "%252f", parts.path, flags=re.IGNORECASE))
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True, separator="&")
        if not _is_tracking(name.lower(), value.lower())
    )
    page = _COPY.sub(r"\1", path.rstrip("/"))
    return f"{host}{port}{page}{'?' + urlencode(kept) if kept else ''}"[:1000]


# "/amp" after what looks like the name of one article; a page that is called "amp" itself is left alone.
_COPY = re.compile(r"(?<=/)([^/]*[\d-][^/]*)/amp$")
_TRACKING = {
    *("fbclid", "gclid", "gbraid", "wbraid", "dclid", "msclkid", "yclid", "twclid", "igshid", "igsh", "_ga", "cmpid"),
    *("ocid", "smid", "cmp", "ref", "ref_src", "ref_url", "share", "sh"),
}


def _is_tracking(name, value):
    is_copy = (name, value) in {("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp")}
    return is_copy or name in _TRACKING or name.startswith(("utm_", "mc_", "at_"))
