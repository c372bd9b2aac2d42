"""Gives load balancers names that lead to the emulator from this machine, so that programs can use a DNS name as on AWS."""


def install(alb, port):
    """Takes effect for every description of a load balancer from now on."""
    described = alb._lb_xml
    alb._lb_xml = lambda balancer: described({**balancer, "DNSName": name_of(balancer, port)})


def name_of(balancer, port):
    """The name by which the emulator knows a load balancer too; every name below localhost is this machine."""
    return f"{balancer['LoadBalancerName']}.alb.localhost:{port}"
