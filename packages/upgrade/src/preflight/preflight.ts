import { failed, type PreflightCheck } from './check.ts';
import { checkHealth } from './check-health.ts';
import { checkAgent, checkClock, checkStorage } from './check-node.ts';
import { checkSeed } from './check-seed.ts';
import { checkAnnotations, checkBackups, checkManifests, checkPolicies, checkVersion } from './check-spec.ts';
import { checkTimeout } from './check-timeout.ts';
import type { PreflightScope } from './scope.ts';

type Part = readonly [name: string, check: (scope: PreflightScope) => Promise<PreflightCheck[]>];

const parts: readonly Part[] = [
  ['Agent', checkAgent],
  ['Health', checkHealth],
  ['Version', checkVersion],
  ['Seed', checkSeed],
  ['Backups', checkBackups],
  ['BackupStorage', checkStorage],
  ['ExtraManifests', checkManifests],
  ['Policies', checkPolicies],
  ['RollbackTimeout', checkTimeout],
  ['Annotations', checkAnnotations],
  ['Clock', checkClock],
];

/** A part that breaks hides no other one. */
const checkPart = async ([name, check]: Part, scope: PreflightScope): Promise<PreflightCheck[]> => {
  try {
    return await check(scope);
  } catch (error) {
    return [failed(`${name}NotChecked`, name, `it could not be checked: ${error instanceof Error ? error.message : String(error)}`)];
  }
};

/** Every check that can be made of an upgrade before it is asked for, each with evidence; nothing is changed, and none hides behind another (G-I1). */
export const preflight = async (scope: PreflightScope): Promise<readonly PreflightCheck[]> =>
  (await Promise.all(parts.map((part) => checkPart(part, scope)))).flat();
