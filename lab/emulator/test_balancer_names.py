import types
import unittest

import balancer_names


class BalancerNames(unittest.TestCase):
    def test_a_balancer_is_described_by_the_name_that_leads_to_it(self):
        alb = types.SimpleNamespace(_lb_xml=lambda balancer: f"<DNSName>{balancer['DNSName']}</DNSName>")
        balancer_names.install(alb, "4566")
        kept = {"LoadBalancerName": "vendor", "DNSName": "vendor-1a2b.ap-northeast-1.elb.amazonaws.com"}
        self.assertEqual(alb._lb_xml(kept), "<DNSName>vendor.alb.localhost:4566</DNSName>")
        self.assertEqual(kept["DNSName"], "vendor-1a2b.ap-northeast-1.elb.amazonaws.com")
