"""What IAM is asked about a call of EC2: what it is about, what it makes, and the tags that it gives.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
"""

import re

from request_tags import listed, request_tags

# What an EC2 call makes, and the members that name what it is about.
_NEW = {
    "AllocateAddress": "elastic-ip",
    "AuthorizeSecurityGroupEgress": "security-group-rule",
    "AuthorizeSecurityGroupIngress": "security-group-rule",
    "CreateFlowLogs": "vpc-flow-log",
    "CreateInternetGateway": "internet-gateway",
    "CreateNatGateway": "natgateway",
    "CreateRouteTable": "route-table",
    "CreateSecurityGroup": "security-group",
    "CreateSubnet": "subnet",
    "CreateVpc": "vpc",
    "CreateVpcEndpoint": "vpc-endpoint",
}
_IDS = {
    "eipalloc": "elastic-ip",
    "fl": "vpc-flow-log",
    "igw": "internet-gateway",
    "nat": "natgateway",
    "rtb": "route-table",
    "sg": "security-group",
    "sgr": "security-group-rule",
    "subnet": "subnet",
    "vpc": "vpc",
    "vpce": "vpc-endpoint",
}
_MEMBERS = (
    "AllocationId",
    "FlowLogIds",
    "GroupId",
    "InternetGatewayId",
    "NatGatewayId",
    "ResourceIds",
    "Resources",
    "RouteTableId",
    "RouteTableIds",
    "SubnetId",
    "VpcEndpointIds",
    "VpcId",
)
_ID = re.compile(r"^(?P<kind>[a-z]+)-[0-9a-f]+$")


def of_ec2(service, operation, members, region, account):
    def arn(kind, name):
        return f"arn:aws:ec2:{region}:{account}:{kind}/{name}"

    if operation.startswith(("Describe", "Get")) and operation != "DescribeVpcAttribute":
        return [(f"ec2:{operation}", "*", {})]
    # Of a route, only its table is asked about.
    about = ("RouteTableId",) if operation.endswith("Route") else _MEMBERS
    values = [value for member in about for value in listed(members.get(member))]
    found = [(match["kind"], value) for value in values for match in [_ID.match(value)] if match]
    kept = {"untouched": True} if operation in _NEW else {}
    asked = [(f"ec2:{operation}", arn(_IDS[kind], value), dict(kept)) for kind, value in found if kind in _IDS]
    if operation == "DisassociateRouteTable":
        asked.append((f"ec2:{operation}", arn("route-table", members["AssociationId"]), {}))
    if operation in _NEW:
        new = arn(_NEW[operation], "new")
        asked.append((f"ec2:{operation}", new, {"new": True}))
        if request_tags(members):
            asked.append(("ec2:CreateTags", new, {"new": True, "ec2:CreateAction": operation}))
    return asked or [(f"ec2:{operation}", "*", {})]
