"""The registers: actors, places, sources and documents. Anyone of the desk may add; editors change, rename and fold.

Each subject lives in a file of its own; this is where the other rooms find the verbs.
"""

from events.desk.registers.adding import add_actor, add_document, add_location, add_source, find_source
from events.desk.registers.aliases import add_actor_alias, add_location_alias, change_alias, remove_alias
from events.desk.registers.editing import edit_actor, edit_document, edit_location, edit_source, grade_source
from events.desk.registers.folding import merge_actor, merge_location, merge_source
from events.desk.registers.grading import grades_of
from events.desk.registers.relating import edit_relation, relate

__all__ = [
    "add_actor",
    "add_actor_alias",
    "add_document",
    "add_location",
    "add_location_alias",
    "add_source",
    "change_alias",
    "edit_actor",
    "edit_document",
    "edit_location",
    "edit_relation",
    "edit_source",
    "find_source",
    "grade_source",
    "grades_of",
    "merge_actor",
    "merge_location",
    "merge_source",
    "relate",
    "remove_alias",
]
