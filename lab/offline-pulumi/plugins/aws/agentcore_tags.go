package main

import (
	"context"
	"net/url"
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// retag brings the tags from olds to news.
func (a agentcore) retag(ctx context.Context, out resource.PropertyMap, olds, news resource.PropertyValue) error {
	o, err := body(resource.PropertyMap{"tags": olds})
	if err != nil {
		return err
	}
	n, err := body(resource.PropertyMap{"tags": news})
	if err != nil {
		return err
	}
	om, _ := o["tags"].(map[string]interface{})
	nm, _ := n["tags"].(map[string]interface{})
	if reflect.DeepEqual(om, nm) {
		return nil
	}
	arn := out["agentRuntimeArn"]
	if a.endpoint {
		arn = out["agentRuntimeEndpointArn"]
	}
	path := "/tags/" + url.PathEscape(arn.StringValue())
	gone := url.Values{}
	for k := range om {
		if _, ok := nm[k]; !ok {
			gone.Add("tagKeys", k)
		}
	}
	if len(gone) > 0 {
		if _, err := a.call(ctx, "DELETE", path+"?"+gone.Encode(), nil); err != nil {
			return err
		}
	}
	if len(nm) > 0 {
		_, err = a.call(ctx, "POST", path, map[string]interface{}{"tags": nm})
	}
	return err
}
