import { existsSync } from 'node:fs';
import { chmod, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@godwit/controller';
import { remove, writeText } from '../carried/files.ts';
import type { HostDriver } from '../host/driver.ts';
import type { Run } from '../host/run.ts';

/** What is to be bundled: where this release's files are, which programs may be run, and texts by the name of the file that they get. */
export type EvidenceSource = {
  readonly host: HostDriver;
  readonly run: Run;
  readonly clock: Clock;
  readonly texts: Readonly<Record<string, string>>;
};

/** Below the /var of a stateroot: what failed releases have left. Nothing of the agent deletes it. */
const EVIDENCE_FOLDER = 'lib/lca/evidence';

/** Logs and journals, below `/`; no file of these holds a secret. */
const PLACES: readonly string[] = [
  'var/log/units',
  'var/log/pods',
  'var/log/journal',
  'var/lib/lca/journal',
  'var/lib/lca/identity-summary.json',
];

/** Bundles what explains a failure into a stateroot, `<time>-<failed stateroot>.tar.gz`, whole or not at all. Resolves to its path. */
export const keepEvidence = async ({ host, run, clock, texts }: EvidenceSource, stateroot: string): Promise<string> => {
  const failed = (await host.listDeployments()).find((each) => each.booted)?.stateroot ?? 'unknown';
  const folder = join(host.staterootPath(stateroot), 'var', EVIDENCE_FOLDER);
  const path = join(folder, `${clock.now().toISOString().replaceAll(/[:.]/g, '-')}-${failed}.tar.gz`);
  const draft = `${path}.partial`;
  const notes = join(host.root || '/', 'var/lib/lca/evidence-texts');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(texts)) await writeText(join(notes, name), text);
  const root = host.root || '/';
  const found = [...PLACES, 'var/lib/lca/evidence-texts'].filter((place) => existsSync(join(root, place)));
  // Logs grow while they are read, which is no failure.
  await run([
    'tar',
    '--create',
    '--gzip',
    `--file=${draft}`,
    '--warning=no-file-changed',
    '--ignore-failed-read',
    `--directory=${root}`,
    ...found,
  ]).catch((error: unknown) => {
    if (!existsSync(draft)) throw error;
  });
  await chmod(draft, 0o600);
  await rename(draft, path);
  await remove(notes);
  return path;
};
