import { StoreError } from './store.ts';

const isUnsafe = (part: string): boolean => part === '' || part === '.' || part === '..' || part.includes('\0') || part.includes('\\');

/** Returns the key when it is a relative path without empty, `.` or `..` parts; throws `StoreError` otherwise, so that no key leaves its store. */
export const checkKey = (key: string): string => {
  if (!key.split('/').some(isUnsafe)) return key;
  throw new StoreError(
    `The key ${JSON.stringify(key)} is not a relative path; use names joined by / without empty, . or .. parts.`,
    'other',
  );
};
