"""Ignores the ports of a security group's rule for every protocol, as EC2 does, so that a provider can revoke the first rule.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
"""


def _without_ports(parse):
    def permissions(parameters, prefix):
        rules = parse(parameters, prefix)
        for rule in rules:
            if rule["IpProtocol"] == "-1":
                rule.pop("FromPort", None)
                rule.pop("ToPort", None)
        return rules

    return permissions


def install(ec2):
    """Takes effect for every rule that is authorized or revoked from now on."""
    ec2._parse_ip_permissions = _without_ports(ec2._parse_ip_permissions)
