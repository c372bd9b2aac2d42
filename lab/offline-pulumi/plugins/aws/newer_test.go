package main

import (
	"reflect"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"
)

func TestOnlyArgumentsThatNarrowAPermissionAreLeftOut(t *testing.T) {
	given := map[string]interface{}{"principal": "*", "invokedViaFunctionUrl": true}
	tests := []struct {
		urn  string
		want map[string]interface{}
	}{
		{"urn:pulumi:s::p::a:b:C$aws:lambda/permission:Permission::name", map[string]interface{}{"principal": "*"}},
		{"urn:pulumi:s::p::a:b:C$aws:lambda/function:Function::name", given},
	}
	for _, test := range tests {
		inputs, err := structpb.NewStruct(given)
		if err != nil {
			t.Fatal(err)
		}
		leaveOutNewer(test.urn, inputs)
		if got := inputs.AsMap(); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.urn, got, test.want)
		}
	}
}

func TestNoInputsAreNoProblem(t *testing.T) {
	leaveOutNewer("urn:pulumi:s::p::aws:lambda/permission:Permission::name", nil)
}
