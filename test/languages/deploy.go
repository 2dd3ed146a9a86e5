package main

import (
	"context"
	"encoding/json"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// deploy takes the place of `pulumi.Run`: with Pulumi's Automation API it does what `pulumi up` and so on do.
func deploy(program pulumi.RunFunc) {
	ctx := context.Background()
	stack := must(auto.UpsertStackInlineSource(ctx, "go", "front-doors", program))
	if err := stack.SetConfig(ctx, "pin", auto.ConfigValue{Value: "4711", Secret: true}); err != nil {
		panic(err)
	}
	report := map[string]any{
		"up":      must(stack.Up(ctx)).Summary.ResourceChanges,
		"again":   must(stack.Up(ctx)).Summary.ResourceChanges,
		"preview": must(stack.Preview(ctx)).ChangeSummary,
	}
	report["refreshed"] = must(stack.Refresh(ctx)).Summary.ResourceChanges
	report["pin"] = must(stack.Outputs(ctx))["pin"].Secret
	report["destroyed"] = must(stack.Destroy(ctx)).Summary.ResourceChanges
	if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
		panic(err)
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
