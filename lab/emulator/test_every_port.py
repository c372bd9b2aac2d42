"""python3 -m unittest discover -s lab/emulator -t lab/emulator"""

import unittest

from every_port import _without_ports


def ports(protocol):
    rule = {"IpProtocol": protocol, "FromPort": 0, "ToPort": 0, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    [found] = _without_ports(lambda parameters, prefix: [rule])({}, "IpPermissions")
    return [key for key in ("FromPort", "ToPort") if key in found]


class EveryPortTest(unittest.TestCase):
    def test_a_rule_for_every_protocol_has_no_ports(self):
        self.assertEqual(ports("-1"), [])

    def test_other_rules_keep_theirs(self):
        self.assertEqual(ports("tcp"), ["FromPort", "ToPort"])


if __name__ == "__main__":
    unittest.main()
