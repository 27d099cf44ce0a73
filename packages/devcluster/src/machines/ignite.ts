import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fetch } from './ignition/contents.ts';
import { placeIn } from './ignition/place.ts';
import { resolveConfig } from './ignition/resolve.ts';
import { writeStorage } from './ignition/storage.ts';
import { createRoot, type RootPlan } from './root.ts';
import { launcherOf } from './units/launcher.ts';
import { isStarted, programOf } from './units/unit.ts';

/** Where a machine's first process finds what to run. */
const LAUNCHER = 'var/lib/machine/launch';

/**
 * Makes a machine's root from its bootstrap data, all or nothing: what is wanted is fetched first, then the root is made anew and filled.
 * Throws BootstrapRefused when it can never succeed; other errors may pass.
 */
export const igniteMachine = async (plan: RootPlan, bootstrap: string, fetch: Fetch): Promise<void> => {
  const wanted = await resolveConfig(bootstrap, fetch);
  createRoot(plan);
  await writeStorage(plan.root, wanted, fetch);
  const readFile = (path: string): string | undefined => {
    const place = placeIn(plan.root, path);
    return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
  };
  const programs = wanted.units.filter(isStarted).map((unit) => programOf(unit, readFile));
  writeFileSync(join(plan.root, LAUNCHER), launcherOf(programs), { mode: 0o700 });
};
