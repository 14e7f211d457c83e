"""Several workers, one real SQLite file: each submission has one winner and one verdict."""

import time
from collections import Counter
from pathlib import Path

from tests.courseapp.site import new_site

WORKERS, SUBMISSIONS = 4, 40

MAKE = f"""
from tests.courseapp.factories import make_exercise, make_submission, make_user
exercise, student = make_exercise(), make_user()
for _ in range({SUBMISSIONS}):
    make_submission(exercise=exercise, student=student)
"""
COUNT = """
from courseapp.grading.models import Verdict
from courseapp.submissions.models import Submission
print(Verdict.objects.count(), Submission.objects.filter(status="done").count())
"""


def test_racing_workers_share_the_submissions_without_grading_one_twice(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    site.shell(MAKE)
    start = str(time.time() + 4)
    workers = [site.start("-m", "tests.courseapp.grading.racing", start) for _ in range(WORKERS)]
    won = [worker.communicate(timeout=120)[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * WORKERS, site.log()
    assert Counter(pk for winner in won for pk in winner).most_common(1)[0][1] == 1
    assert sum(map(len, won)) == SUBMISSIONS
    assert site.shell(COUNT).split() == [str(SUBMISSIONS), str(SUBMISSIONS)]
