import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Unit, unitOf } from './unit.ts';

/** Where units lie, below the root: the administrator's before the system's own. */
const UNIT_FOLDERS: readonly string[] = ['etc/systemd/system', 'usr/lib/systemd/system'];

/** The target whose `.wants` folders hold a link to every enabled unit. */
const TARGET = 'multi-user.target.wants';

const SERVICE = '.service';

/** Where the text of a unit lies; undefined when it is not there, or masked by a link to /dev/null. */
const unitPath = (root: string, file: string): string | undefined => {
  const path = UNIT_FOLDERS.map((folder) => join(root, folder, file)).find(existsSync);
  return path === undefined || realpathSync(path) === '/dev/null' ? undefined : path;
};

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(SERVICE)) : []);

/** Reads a unit as it stands now; undefined when there is none of that name, or it is masked. */
export const readUnit = (name: string, root = '/'): Unit | undefined => {
  const path = unitPath(root, `${name}${SERVICE}`);
  return path === undefined ? undefined : unitOf(name, readFileSync(path, 'utf8'));
};

/** The units that are to be started, and what is wrong with those that cannot be. */
export type EnabledUnits = { units: Unit[]; faults: string[] };

/** Reads every enabled unit of a system whose `/` is `root`; one that cannot be understood keeps no other from starting. */
export const enabledUnits = (root = '/'): EnabledUnits => {
  const found: EnabledUnits = { units: [], faults: [] };
  for (const file of new Set(UNIT_FOLDERS.flatMap((folder) => namesIn(join(root, folder, TARGET))))) {
    try {
      const unit = readUnit(basename(file, SERVICE), root);
      if (unit) found.units.push(unit);
    } catch (error) {
      found.faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  return found;
};
