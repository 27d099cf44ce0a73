import { readFileSync, writeFileSync } from 'node:fs';

const INSTANCES = '/proc/sys/fs/inotify/max_user_instances';
const WANTED = 1024;

/**
 * Raises the machine's limit of file watchers for one user to 1024, when it is lower: Linux's own 128 is used up by a few kubelets, which then fail
 * with "too many open files". It stays raised until the next boot.
 */
export const raiseWatcherLimit = (path = INSTANCES): void => {
  if (Number(readFileSync(path, 'utf8')) < WANTED) writeFileSync(path, `${WANTED}\n`);
};
