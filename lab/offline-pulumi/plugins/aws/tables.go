package main

// renamed gives "attribute" or "block.attribute" of a type its name in @pulumi/aws.
var renamed = map[string]map[string]string{
	"aws_cloudwatch_metric_alarm":           {"alarm_name": "name"},
	"aws_default_security_group":            {"egress": "egress", "ingress": "ingress"},
	"aws_dynamodb_table":                    {"global_secondary_index": "globalSecondaryIndexes", "local_secondary_index": "localSecondaryIndexes"},
	"aws_ecs_service":                       {"service_connect_configuration.service.client_alias": "clientAlias"},
	"aws_lambda_event_source_mapping":       {"queues": "queues"},
	"aws_lambda_function":                   {"filename": "code", "function_name": "name"},
	"aws_lambda_permission":                 {"function_name": "function"},
	"aws_route53_record":                    {"alias": "aliases", "failover_routing_policy": "failoverRoutingPolicies", "geolocation_routing_policy": "geolocationRoutingPolicies", "latency_routing_policy": "latencyRoutingPolicies", "weighted_routing_policy": "weightedRoutingPolicies"},
	"aws_s3_bucket_lifecycle_configuration": {"rule.abort_incomplete_multipart_upload": "abortIncompleteMultipartUpload", "rule.expiration": "expiration", "rule.filter": "filter", "rule.filter.and": "and", "rule.filter.tag": "tag", "rule.noncurrent_version_expiration": "noncurrentVersionExpiration"},
	"aws_security_group":                    {"egress": "egress", "ingress": "ingress"},
	"aws_sns_topic_subscription":            {"topic_arn": "topic"},
}

// flat says whether a list is shown as a single value, where that differs from Terraform's maximum of one.
var flat = map[string]map[string]bool{
	"aws_ecs_service":                       {"service_connect_configuration.service.client_alias": false},
	"aws_lambda_event_source_mapping":       {"queues": true},
	"aws_route53_record":                    {"alias": false, "failover_routing_policy": false, "geolocation_routing_policy": false, "latency_routing_policy": false, "weighted_routing_policy": false},
	"aws_s3_bucket_lifecycle_configuration": {"rule.abort_incomplete_multipart_upload": true, "rule.expiration": true, "rule.filter": true, "rule.filter.and": true, "rule.filter.tag": true, "rule.noncurrent_version_expiration": true},
}

// documents are JSON strings that @pulumi/aws also takes as objects.
var documents = map[string]string{
	"aws_ecr_lifecycle_policy":  "policy",
	"aws_ecr_repository_policy": "policy",
	"aws_iam_policy":            "policy",
	"aws_iam_role":              "assume_role_policy",
	"aws_iam_role_policy":       "policy",
	"aws_s3_bucket":             "policy",
	"aws_s3_bucket_policy":      "policy",
	"aws_sns_topic_policy":      "policy",
	"aws_sqs_queue_policy":      "policy",
	"aws_cloudwatch_dashboard":  "dashboard_body",
}

// autoNames are the automatic names that are not the attribute "name" with at most 255 characters.
var autoNames = map[string]struct {
	attr   string
	max    int
	lower  bool
	prefix string
}{
	"aws_budgets_budget":              {attr: "name", max: 100},
	"aws_cloudwatch_event_rule":       {attr: "name", max: 64},
	"aws_cloudwatch_metric_alarm":     {attr: "alarm_name", max: 255},
	"aws_cloudwatch_composite_alarm":  {},
	"aws_ecr_repository":              {attr: "name", max: 255, lower: true},
	"aws_iam_policy":                  {attr: "name", max: 128},
	"aws_iam_role":                    {attr: "name", max: 64},
	"aws_iam_role_policy":             {attr: "name", max: 128},
	"aws_kms_alias":                   {attr: "name", max: 255, prefix: "alias/"},
	"aws_lambda_function":             {attr: "function_name", max: 64},
	"aws_lb":                          {attr: "name", max: 32},
	"aws_lb_target_group":             {attr: "name", max: 32},
	"aws_route53_record":              {},
	"aws_s3_bucket":                   {attr: "bucket", max: 63, lower: true},
	"aws_sfn_state_machine":           {attr: "name", max: 80},
	"aws_sqs_queue":                   {attr: "name", max: 80},
	"aws_synthetics_canary":           {attr: "name", max: 21, lower: true},
	"aws_wafv2_web_acl":               {attr: "name", max: 128},
	"aws_apigatewayv2_api":            {attr: "name", max: 128},
	"aws_codebuild_project":           {attr: "name", max: 150},
	"aws_cloudwatch_log_group":        {attr: "name", max: 512},
	"aws_appautoscaling_policy":       {attr: "name", max: 255},
	"aws_codedeploy_app":              {attr: "name", max: 100},
	"aws_codedeploy_deployment_group": {},
}

// regionless types have no `region` in @pulumi/aws 7.
var regionless = map[string]bool{
	"aws_budgets_budget": true, "aws_iam_openid_connect_provider": true, "aws_iam_policy": true, "aws_iam_role": true,
	"aws_iam_role_policy": true, "aws_iam_role_policy_attachment": true, "aws_iam_service_linked_role": true,
	"aws_route53_record": true, "aws_route53_zone": true,
	// data sources
	"aws_iam_policy_document": true, "aws_caller_identity": true, "aws_default_tags": true, "aws_partition": true,
}
