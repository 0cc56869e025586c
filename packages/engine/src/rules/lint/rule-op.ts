// Decides the operations of a fix: the part of JSON Patch (RFC 6902) that the linter uses.

export type RuleOp =
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'replace'; readonly path: string; readonly value: unknown };
