"""Takes a flow log only with a role that VPC Flow Logs may assume."""

from ministack.services import ec2

import roles


def _asking(create):
    def handler(p):
        role = ec2._p(p, "DeliverLogsPermissionArn")
        here = f"arn:aws:ec2:{ec2.get_region()}:{ec2.get_account_id()}:vpc-flow-log/fl-new"
        if role and not roles.assumable(role, "vpc-flow-logs.amazonaws.com", here):
            return ec2._error("InvalidParameter", "Unable to assume given IAM role", 400)
        return create(p)

    return handler


def install():
    """Takes effect for every flow log that is made from now on."""
    ec2._ACTION_MAP["CreateFlowLogs"] = _asking(ec2._ACTION_MAP["CreateFlowLogs"])
