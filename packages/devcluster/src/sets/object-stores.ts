import { findPrograms } from '../binaries/programs.ts';
import { freePorts } from '../host/ports.ts';
import { type Progress, silent } from '../progress.ts';
import { createServiceCertificate } from '../services/certificate.ts';
import { startMinio } from '../services/minio.ts';
import { inBoundSet } from './bound.ts';
import { setFolder } from './folders.ts';
import type { ObjectStoreState } from './state.ts';
import { stopSet } from './stop.ts';

/** A running MinIO of its own; `authorityPath` is the PEM file that its certificate is signed by. */
export type LocalObjectStore = ObjectStoreState & { set: string; authorityPath: string; stop(): Promise<void> };

/** Starts MinIO over TLS on a free port of 127.0.0.1, with one empty bucket, bound to this process. For tests of object storage; needs no root. */
export const startObjectStore = async ({ name, progress = silent }: { name: string; progress?: Progress }): Promise<LocalObjectStore> => {
  const programs = await findPrograms(['minio'], progress);
  return inBoundSet(name, async (set) => {
    const [port] = await freePorts(1);
    const files = await createServiceCertificate(setFolder(set), set, '127.0.0.1');
    const store = await startMinio(set, programs, `127.0.0.1:${port}`, files);
    return { ...store, set, authorityPath: files.authorityPath, stop: () => stopSet(set) };
  });
};
