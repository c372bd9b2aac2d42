package main

import (
	"context"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// outputs adds the outputs that @pulumi/aws 7 has and Terraform's provider 5 lacks but implies.
func outputs(tf string, p *tfProvider) func(context.Context, resource.PropertyMap) (resource.PropertyMap, error) {
	return func(ctx context.Context, m resource.PropertyMap) (resource.PropertyMap, error) {
		copyOf := func(to, from resource.PropertyKey) {
			if v, ok := m[from]; ok && !v.IsNull() {
				m[to] = v
			} else {
				m[to] = resource.MakeComputed(resource.NewStringProperty(""))
			}
		}
		switch tf {
		case "aws_ecs_service":
			copyOf("arn", "id")
		case "aws_s3_bucket":
			copyOf("bucketRegion", "region")
		case "aws_secretsmanager_secret_version":
			copyOf("secretArn", "arn")
		case "aws_lambda_function":
			if inv, arn := m["invokeArn"], m["arn"]; inv.IsString() && arn.IsString() {
				if head, _, ok := strings.Cut(inv.StringValue(), ":lambda:path/"); ok {
					m["responseStreamingInvokeArn"] = resource.NewStringProperty(head +
						":lambda:path/2021-11-15/functions/" + arn.StringValue() + "/response-streaming-invocations")
				}
			}
		}
		if !regionless[tf] {
			r, err := p.region(ctx)
			if err != nil {
				return nil, err
			}
			m["region"] = resource.NewStringProperty(r)
		}
		return m, nil
	}
}
