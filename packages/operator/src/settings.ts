import { EXCLUDED_RESOURCES, NAMESPACE } from '@godwit/api';
import type { Settings } from '@godwit/migration';

type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that cannot be used; the message names it, its value and what it should be. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

const listIn = (text: string | undefined, fallback: readonly string[]): readonly string[] =>
  text === undefined
    ? fallback
    : text
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean);

const limitIn = (environment: Environment, name: string, fallback: number): number => {
  const text = environment[name];
  if (text === undefined || text === '') return fallback;
  if (!/^[1-9]\d*$/.test(text))
    throw new SettingError(`${name} is "${text}"; set it to a whole number of at least 1, or leave it out for ${fallback}`);
  return Number(text);
};

/**
 * The settings of the migration controllers from the environment, with upstream's names.
 * Limits default to what this product is tested with, not to upstream's 10, 100 and 100 (G-M40).
 */
export const settingsFrom = (
  environment: Environment,
  overrides: { namespace?: string | undefined; transferImage?: string | undefined } = {},
): Settings => ({
  namespace: overrides.namespace ?? NAMESPACE,
  transferImage: overrides.transferImage ?? environment.RSYNC_TRANSFER_IMAGE,
  excludedResources: listIn(environment.EXCLUDED_RESOURCES, EXCLUDED_RESOURCES),
  namespaceLimit: limitIn(environment, 'NAMESPACE_LIMIT', 1000),
  podLimit: limitIn(environment, 'POD_LIMIT', 10_000),
  volumeLimit: limitIn(environment, 'PV_LIMIT', 10_000),
  moveStorageClasses: listIn(environment.PV_MOVE_STORAGECLASSES, []),
});
