// Decides how sets of nodes are kept: one bit a node in words of 32.

/** Sets the bits of the nodes, and no others. */
export function fillBits(words: Uint32Array, nodes: readonly number[]): void {
  words.fill(0);
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]!;
    words[node >>> 5]! |= 1 << (node & 31);
  }
}

/** How many bits of a word are set. */
export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
