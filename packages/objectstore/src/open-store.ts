import type { StoreAccess } from './access.ts';
import { folderStore } from './folder/folder-store.ts';
import { s3Store } from './s3/s3-store.ts';
import type { ObjectStore } from './store.ts';

/** Opens a bucket or a folder. Nothing is contacted before the first call, so that opening never fails. */
export const openStore = (access: StoreAccess): ObjectStore => (access.kind === 's3' ? s3Store(access) : folderStore(access));
