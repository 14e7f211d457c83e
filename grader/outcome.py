"""The names of what can become of one check, or of a box."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a check ended. Everything but PASSED and NOT_RUN is the student's to mend."""

    PASSED = "passed"
    NOT_RUN = "not_run"  # an earlier failure made this check pointless

    # the code does not get as far as an answer
    SYNTAX = "syntax"  # does not parse
    MISSING = "missing"  # a required name is not defined, or is not callable
    RAISED = "raised"  # an exception in the student's code
    CALLS = "calls"  # called f (or grad, ...) more often than allowed, or not as often as asked

    # the answer is not comparable, or wrong
    STRUCTURE = "structure"  # not the agreed number or nesting of values, or not an array where one is due
    SHAPE = "shape"
    DTYPE = "dtype"
    NOT_FINITE = "not_finite"  # NaN or infinity
    MISMATCH = "mismatch"  # finite, right shape, wrong value
    SIDE_EFFECT = "side_effect"  # an input was changed or aliased, reported by the box
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"  # more than a multiple of the baseline's; a limit is something else
    GROWTH = "growth"  # time grows faster with size than it may
    LOSS = "loss"  # training did not get as far as it should

    # the box was ended; each has its limit
    CPU_LIMIT = "cpu_limit"
    WALL_LIMIT = "wall_limit"
    LOAD_LIMIT = "load_limit"  # importing the file took too long
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"  # too much printed
    MESSAGE_LIMIT = "message_limit"  # a returned value larger than any right answer
    PROCESS_LIMIT = "process_limit"  # fork, thread or subprocess
    DISK_LIMIT = "disk_limit"
    FILE_LIMIT = "file_limit"  # too many files and folders
    DESCRIPTOR_LIMIT = "descriptor_limit"  # too many files open at once
    FORBIDDEN = "forbidden"  # a system call that boxes may not make
    EXITED = "exited"  # the process ended itself instead of answering
    CRASHED = "crashed"  # a segmentation fault or the like
    BAD_ANSWER = "bad_answer"  # bytes that are not an answer
