import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority, issue } from '../pki.ts';

/** Files with which the services of a set prove who they are. */
export type ServiceFiles = { authorityPath: string; certificatePath: string; keyPath: string };

/** Names under which pods and nodes find the services of a set; all lead to the host. */
export const SERVICE_NAMES: readonly string[] = ['minio.godwit.local', 'registry.godwit.local'];

/** Makes the authority of a set and one certificate for its registry and its object store. The authority's folder serves as a `certs.d` entry too. */
export const createServiceCertificate = async (folder: string, id: string, address: string): Promise<ServiceFiles> => {
  const [authorityFolder, serving] = [join(folder, 'authority'), join(folder, 'serving')];
  for (const each of [authorityFolder, serving]) mkdirSync(each, { recursive: true });
  const authority = await createAuthority(`godwit-dev ${id}`);
  const pair = await issue(authority, { commonName: 'services', names: [address, '127.0.0.1', 'localhost', ...SERVICE_NAMES] });
  const files = {
    authorityPath: join(authorityFolder, 'ca.crt'),
    certificatePath: join(serving, 'public.crt'),
    keyPath: join(serving, 'private.key'),
  };
  writeFileSync(files.authorityPath, authority.certificate, { mode: 0o644 });
  writeFileSync(files.certificatePath, pair.certificate, { mode: 0o644 });
  writeFileSync(files.keyPath, pair.key, { mode: 0o600 });
  return files;
};
