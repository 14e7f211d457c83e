"""python -m grader grade | gate | doctor"""

import sys

from grader.cli import main

if __name__ == "__main__":
    sys.exit(main())
