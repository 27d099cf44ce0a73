import { StoreError, type StoreFault } from '../store.ts';

const FAULTS: Record<string, StoreFault> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'access-denied',
  EPERM: 'access-denied',
  EROFS: 'read-only',
  ETIMEDOUT: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ESTALE: 'unreachable',
};

const NEXT_STEPS: Partial<Record<StoreFault, string>> = {
  full: 'Free space on that file system, or choose another folder.',
  'access-denied': 'Give the user that runs Godwit read and write permission on the folder.',
  'read-only': 'Mount the file system for writing, or choose another folder.',
  unreachable: 'Check the network mount behind the folder.',
};

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException)?.code ?? '';

/** Whether the error says that there is no such file. */
export const isAbsent = (error: unknown): boolean => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';

/** Whether the error says that the file exists already. */
export const isTaken = (error: unknown): boolean => codeOf(error) === 'EEXIST';

/** Turns an error of the file system into a `StoreError` that says what was tried, where, and what to do next. */
export const folderFault = (error: unknown, what: string, url: string): StoreError => {
  if (error instanceof StoreError) return error;
  const fault = FAULTS[codeOf(error)] ?? 'other';
  const next = NEXT_STEPS[fault] ?? 'Look at the cause and try again.';
  return new StoreError(`Could not ${what} in ${url}: ${(error as Error)?.message ?? String(error)}. ${next}`, fault, error);
};
