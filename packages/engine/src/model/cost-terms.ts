// Decides the terms of the objective, their order and what they are called for people. Leaves what each charges to costs/.

/** Order of the terms in every table and breakdown. */
export const COST_TERMS = [
  'shipping',
  'handling',
  'split',
  'lateness',
  'speed',
  'capacity',
  'stockOut',
  'risk',
  'preference',
  'unsourced',
] as const;
export type CostTerm = (typeof COST_TERMS)[number];

/** What people read: the same names at the command line and in the studio. */
export const TERM_LABELS: Readonly<Record<CostTerm, string>> = {
  shipping: 'Shipping',
  handling: 'Handling',
  split: 'Splits',
  lateness: 'Lateness',
  speed: 'Speed',
  capacity: 'Capacity',
  stockOut: 'Stock-outs',
  risk: 'Rejects',
  preference: 'Preference',
  unsourced: 'Unsourced',
};
