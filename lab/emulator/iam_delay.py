"""How long IAM takes: for some seconds after a change the rest of AWS acts on what was before.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
"""

import time


class Delay:
    """What a role was before its changes of the last seconds; nothing where `seconds` is 0."""

    def __init__(self, now=time.monotonic):
        self.seconds = 0.0
        self._now = now
        self._changes = {}  # role -> (when it changed, what it was before), oldest first

    def changed(self, role, before):
        """Notes that a role is changed now; `before` is None for a role that is made."""
        if self.seconds > 0:
            self._changes.setdefault(role, []).append((self._now(), before))

    def seen(self, role, current):
        """What the rest of AWS takes a role for, which is `current` in truth."""
        recent = [change for change in self._changes.get(role, []) if self._now() - change[0] < self.seconds]
        if recent:
            self._changes[role] = recent
            return recent[0][1]
        self._changes.pop(role, None)
        return current
