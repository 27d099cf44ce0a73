import type { MigStorage } from '@godwit/api';
import type { Credentials } from './credentials.ts';

/** How the store answered. `untested` while the settings do not allow a test. */
export type StoreFacts = { answered: boolean; why: string } | 'untested';

/** Everything that the checks of a MigStorage judge. A secret that is not found is undefined. */
export type StorageFacts = {
  storage: MigStorage;
  credentials: Credentials | undefined;
  snapshotCredentials: Credentials | undefined;
  store: StoreFacts;
};
