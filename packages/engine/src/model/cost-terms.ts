// Decides the terms of the objective and their order. Leaves what each charges to costs/.

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
