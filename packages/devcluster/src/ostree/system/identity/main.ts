import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { environmentOfFile } from '../../../machines/units/environment.ts';
import { CLUSTER_FOLDER, HARDWARE_FILE, IDENTITY_FILE, KUBELET_PKI } from '../places.ts';
import { issueCredentials } from './credentials.ts';
import { firstIdentity, identityText, parseIdentity } from './identity.ts';

const MACHINE_ID = '/etc/machine-id';

if (!existsSync(IDENTITY_FILE)) {
  mkdirSync(dirname(IDENTITY_FILE), { recursive: true });
  writeFileSync(IDENTITY_FILE, identityText(firstIdentity(environmentOfFile(readFileSync(HARDWARE_FILE, 'utf8')))));
}
if (readFileSync(MACHINE_ID, 'utf8').trim() === '') writeFileSync(MACHINE_ID, `${randomBytes(16).toString('hex')}\n`);
const identity = parseIdentity(readFileSync(IDENTITY_FILE, 'utf8'));
const issued = await issueCredentials(identity, { cluster: CLUSTER_FOLDER, kubelet: KUBELET_PKI });
console.log(`${identity.CLUSTER_NAME}: ${issued ? 'credentials were issued' : 'the credentials are kept'}`);
