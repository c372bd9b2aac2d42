"""What the lab serves: MiniStack, with retried calls answered once."""

from ministack.app import app as ministack

from replay import ReplayedRetries

app = ReplayedRetries(ministack)
