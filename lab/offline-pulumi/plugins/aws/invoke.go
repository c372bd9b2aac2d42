package main

import (
	"context"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"
)

func (s *server) Invoke(ctx context.Context, req *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	tf, ok := s.functions[req.Tok]
	if !ok {
		return nil, s.notServed("function", req.Tok, s.functions)
	}
	own := s.p.dataSources[tf].schema
	if tf == "aws_region" {
		// v7 looks a region up by `region`, Terraform's provider 5 by `name`.
		if v, ok := req.Args.GetFields()["region"]; ok {
			delete(req.Args.Fields, "region")
			req.Args.Fields["name"] = v
		}
	} else if sch, ok := own.GetOk("region"); !ok || !sch.Optional() {
		problem, err := s.takeRegion(ctx, req.Args)
		if err != nil {
			return nil, err
		}
		if problem != "" {
			return &pulumirpc.InvokeResponse{Failures: []*pulumirpc.CheckFailure{{Property: "region", Reason: problem}}}, nil
		}
	}
	resp, err := s.ResourceProviderServer.Invoke(ctx, req)
	if err != nil || resp.Return == nil {
		return resp, err
	}
	f := resp.Return.Fields
	switch tf {
	case "aws_region":
		f["region"] = f["name"]
	case "aws_s3_bucket":
		f["bucketRegion"] = f["region"]
	case "aws_secretsmanager_secret_version":
		f["secretArn"] = f["arn"]
	}
	if _, has := f["region"]; !has && !regionless[tf] {
		r, err := s.p.region(ctx)
		if err != nil {
			return nil, err
		}
		f["region"] = structpb.NewStringValue(r)
	}
	return resp, nil
}
