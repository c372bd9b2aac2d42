"""Gives back what the emulator takes and forgets, which a provider would set again on every update."""

import json

from ministack.services import ec2, ecs, stepfunctions


def _remember(actions, name, keep):
    """Runs `keep(parameters, response)` after an action, on what the emulator stored."""
    original = actions[name]

    def handler(parameters):
        before = dict(STORES[name]) if name in STORES else {}
        response = original(parameters)
        keep(parameters, before)
        return response

    actions[name] = handler


STORES = {"CreateVpcEndpoint": ec2._vpc_endpoints, "CreateFlowLogs": ec2._flow_logs}


def _new(store, before):
    return [value for key, value in store.items() if key not in before]


def _keep_endpoint(p, before):
    for endpoint in _new(ec2._vpc_endpoints, before):
        endpoint["PrivateDnsEnabled"] = ec2._p(p, "PrivateDnsEnabled") or "false"
        endpoint["Groups"] = ec2._parse_member_list(p, "SecurityGroupId")
        endpoint["PolicyDocument"] = ec2._p(p, "PolicyDocument")


def _change_endpoint(p, _):
    endpoint = ec2._vpc_endpoints.get(ec2._p(p, "VpcEndpointId"))
    if endpoint is None:
        return
    if ec2._p(p, "PrivateDnsEnabled"):
        endpoint["PrivateDnsEnabled"] = ec2._p(p, "PrivateDnsEnabled")
    removed = ec2._parse_member_list(p, "RemoveSecurityGroupId")
    groups = [group for group in endpoint.get("Groups", []) if group not in removed]
    endpoint["Groups"] = groups + ec2._parse_member_list(p, "AddSecurityGroupId")


def _keep_flow_log(p, before):
    for flow_log in _new(ec2._flow_logs, before):
        flow_log["DeliverLogsPermissionArn"] = ec2._p(p, "DeliverLogsPermissionArn")
        flow_log["MaxAggregationInterval"] = ec2._p(p, "MaxAggregationInterval") or "600"
        ec2._parse_tag_specs(p, "vpc-flow-log", flow_log["FlowLogId"])


_remember(ec2._ACTION_MAP, "CreateVpcEndpoint", _keep_endpoint)
_remember(ec2._ACTION_MAP, "ModifyVpcEndpoint", _change_endpoint)
_remember(ec2._ACTION_MAP, "CreateFlowLogs", _keep_flow_log)

_endpoint_xml = ec2._vpce_fields_xml


def _vpce_fields_xml(endpoint, tag="item"):
    groups = "".join(f"<item><groupId>{group}</groupId></item>" for group in endpoint.get("Groups", []))
    private = f"<privateDnsEnabled>{endpoint.get('PrivateDnsEnabled', 'false')}</privateDnsEnabled>"
    return _endpoint_xml(endpoint, tag).replace("<subnetIdSet>", f"{private}<groupSet>{groups}</groupSet><subnetIdSet>")


ec2._vpce_fields_xml = _vpce_fields_xml

_describe_flow_logs = ec2._ACTION_MAP["DescribeFlowLogs"]


def _flow_logs_xml(p):
    status, headers, body = _describe_flow_logs(p)
    text = body.decode() if isinstance(body, bytes) else body
    for flow_log in ec2._flow_logs.values():
        given = f"<flowLogId>{flow_log['FlowLogId']}</flowLogId>"
        role = flow_log.get("DeliverLogsPermissionArn")
        more = f"<maxAggregationInterval>{flow_log.get('MaxAggregationInterval', '600')}</maxAggregationInterval>"
        more += f"<deliverLogsPermissionArn>{role}</deliverLogsPermissionArn>" if role else ""
        text = text.replace(given, given + more)
    return status, headers, text.encode()


ec2._ACTION_MAP["DescribeFlowLogs"] = _flow_logs_xml


def _rebalancing(name):
    original = ecs._ACTION_MAP[name]

    def handler(data):
        response = original(data)
        answer = json.loads(response[2])
        key = answer.get("service", {}).get("serviceArn", "").split(":service/")[-1]
        if key in ecs._services and "availabilityZoneRebalancing" in data:
            ecs._services[key]["availabilityZoneRebalancing"] = data["availabilityZoneRebalancing"]
        return response

    ecs._ACTION_MAP[name] = handler


_rebalancing("CreateService")
_rebalancing("UpdateService")


def _tracing(name):
    original = getattr(stepfunctions, name)

    def handler(data):
        response = original(data)
        arn = data.get("stateMachineArn") or json.loads(response[2]).get("stateMachineArn")
        if arn in stepfunctions._state_machines and "tracingConfiguration" in data:
            stepfunctions._state_machines[arn]["tracingConfiguration"] = data["tracingConfiguration"]
        return response

    setattr(stepfunctions, name, handler)


_tracing("_create_state_machine")
_tracing("_update_state_machine")
