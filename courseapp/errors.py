"""What a user of the site may not do, each with a sentence for them.

NablaError
├── Refused             a request that is understood and turned down; the message is shown to the reader
│   ├── TooMany         a rate or a queue is full; says when to try again
│   └── BadSource       the code cannot be stored; says why
├── ImmutableVersion    files of a published or graded version were to change
└── LostClaim           another worker holds the submission now; its verdict counts
"""


class NablaError(Exception):
    """Base of the site's own errors."""


class Refused(NablaError):
    """Turned down; the message is written for the reader."""


class TooMany(Refused):
    """Too many at once; the message says when to try again."""


class BadSource(Refused):
    """The code cannot be stored; the message says why."""


class ImmutableVersion(NablaError):
    """Files of a published or graded version stay as they are."""


class LostClaim(NablaError):
    """The submission's claim has passed to another worker."""
