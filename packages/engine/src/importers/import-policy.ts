// Decides which systems' rules can be read, by name. Whatever is read is checked as any policy is.
import type { Issue } from '../base/issue.ts';
import { fail, type Result } from '../base/result.ts';
import type { Policy } from '../model/policy.ts';
import { parsePolicy } from '../rules/compile-policy.ts';
import { importFluent } from './fluent.ts';
import { importHotwax } from './hotwax.ts';
import type { Imported } from './imported.ts';
import { importMagento } from './magento.ts';
import { importShopify } from './shopify.ts';

export const IMPORT_SYSTEMS = ['hotwax', 'fluent', 'shopify', 'magento'] as const;
export type ImportSystem = (typeof IMPORT_SYSTEMS)[number];

const IMPORTERS = { hotwax: importHotwax, fluent: importFluent, shopify: importShopify, magento: importMagento };

/**
 * Reads another system's rules as a policy that follows a cascade; `base` gives goals, promise and limits. Fails with issues
 * where the file has not the system's shape (paths into the file), or a value in it makes no policy (paths into the policy).
 */
export function importPolicy(system: ImportSystem, input: unknown, base?: Policy): Result<Imported, Issue[]> {
  const imported = IMPORTERS[system](input, base);
  if (!imported.ok) return imported;
  const checked = parsePolicy(imported.value.policy);
  return checked.ok ? imported : fail(checked.error);
}
