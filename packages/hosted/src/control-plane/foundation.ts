import { Secret } from '@godwit/api';
import { components, ports } from '../names.ts';
import type { World } from '../world.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Manifest } from './manifest.ts';
import type { Seen } from './observe.ts';
import { type Certificates, completeCertificates, isComplete } from './pki/complete-certificates.ts';
import { encryptionObject } from './pki/encryption-object.ts';
import type { OutsideNames } from './pki/leaves.ts';
import { pkiObjects } from './pki/objects.ts';
import { textOf } from './pki/secret-data.ts';
import { type Published, publishedAt } from './publish/endpoint.ts';
import { servicesOf } from './publish/services.ts';

/** What all components stand on: certificates, configuration, Services, and where the API server is found. */
export type Foundation = { published: Published; manifests: readonly Manifest[] };

/** Where the two published services are found, as far as it is known. */
export const publishedServices = (plane: ControlPlane, seen: Pick<Seen, 'service'>): { apiServer: Published; konnectivity: Published } => {
  const { apiServer, konnectivity } = components;
  return {
    apiServer: publishedAt(plane.apiServer, plane.port, apiServer, seen.service(apiServer)),
    konnectivity: publishedAt(plane.konnectivity, ports.konnectivityAgent, konnectivity, seen.service(konnectivity)),
  };
};

const namesOf = ({ endpoint }: Published): string[] => (endpoint === undefined ? [] : [endpoint.host]);

const storedIn = (secrets: readonly Secret[]) => new Map(secrets.map((secret) => [secret.metadata.name ?? '', textOf(secret)]));

/** Certificates from what the watch shows; before anything is made anew, the server itself is asked: what lags must not replace what is. */
const certificatesFor = async (world: World, plane: ControlPlane, outside: OutsideNames, seen: Seen): Promise<Certificates> => {
  const { namespace } = plane;
  const request = { plane, outside, now: world.clock.now(), stored: storedIn(seen.secrets) };
  if (isComplete(request)) return { data: request.stored, made: [] };
  const { items } = await world.management.list(Secret, { namespace });
  return completeCertificates({ ...request, stored: storedIn(items) });
};

/** Builds what all components stand on. Throws `PkiError` when an authority or an encryption key is broken. */
export const layFoundation = async (world: World, plane: ControlPlane, seen: Seen): Promise<Foundation> => {
  const published = publishedServices(plane, seen);
  const outside = { apiServer: namesOf(published.apiServer), konnectivity: namesOf(published.konnectivity) };
  const certificates = await certificatesFor(world, plane, outside, seen);
  const endpoint = published.apiServer.endpoint;
  return {
    published: published.apiServer,
    manifests: [...servicesOf(plane), ...pkiObjects(plane, certificates, endpoint), ...encryptionObject(plane, seen.secrets)],
  };
};
