import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { waitFor } from '../control-plane/wait.ts';
import { launch } from '../sets/components.ts';
import { setFolder } from '../sets/folders.ts';
import { changeState } from '../sets/state.ts';
import type { ServiceFiles } from './certificate.ts';
import { answers } from './probe.ts';

/** The registry's configuration as an object. */
const registryConfiguration = (folder: string, registry: string, files: ServiceFiles) => ({
  version: '0.1',
  log: { level: 'warn', accesslog: { disabled: true } },
  storage: { filesystem: { rootdirectory: folder }, delete: { enabled: true } },
  http: { addr: registry, tls: { certificate: files.certificatePath, key: files.keyPath } },
});

/** Starts the registry of a set on HOST:PORT: HTTPS, no sign-in, reachable for the host, nodes and pods. */
export const startRegistry = async (id: string, registry: string, files: ServiceFiles): Promise<void> => {
  const configuration = join(setFolder(id), 'registry.yaml');
  const folder = join(setFolder(id), 'registry');
  mkdirSync(folder, { recursive: true });
  writeFileSync(configuration, stringify(registryConfiguration(folder, registry, files)));
  const component = await launch(id, {
    name: 'registry',
    argv: ['docker-registry', 'serve', configuration],
    env: {},
    log: join(setFolder(id), 'logs/registry.log'),
  });
  await waitFor(component, () => answers(`https://${registry}/v2/`, files.authorityPath));
  await changeState(id, (state) => ({ ...state, registry }));
};
