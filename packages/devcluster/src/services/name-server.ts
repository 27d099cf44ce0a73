import { randomBytes } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../control-plane/wait.ts';
import { launch } from '../sets/components.ts';
import { setFolder } from '../sets/folders.ts';
import { changeState } from '../sets/state.ts';
import { SERVICE_NAMES } from './certificate.ts';
import { keyFile, nameServerConfiguration, SERVICE_ZONE, UPDATED_ZONE, zoneFile } from './zones.ts';

const writeFiles = (folder: string, address: string): string => {
  const key = join(folder, 'update.key');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(key, keyFile(randomBytes(32).toString('base64')), { mode: 0o600 });
  writeFileSync(join(folder, UPDATED_ZONE), zoneFile(UPDATED_ZONE, address, []));
  writeFileSync(join(folder, SERVICE_ZONE), zoneFile(SERVICE_ZONE, address, SERVICE_NAMES));
  writeFileSync(join(folder, 'named.conf'), nameServerConfiguration(folder, key, address));
  return key;
};

const knowsZone = async (address: string): Promise<boolean> => {
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([address]);
  return (await resolver.resolveSoa(UPDATED_ZONE)).minttl > 0;
};

/** Starts the name server of a set on the host's address: authoritative for a zone that holders of the key may update, and for the names of the set's services. */
export const startNameServer = async (id: string, address: string): Promise<void> => {
  const folder = join(setFolder(id), 'dns');
  const key = writeFiles(folder, address);
  const argv = ['named', '-g', '-4', '-n', '1', '-c', join(folder, 'named.conf')];
  const component = await launch(id, { name: 'named', argv, env: {}, log: join(setFolder(id), 'logs/named.log') });
  await waitFor(component, () => knowsZone(address));
  await changeState(id, (state) => ({ ...state, dns: { server: address, zone: UPDATED_ZONE, keyFile: key } }));
};
