import { type Manifest, NAMESPACE } from './manifest.ts';
import { access } from './objects/access.ts';
import { database } from './objects/database.ts';
import { promotionKind, promotions } from './objects/promotions.ts';
import { upkeep } from './objects/upkeep.ts';
import { web } from './objects/web.ts';
import { writer } from './objects/writer.ts';
import { SHOP, type ShopOptions } from './options.ts';

const namespace: Manifest = {
  apiVersion: 'v1',
  kind: 'Namespace',
  // The label lets volumes be copied with the owners of their files, which takes root.
  metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
};

/** What has to be there before the rest can be created: the namespace and the shop's own kind. */
export const foundations = (): Manifest[] => [namespace, promotionKind];

/** Every object of the shop by the file it is rendered to, without the Secret `shop-db`, whose password is made when the shop is deployed. */
export const shopFiles = (options: ShopOptions = SHOP): Record<string, Manifest[]> => ({
  foundations: foundations(),
  access: access(),
  database: database(options),
  web: web(options),
  writer: writer(options),
  promotions: promotions(),
  upkeep: upkeep(options),
});

/** Every object of the shop in the order of creation, without the Secret `shop-db`. */
export const shopManifests = (options: ShopOptions = SHOP): Manifest[] => Object.values(shopFiles(options)).flat();
