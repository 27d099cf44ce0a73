import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Programs } from '../binaries/programs.ts';
import { waitFor } from '../control-plane/wait.ts';
import { launch } from '../sets/components.ts';
import { setFolder } from '../sets/folders.ts';
import { changeState, type ObjectStoreState } from '../sets/state.ts';
import type { ServiceFiles } from './certificate.ts';
import { answers } from './probe.ts';

/** The bucket that every set has from the start. */
const BUCKET = 'godwit';

/** Starts the object store of a set, with keys of its own and one empty bucket; `address` is HOST:PORT. */
export const startMinio = async (id: string, programs: Programs, address: string, files: ServiceFiles): Promise<ObjectStoreState> => {
  const folder = join(setFolder(id), 'minio');
  mkdirSync(join(folder, BUCKET), { recursive: true, mode: 0o700 });
  const objectStore: ObjectStoreState = {
    endpoint: `https://${address}`,
    bucket: BUCKET,
    accessKey: randomBytes(10).toString('hex'),
    secretKey: randomBytes(20).toString('hex'),
  };
  const minio = await launch(id, {
    name: 'minio',
    argv: [programs('minio'), 'server', '--quiet', '--certs-dir', dirname(files.certificatePath), '--address', address, folder],
    env: { MINIO_ROOT_USER: objectStore.accessKey, MINIO_ROOT_PASSWORD: objectStore.secretKey, MINIO_UPDATE: 'off', MINIO_BROWSER: 'off' },
    log: join(setFolder(id), 'logs/minio.log'),
  });
  await waitFor(minio, () => answers(`${objectStore.endpoint}/minio/health/ready`, files.authorityPath));
  await changeState(id, (state) => ({ ...state, objectStore }));
  return objectStore;
};
