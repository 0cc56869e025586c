// Decides the shape of conditions that are known to run: facts and operators exist, values fit, names are looked up.
// Leaves reading them from JSON to parse-condition.ts and asking them to interpret.ts and the rule program.

/** One comparison. `other` names the fact whose value stands on the right instead of `value`. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly fact: string;
  readonly operator: string;
  readonly value: unknown;
  readonly other: string | null;
  readonly priority: number;
  /** Where it stands in the policy, as a JSON pointer. */
  readonly path: string;
}

export interface Group {
  readonly kind: 'all' | 'any';
  readonly children: readonly Condition[];
  readonly priority: number;
}

export interface Not {
  readonly kind: 'not';
  readonly child: Condition;
  readonly priority: number;
}

/** Higher priorities are asked first; that decides what is asked, never the answer. */
export type Condition = Leaf | Group | Not;

/** Every comparison, in the order of the text. */
export function leavesOf(condition: Condition): Leaf[] {
  switch (condition.kind) {
    case 'leaf':
      return [condition];
    case 'not':
      return leavesOf(condition.child);
    case 'all':
    case 'any':
      return condition.children.flatMap(leavesOf);
  }
}
