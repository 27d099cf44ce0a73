import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Package scripts ask this file whether they may start a daemon. */
export const POLICY = '/usr/sbin/policy-rc.d';

const TEXT = '#!/bin/sh\n# Written by godwit-dev for the length of one installation: no package may start a daemon.\nexit 101\n';

const isOurs = (path: string): boolean => existsSync(path) && readFileSync(path, 'utf8') === TEXT;

/** Removes the policy if it is ours: one that a crash left. */
export const removePolicy = (path = POLICY): void => {
  if (isOurs(path)) rmSync(path, { force: true });
};

/** Keeps package scripts from starting daemons while the work lasts; a policy that the machine has already is left alone. */
export const withoutDaemons = async <T>(work: () => Promise<T>, path = POLICY): Promise<T> => {
  if (existsSync(path) && !isOurs(path)) return work();
  const remove = (): void => removePolicy(path);
  process.once('exit', remove);
  writeFileSync(path, TEXT, { mode: 0o755 });
  try {
    return await work();
  } finally {
    process.off('exit', remove);
    remove();
  }
};
