package main

import (
	"encoding/json"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// jsonDocument lets a policy be given as an object.
func jsonDocument(v resource.PropertyValue) (resource.PropertyValue, error) {
	switch {
	case v.IsNull(), v.IsString():
		return v, nil
	case v.ContainsUnknowns():
		return resource.MakeComputed(resource.NewStringProperty("")), nil
	}
	b, err := json.Marshal(v.Mappable())
	return resource.NewStringProperty(string(b)), err
}
