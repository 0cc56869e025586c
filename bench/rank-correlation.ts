// Decides how alike two rankings are: Spearman's correlation, equal values sharing the mean of their ranks.

/** From −1 to 1; NaN where one side is all the same. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number {
  const left = ranks(pairs.map(([value]) => value));
  const right = ranks(pairs.map(([, value]) => value));
  const mean = (pairs.length + 1) / 2;
  let both = 0;
  let ofLeft = 0;
  let ofRight = 0;
  for (const [at, rank] of left.entries()) {
    both += (rank - mean) * (right[at]! - mean);
    ofLeft += (rank - mean) ** 2;
    ofRight += (right[at]! - mean) ** 2;
  }
  return both / Math.sqrt(ofLeft * ofRight);
}

function ranks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}
