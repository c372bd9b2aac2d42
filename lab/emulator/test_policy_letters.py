import re
import unittest

from policy_letters import reading


def with_wildcards(pattern, ignore_case):
    text = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(f"^{text}$", re.IGNORECASE if ignore_case else 0)


class PolicyLettersTest(unittest.TestCase):
    def matches(self, pattern, text, ignore_case=False):
        return reading(with_wildcards)(pattern, ignore_case).match(text) is not None

    def test_a_letter_is_itself_and_nothing_else(self):
        self.assertTrue(self.matches("tags/${*}", "tags/*"))
        self.assertFalse(self.matches("tags/${*}", "tags/a1"))
        self.assertTrue(self.matches("${?}${$}", "?$"))
        self.assertFalse(self.matches("${?}${$}", "a$"))

    def test_what_is_beside_it_is_read_as_before(self):
        self.assertTrue(self.matches("a*/${*}/?", "abc/*/d"))
        self.assertFalse(self.matches("a*/${*}/?", "abc/*/"))
        self.assertTrue(self.matches("a*", "abc"))
        self.assertTrue(self.matches("A${*}", "a*", ignore_case=True))


if __name__ == "__main__":
    unittest.main()
