import { chmod, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@godwit/controller';
import { remove, writeText } from '../carried/files.ts';
import type { HostDriver } from '../host/driver.ts';
import { CommandFailed, type Run } from '../host/run.ts';
import { forgetDrafts, forgetOldest } from './evidence-folder.ts';
import { fitting } from './fitting.ts';

/** What is to be bundled: where this release's files are, which programs may be run, and texts by the name of the file that they get. */
export type EvidenceSource = {
  readonly host: HostDriver;
  readonly run: Run;
  readonly clock: Clock;
  readonly texts: Readonly<Record<string, string>>;
  /** Ends the work, which then leaves nothing. */
  readonly signal: AbortSignal;
};

/** Below the /var of a stateroot: what failed releases have left. Going to Idle deletes nothing of it. */
const EVIDENCE_FOLDER = 'lib/lca/evidence';

const TEXTS = 'var/lib/lca/evidence-texts';

/** Logs and journals, below `/`, what says most first; no file of these holds a secret. */
const PLACES: readonly string[] = [
  TEXTS,
  'var/lib/lca/journal',
  'var/lib/lca/identity-summary.json',
  'var/log/units',
  'var/log/journal',
  'var/log/pods',
];

/** What a rollback and the release before need is never taken: a bundle gets half of what is free. */
const SHARE = 0.5;

/** Logs grow and go while they are read; then tar says so with this exit code, and the bundle is whole. */
const CHANGED = 1;

const pack = async (run: Run, root: string, places: readonly string[], draft: string, signal: AbortSignal): Promise<void> => {
  const options = ['--create', '--gzip', `--file=${draft}`, '--warning=no-file-changed', '--ignore-failed-read', `--directory=${root}`];
  await run(['tar', ...options, ...places], { signal }).catch((error: unknown) => {
    if (!(error instanceof CommandFailed && error.code === CHANGED)) throw error;
  });
};

/** The bytes must be on the disk before the bundle gets its name: a reboot comes next. */
const publish = async (draft: string, path: string): Promise<void> => {
  const file = await open(draft);
  await file.sync().finally(() => file.close());
  await chmod(draft, 0o600);
  await rename(draft, path);
};

const bundle = async ({ host, run, texts, signal }: EvidenceSource, folder: string, path: string): Promise<void> => {
  const root = host.root || '/';
  const draft = `${path}.partial`;
  try {
    for (const [name, text] of Object.entries(texts)) await writeText(join(root, TEXTS, name), text);
    const places = await fitting(root, PLACES, (await host.freeSpace(folder)).free * SHARE);
    if (places.length === 0) throw new Error(`${folder} has no space for evidence`);
    await pack(run, root, places, draft, signal);
    await publish(draft, path);
  } finally {
    await remove(draft, join(root, TEXTS));
  }
};

/**
 * Bundles what explains a failure into a stateroot, `<time>-<failed stateroot>.tar.gz`, whole or not at all; what does not fit into the free
 * space is left out. The newest three bundles stay. Resolves to the path.
 */
export const keepEvidence = async (source: EvidenceSource, stateroot: string): Promise<string> => {
  const { host, clock } = source;
  const failed = (await host.listDeployments()).find((each) => each.booted)?.stateroot ?? 'unknown';
  const folder = join(host.staterootPath(stateroot), 'var', EVIDENCE_FOLDER);
  const path = join(folder, `${clock.now().toISOString().replaceAll(/[:.]/g, '-')}-${failed}.tar.gz`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await forgetDrafts(folder);
  await bundle(source, folder, path);
  await forgetOldest(folder);
  return path;
};
