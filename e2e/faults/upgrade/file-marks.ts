import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nodeSysroot, staterootOf } from '@godwit/devcluster';
import { EDGE, NEW, OLD, UPGRADE_FAULTS } from './stage.ts';

/** Steps that have begun, the last one last; `version` changes when that one begins again. `apart`: each is written before the next begins. */
export type Begun = { steps: readonly string[]; version: string; apart?: true };

/** A look at something in which steps leave a trace when they begin. */
export type Look = () => Begun;

const sysroot = (): string => nodeSysroot(UPGRADE_FAULTS, EDGE);
const varOf = (version: string): string => join(sysroot(), 'ostree/deploy', staterootOf(version), 'var');

const NOTHING: Begun = { steps: [], version: '' };

/** Reads a file again only when it has changed; what a reader throws counts as not there. */
const reading = (path: () => string, read: (text: string) => Begun): Look => {
  let known = '';
  let last = NOTHING;
  return () => {
    try {
      const { ino, size, mtimeMs } = statSync(path());
      const state = `${ino}/${size}/${mtimeMs}`;
      if (state !== known) last = read(readFileSync(path(), 'utf8'));
      known = state;
      return last;
    } catch {
      known = '';
      last = NOTHING;
      return NOTHING;
    }
  };
};

type Journal = { steps: { name: string; attempts: number }[] };

/** The steps of the new stateroot, by their journal. */
export const staterootSteps: Look = reading(
  () => join(varOf(OLD), `lib/lca/journal/stateroot-${staterootOf(NEW)}.json`),
  (text) => {
    const { steps } = JSON.parse(text) as Journal;
    return { steps: steps.map(({ name }) => `stateroot/${name}`), version: String(steps.at(-1)?.attempts), apart: true };
  },
);

const entries = (): string => join(sysroot(), 'boot/loader/entries');

/** The release that boots next. */
const nextRelease = (): string => {
  const texts = readdirSync(entries()).map((name) => readFileSync(join(entries(), name), 'utf8'));
  const versionOf = (text: string): number => Number(/^version (\d+)$/m.exec(text)?.[1] ?? 0);
  const [first = ''] = texts.sort((a, b) => versionOf(b) - versionOf(a));
  return /ostree=\S*\/(rhcos_[^/]+)\//.exec(first)?.[1] ?? '';
};

const tried = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined; // being replaced at this moment
  }
};

const traces = (found: readonly (readonly [string, boolean | undefined])[]): Begun => {
  const steps = found.flatMap(([step, is]) => (is ? [step] : []));
  return { steps, version: String(steps.length) };
};

/** What the way over the reboot leaves on disk, in the order in which it is written. */
export const pivotTraces: Look = () =>
  traces([
    ['pivot/deadline', tried(() => readFileSync(join(varOf(NEW), 'lib/lca/autorollback_config.json'), 'utf8').includes('"deadline"'))],
    ['pivot/carried to the new release', existsSync(join(varOf(NEW), 'lib/lca/ibu.json'))],
    ['pivot/carried to the old release', existsSync(join(varOf(OLD), 'lib/lca/ibu.json'))],
    ['pivot/new release boots next', tried(nextRelease) === staterootOf(NEW)],
  ]);

/** The same on the way back. */
export const rollbackTraces: Look = () =>
  traces([
    ['rollback/old release boots next', tried(nextRelease) === staterootOf(OLD)],
    [
      'rollback/carried to the old release',
      tried(() => /"stage": ?"Rollback"/.test(readFileSync(join(varOf(OLD), 'lib/lca/ibu.json'), 'utf8'))),
    ],
  ]);

const evidence = (): boolean => readdirSync(join(varOf(OLD), 'lib/lca/evidence')).some((name) => name.endsWith('.partial'));
const isTold = (): boolean => readFileSync(join(varOf(OLD), 'lib/lca/ibu.json'), 'utf8').includes('LCA Init Monitor timeout');

/** The same on the way back that nobody has asked for. */
export const automaticTraces: Look = () =>
  traces([
    ['carried to the old release', tried(isTold)],
    ['old release boots next', tried(isTold) && tried(nextRelease) === staterootOf(OLD)],
    ['evidence is kept', tried(evidence)],
  ]);

const firstBoot = (unit: string): Look =>
  reading(
    () => join(varOf(NEW), `log/units/${unit}.log`),
    (text) => {
      const steps = [...text.matchAll(/"step":"([a-z-]+)".*"first boot"|"first boot".*"step":"([a-z-]+)"/g)].map(
        ([, before, after]) => `first-boot/${before ?? after}`,
      );
      // After a strike steps begin again: the one that has begun last comes last.
      return { steps: [...new Set(steps.reverse())].reverse(), version: String(steps.length) };
    },
  );

/** The steps of the first boot, by what its units print. */
export const firstBootSteps: readonly Look[] = ['installation-configuration', 'installation-configuration-cluster'].map(firstBoot);
