"""What the lab serves: MiniStack, with retried calls answered once and tasks that have
credentials, and the fields that it forgets."""

from ministack.app import app as ministack

import remembered_fields  # noqa: F401, takes effect when it is imported
import task_credentials
from replay import ReplayedRetries

task_credentials.install()

app = ReplayedRetries(ministack)
