import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { NODE_REGISTRY } from '../../support/upgrade/releases.ts';
import type { UpgradeSet } from '../../support/upgrade/upgrade-set.ts';

type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer };
type Ask = { method?: string; accept?: string; type?: string; body?: Buffer };

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** Asks the registry of a set; `path` begins after /v2/, or is an address that it has given. */
const ask = ({ registry, authorityPath }: UpgradeSet, path: string, { method = 'GET', accept = MANIFEST, type, body }: Ask = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const headers = { accept, ...(type && { 'content-type': type }), ...(body && { 'content-length': body.length }) };
    const outgoing = request(new URL(path, `https://${registry}/v2/`), { method, headers, ca: readFileSync(authorityPath), agent: false });
    outgoing.on('error', reject).on('response', (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(parts) }));
    });
    outgoing.end(body);
  });

const partsOf = (image: string): { name: string; tag: string } => {
  const [name = '', tag = ''] = image.slice(NODE_REGISTRY.length + 1).split(':');
  return { name, tag };
};

/** Whether the registry has an image, named as nodes name it. */
export const hasImage = async (set: UpgradeSet, image: string): Promise<boolean> => {
  const { name, tag } = partsOf(image);
  return (await ask(set, `${name}/manifests/${tag}`, { method: 'HEAD' })).status === 200;
};

type Manifest = { config: { digest: string; size: number } };

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

const upload = async (set: UpgradeSet, name: string, bytes: Buffer): Promise<void> => {
  const begun = await ask(set, `${name}/blobs/uploads/`, { method: 'POST' });
  const to = new URL(String(begun.headers.location), `https://${set.registry}/v2/`);
  to.searchParams.set('digest', digestOf(bytes));
  const { status } = await ask(set, to.href, { method: 'PUT', type: 'application/octet-stream', body: bytes });
  if (status !== 201) throw new Error(`the registry took no blob: HTTP ${status}`);
};

/** The manifest of an image. */
export const manifestOf = async <T>(set: UpgradeSet, image: string): Promise<T> => {
  const { name, tag } = partsOf(image);
  return JSON.parse((await ask(set, `${name}/manifests/${tag}`)).body.toString()) as T;
};

/** Puts an image beside another one that has the same layers and a changed configuration. */
export const pushVariant = async (set: UpgradeSet, image: string, tag: string, change: (config: object) => object): Promise<void> => {
  const { name } = partsOf(image);
  const manifest = await manifestOf<Manifest>(set, image);
  const { body } = await ask(set, `${name}/blobs/${manifest.config.digest}`);
  const config = Buffer.from(JSON.stringify(change(JSON.parse(body.toString()) as object)));
  await upload(set, name, config);
  const changed = { ...manifest, config: { ...manifest.config, digest: digestOf(config), size: config.length } };
  const { status } = await ask(set, `${name}/manifests/${tag}`, {
    method: 'PUT',
    type: MANIFEST,
    body: Buffer.from(JSON.stringify(changed)),
  });
  if (status !== 201) throw new Error(`the registry took no manifest: HTTP ${status}`);
};
