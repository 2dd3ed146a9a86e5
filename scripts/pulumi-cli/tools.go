//go:build tools

// Package tools pins the Pulumi CLI, so that it builds from Go modules where
// its release archives cannot be downloaded.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
