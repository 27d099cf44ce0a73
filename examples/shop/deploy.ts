import { randomBytes } from 'node:crypto';
import type { Kubectl } from './kubectl.ts';
import { inShop, type Manifest, NAMESPACE } from './manifest.ts';
import { foundations, shopManifests } from './manifests.ts';
import { SHOP, type ShopOptions } from './options.ts';

const apply = (kubectl: Kubectl, items: readonly Manifest[]): Promise<string> =>
  kubectl.run(['apply', '--server-side', '--field-manager=shop', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));

const newPassword = (): Manifest => inShop('v1', 'Secret', 'shop-db', 'db', { stringData: { password: randomBytes(16).toString('hex') } });

/** Creates the shop, or brings one that is there to these options; an existing password stays. Returns once all objects are accepted. */
export const deployShop = async (kubectl: Kubectl, options: Partial<ShopOptions> = {}): Promise<void> => {
  const first = foundations();
  await apply(kubectl, first);
  await kubectl.run(['wait', '--for=condition=Established', '--timeout=30s', 'crd/promotions.shop.example.com']);
  const secret = await kubectl.run(['--namespace', NAMESPACE, 'get', 'secret', 'shop-db', '--ignore-not-found', '--output=name']);
  if (secret.trim() === '') await kubectl.run(['create', '-f', '-'], JSON.stringify(newPassword()));
  await apply(kubectl, shopManifests({ ...SHOP, ...options }).slice(first.length));
};
