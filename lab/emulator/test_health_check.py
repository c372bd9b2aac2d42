import unittest

import health_check

GROUP = {"HealthyThresholdCount": 2, "UnhealthyThresholdCount": 3}


def outcome(results, grace_seconds=0, runs=100):
    """What a target is after a series of checks, one a second; the last one repeats. And how many it took."""
    clock = {"now": 0.0, "checks": 0}

    def check():
        clock["checks"] += 1
        return results[min(clock["checks"], len(results)) - 1]

    def sleep(seconds):
        clock["now"] += seconds

    running = lambda: clock["checks"] < runs  # noqa: E731
    said = health_check.watch(check, running, GROUP, grace_seconds, now=lambda: clock["now"], sleep=sleep)
    return said, clock["checks"]


class Matches(unittest.TestCase):
    def test_codes_lists_and_ranges(self):
        for status, matcher, expected in [
            (200, "200", True),
            (500, "200", False),
            (301, "200,301", True),
            (204, "200-299", True),
            (300, "200-299", False),
            (302, "200-299, 302", True),
        ]:
            self.assertEqual(health_check.matches(status, matcher), expected, (status, matcher))


class Watch(unittest.TestCase):
    def test_healthy_after_enough_in_a_row(self):
        self.assertEqual(outcome([True]), (True, 2))
        self.assertEqual(outcome([True, False, True]), (True, 4))

    def test_unhealthy_after_enough_in_a_row(self):
        self.assertEqual(outcome([False]), (False, 3))
        self.assertEqual(outcome([False, False, True, False]), (False, 6))

    def test_failures_count_after_the_grace_period(self):
        self.assertEqual(outcome([False], grace_seconds=5), (False, 8))
        self.assertEqual(outcome([False] * 4 + [True], grace_seconds=5), (True, 6))

    def test_silence_counts_only_after_a_slow_start(self):
        most = int(health_check.SILENT_SECONDS)
        self.assertEqual(outcome([None] * most + [True], runs=2 * most), (True, most + 2))
        self.assertEqual(outcome([None], runs=2 * most), (False, most + 3))
        self.assertEqual(outcome([None] * 9 + [False]), (False, 12))

    def test_says_nothing_of_a_target_that_stopped(self):
        self.assertEqual(outcome([False], grace_seconds=60, runs=2), (None, 2))


class Answers(unittest.TestCase):
    def test_nobody_listens(self):
        group = {"HealthCheckTimeoutSeconds": 1, "HealthCheckPath": "/health", "Matcher": {"HttpCode": "200"}}
        self.assertIsNone(health_check.answers("127.0.0.1", 1, group))
