import unittest

from iam_delay import Delay


class DelayTest(unittest.TestCase):
    def setUp(self):
        self.time = 100.0
        self.delay = Delay(lambda: self.time)

    def test_nothing_is_late_where_it_is_off(self):
        self.delay.changed("role", None)
        self.assertEqual(self.delay.seen("role", "current"), "current")

    def test_a_new_role_is_not_there_for_as_long_as_it_is_told(self):
        self.delay.seconds = 8
        self.delay.changed("role", None)
        self.time += 7.9
        self.assertIsNone(self.delay.seen("role", "current"))
        self.time += 0.2
        self.assertEqual(self.delay.seen("role", "current"), "current")

    def test_each_change_takes_its_own_time(self):
        self.delay.seconds = 8
        self.delay.changed("role", "first")
        self.time += 5
        self.delay.changed("role", "second")
        self.assertEqual(self.delay.seen("role", "third"), "first")
        self.time += 4
        self.assertEqual(self.delay.seen("role", "third"), "second")
        self.time += 5
        self.assertEqual(self.delay.seen("role", "third"), "third")

    def test_roles_are_apart(self):
        self.delay.seconds = 8
        self.delay.changed("role", None)
        self.assertEqual(self.delay.seen("other", "current"), "current")

    def test_ends_what_it_began_when_it_is_switched_off(self):
        self.delay.seconds = 8
        self.delay.changed("role", None)
        self.delay.seconds = 0
        self.assertEqual(self.delay.seen("role", "current"), "current")


if __name__ == "__main__":
    unittest.main()
