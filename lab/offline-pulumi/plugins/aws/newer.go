package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"google.golang.org/protobuf/types/known/structpb"
)

// newer lists arguments that only version 6 of the Terraform provider has, and that are left out here instead of
// refused: they narrow a permission further, and nothing that this plugin talks to enforces permissions.
var newer = map[string][]string{
	"aws:lambda/permission:Permission": {"invokedViaFunctionUrl"},
}

// leaveOutNewer removes those arguments from the inputs of a resource.
func leaveOutNewer(urn string, inputs *structpb.Struct) {
	for _, argument := range newer[string(resource.URN(urn).Type())] {
		delete(inputs.GetFields(), argument)
	}
}
