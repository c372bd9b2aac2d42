import { allow, of, type Statement } from "../policy";

/** What the program's lookups read, and the provider's check of a changed state machine. A preview refreshes nothing. */
export function previewStatements(): readonly Statement[] {
  return [
    // No resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
    allow("LookUpNetwork", NETWORK, ["*"]),
    // No resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
    allow("LogInToRegistry", ["ecr:GetAuthorizationToken"], ["*"]),
    // A prebuilt image may be in any repository of the account.
    allow("LookUpImages", of("ecr", "DescribeImages DescribeRepositories"), ["*"]),
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
    allow("CheckStateMachines", ["states:ValidateStateMachineDefinition"], ["*"]),
  ];
}

const NETWORK = of(
  "ec2",
  `DescribeAvailabilityZones DescribeInternetGateways DescribeRouteTables DescribeSubnets DescribeVpcAttribute
   DescribeVpcEndpointServices DescribeVpcs`,
);
