import { join } from 'node:path';
import type { HostDriver } from '../host/driver.ts';
import { JOURNAL_FOLDER } from '../journal/journal-file.ts';

/** The store as it goes along, below the folder of what lies beside /var. */
export const BESIDE_STORE = 'var/store';

/** What is kept while a seed is made, so that everything can be put back whatever happens; none of it is in the seed. */
export const seedPlaces = ({ root }: Pick<HostDriver, 'root'>) => {
  const at = (path: string): string => join(root || '/', path);
  const kept = at('var/lib/lca/ibu-seedgen-orch');
  const work = at('var/tmp/backup');
  return {
    kept,
    /** There from before anything is changed until everything is put back. */
    request: join(kept, 'seedgen-cr.json'),
    secret: join(kept, 'seedgen-secret.json'),
    pullSecret: join(kept, 'pull-secret.json'),
    credentials: join(kept, 'seedgen-auth.json'),
    outcome: join(kept, 'outcome.json'),
    journal: at(join(JOURNAL_FOLDER, 'seed-generation.json')),
    work,
    /** What becomes the image, file by file. */
    files: join(work, 'files'),
    /** What goes into the archive of /var beside what is there. */
    beside: join(work, 'beside'),
    /** The store of the cluster without its past. */
    store: join(work, 'beside', BESIDE_STORE),
    layout: join(work, 'layout'),
  };
};
