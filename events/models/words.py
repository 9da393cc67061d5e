"""The words of what is public, and how each database is asked for them: FTS5 on SQLite, tsvector on PostgreSQL.

Everything in these tables is folded and stands as words between spaces, so neither database splits, stems or folds
anything itself, and both find the same. On SQLite the tables are virtual, made by their migration: a later migration
must never alter them, because Django would put an ordinary table in their place.
"""

from dataclasses import dataclass, replace

from django.core.checks import Error, Tags, register
from django.db import connections, models

from events import names

# From what says most about an incident to what says least; the letters are PostgreSQL's.
WEIGHTS = {"title": "A", "names": "B", "summary": "C", "claims": "D"}
COLUMNS = tuple(WEIGHTS)
APART = "_"  # stands between texts, so that no phrase runs from one into the next; nobody can ask for it
LONGEST = 60  # letters of a word that count; PostgreSQL refuses words of more than 2 KB
SHORTEST_BEGINNING = 3  # letters; what is shorter, and every number, is looked for as it stands


@dataclass(frozen=True)
class Term:
    """Words that must follow each other, or instead of them one of the entries (uids of actors and places)."""

    words: tuple[str, ...]
    is_exact: bool = False
    entries: tuple[str, ...] = ()

    @property
    def is_beginning(self):
        """Whether the last word may go on: “strike” finds “strikes”."""
        last = self.words[-1]
        return not self.is_exact and len(last) >= SHORTEST_BEGINNING and not last.isdecimal()

    def is_in(self, words):
        """Whether a list of folded words has these somewhere, one after the other."""
        return any(self.is_at(words, start) for start in range(len(words) - len(self.words) + 1))

    def is_at(self, words, start):
        *first, last = self.words
        here = words[start : start + len(self.words)]
        if len(here) < len(self.words) or here[:-1] != first:
            return False
        return here[-1].startswith(last) if self.is_beginning else here[-1] == last


@dataclass(frozen=True)
class Wanted:
    """Every term must occur in one of the columns, none of `without` in any."""

    terms: tuple[Term, ...]
    without: tuple[Term, ...] = ()
    columns: tuple[str, ...] = COLUMNS

    def within(self, columns):
        return replace(self, columns=tuple(columns))


def written(*texts):
    """Texts as a column keeps them."""
    return f" {APART} ".join(" ".join(cut) for text in texts if (cut := cut_words(text)))


def cut_words(text):
    """The folded words of a text, as they are kept and as they are asked for."""
    return [word[:LONGEST] for word in names.words(text)]


def token(uid):
    """The word that stands in `names` for an entry of a register, whatever it is called."""
    return f"_{uid.lower()}"


class Words(models.Model):
    """`number` is the uid as a whole number: FTS5 gives it from its index, and every other column from its copy only."""

    number = models.BigIntegerField(primary_key=True, db_column="rowid")
    uid = models.CharField(max_length=8)
    title = models.TextField()
    names = models.TextField()
    summary = models.TextField()
    claims = models.TextField()

    class Meta:
        abstract = True

    def __str__(self):
        return self.uid


class IncidentWords(Words):
    """The words of a public incident."""


class ClaimWords(Words):
    """The words of one public claim, about an incident or a relation; its `title` is empty."""


class HeldWords(Words):
    """The words of one edition of an incident, the latest and earlier ones alike; `number` is that of the edition."""


class Holds(models.Lookup):
    """`uid__holds=Wanted(…)`: the rows in which that occurs."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        # The table has a hidden column of its own name, which stands for all columns.
        return f"{self._column(compiler, self.lhs.target.model._meta.db_table)} MATCH %s", (as_fts5(self.rhs),)

    def as_postgresql(self, compiler, connection):
        return f"{self._column(compiler, 'words')} @@ %s::tsquery", (as_tsquery(self.rhs),)

    def _column(self, compiler, name):
        return f"{compiler.quote_name_unless_alias(self.lhs.alias)}.{compiler.connection.ops.quote_name(name)}"


for _model in (IncidentWords, ClaimWords, HeldWords):
    _model._meta.get_field("uid").register_lookup(Holds)


def as_fts5(wanted):
    """The question in the language of SQLite's FTS5; the words are letters and digits, so quoting them is enough."""
    found = " AND ".join(_fts5_term(term) for term in wanted.terms)
    asked = f"{{{' '.join(wanted.columns)}}} : ({found})"
    return f"({asked}) NOT ({' OR '.join(map(_fts5_term, wanted.without))})" if wanted.without else asked


def _fts5_term(term):
    phrase = f'"{" ".join(term.words)}"'
    ways = [f"{phrase} *" if term.is_beginning else phrase, *(f'"{token(uid)}"' for uid in term.entries)]
    return f"({' OR '.join(ways)})"


def as_tsquery(wanted):
    """The same for PostgreSQL."""
    found = " & ".join(_tsquery_term(term, wanted.columns) for term in wanted.terms)
    return " & ".join([found, *(f"!{_tsquery_term(term, COLUMNS)}" for term in wanted.without)])


def _tsquery_term(term, columns):
    letters = "".join(WEIGHTS[column] for column in columns)
    # A phrase stands within one column.
    ways = [_lexeme(term, each) for each in (letters if len(term.words) > 1 else [letters])]
    if "names" in columns:
        ways += [f"'{token(uid)}':B" for uid in term.entries]
    return f"({' | '.join(ways)})"


def _lexeme(term, letters):
    *first, last = [f"'{word}':{letters}" for word in term.words]
    last = f"'{term.words[-1]}':{'*' if term.is_beginning else ''}{letters}"
    return f"({' <-> '.join([*first, last])})"


@register(Tags.database)
def sqlite_searches_text(app_configs, databases, **kwargs):
    return [
        Error(
            "This SQLite was built without FTS5, in which the record is searched.",
            hint="Use a Python whose SQLite has FTS5, as those of python.org and of Debian do, or PostgreSQL.",
            id="events.E002",
        )
        for alias in databases or ()
        if connections[alias].vendor == "sqlite" and not _has_fts5(connections[alias])
    ]


def _has_fts5(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')")
        if cursor.fetchone()[0]:
            return True
        cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
        return cursor.fetchone() is not None
