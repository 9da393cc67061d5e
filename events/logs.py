"""What is left out of every line of the log."""

import logging
import re

_SECRET = re.compile(r"(/accounts/invitation/|/following/confirm/|/following/stop/)[^/\s\"']+")


class WithoutSecrets(logging.Filter):
    """The secret of a link is part of its address, and addresses are logged when a request fails."""

    def filter(self, record):
        record.msg, record.args = _SECRET.sub(r"\1…", record.getMessage()), ()
        return True
