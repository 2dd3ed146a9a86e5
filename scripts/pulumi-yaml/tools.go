//go:build tools

// Package tools pins Pulumi's language host for YAML. It has a module of its
// own: it is made for an older Pulumi than the CLI beside it.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
