"""Everything that can go wrong in `grader` and is not the student's doing.

    GraderError
    ├── AuthorError             the exercise is wrong: flag it, hold the submission
    │   ├── ExerciseError       a file of the folder does not load (names file, key and what was expected)
    │   └── ReferenceError_     the author's code failed while grading
    └── InfrastructureError     ours: retried, never counted against the student
        ├── SandboxUnavailable  this machine is below the required isolation level
        ├── TemplateDied        a warm template ended or stopped answering
        └── ProtocolError       bytes on the wire break the format (from a student's box: becomes an outcome)

A student's mistake is never an exception here: it is a `Verdict`.
"""


class GraderError(Exception):
    """Base of all errors of this package."""


class AuthorError(GraderError):
    """The exercise is broken, not the submission."""


class ExerciseError(AuthorError):
    """A folder is not a valid exercise; the message names file, key and what was expected."""


class ReferenceError_(AuthorError):
    """The author's reference or baseline failed; the message says where."""


class InfrastructureError(GraderError):
    """Our machinery failed; the grading may be tried again."""


class SandboxUnavailable(InfrastructureError):
    """The machine gives less isolation than is required; the message names layer and cure."""


class TemplateDied(InfrastructureError):
    """A warm template ended or stopped answering."""


class ProtocolError(InfrastructureError):
    """Bytes from a box do not follow the wire format."""
