import type { DirectVolumeMigration } from '@godwit/api';
import { execInNode } from '@godwit/devcluster';
import { sql } from '@godwit/example-shop';
import type { LocalSet } from '../support/local-set.ts';
import { holds, waitFor } from '../support/runs.ts';

/** What the demo is asked to break, to show that it would notice: `file` before the verification, `row` before the comparison. */
export type Tamper = 'none' | 'file' | 'row';

/** The phase before which the copy stops while a file is altered. */
export const HOLD_BEFORE = 'VerifyVolumes';

const VOLUMES = '/tmp/hostpath_pv';

const KIND = 'directvolumemigrations';

/** Alters one byte of one copied file on the target's node, as bad storage would: same size, same times. */
const alterFile = (set: LocalSet): Promise<string> => {
  const script = `file=$(find ${VOLUMES} -path '*catalogue*' -type f -size +0 -size -64k | sort | head -n 1) && stamp=$(mktemp) && touch -r "$file" "$stamp" && printf X | dd of="$file" bs=1 count=1 conv=notrunc status=none && touch -r "$stamp" "$file" && rm "$stamp" && printf %s "$file"`;
  return execInNode(set.id, 'beta', ['sh', '-c', script]);
};

/** Waits until the last copy stands before its verification, alters a file of it, and lets it go on. Returns the file. */
export const tamperWithFile = async (set: LocalSet, signal: AbortSignal): Promise<string> => {
  // The command that is about to run installs the kind first. kubectl cannot wait for a condition before there are any: names come with the first.
  for (const sign of ['create', `jsonpath={.status.acceptedNames.plural}=${KIND}`, 'condition=Established'])
    await set.beta.run(['wait', `--for=${sign}`, `crd/${KIND}.migration.openshift.io`, '--timeout=120s']);
  const held = await waitFor<DirectVolumeMigration>(set.beta, KIND, (dvm) => holds(dvm, 'Held'), signal);
  const file = await alterFile(set);
  await set.beta.run([
    'annotate',
    'directvolumemigration',
    '-n',
    'openshift-migration',
    held.metadata.name ?? '',
    'godwit.io/hold-before-',
  ]);
  return file;
};

/** Alters the first row on the target. */
export const tamperWithRow = (set: LocalSet): Promise<string> => sql(set.beta, "update orders set payload = 'tampered' where id = 1");
