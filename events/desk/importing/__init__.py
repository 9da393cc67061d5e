"""Importing a file: it is read into a plan, looked at, committed as drafts, and taken back if nobody went on with them.

Each step lives in a file of its own; this is where the doors find the verbs.
"""

from events.desk.importing.accepting import begin as accept_all
from events.desk.importing.committing import begin as commit
from events.desk.importing.deciding_names import decide
from events.desk.importing.planning import begin as plan
from events.desk.importing.publishing import begin as publish_all
from events.desk.importing.stopping import cancel
from events.desk.importing.submitting import submit
from events.desk.importing.undoing import begin as undo

__all__ = ["accept_all", "cancel", "commit", "decide", "plan", "publish_all", "submit", "undo"]
