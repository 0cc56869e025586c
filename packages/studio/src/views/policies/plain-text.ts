// Decides how a value of unknown kind stands in a field: text, numbers and flags as they are, everything else as nothing.

export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
