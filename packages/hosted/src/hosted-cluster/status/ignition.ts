import type { ServicePublishing } from '@godwit/api';
import type { StandardClaim } from '@godwit/controller';
import { authorityOf } from '../../control-plane/pki/kubeconfigs.ts';
import { publishedAt } from '../../control-plane/publish/endpoint.ts';
import { publishingOf } from '../../control-plane/read-control-plane.ts';
import { IGNITION_PORT } from '../../ignition/publish.ts';
import { components } from '../../names.ts';
import type { Settings } from '../../world.ts';

const HTTPS = 443;

/** Where new nodes ask for their configuration, with the port unless it is 443. Undefined: this operator serves none, or it is not published. Pure. */
export const ignitionEndpoint = (services: readonly ServicePublishing[], { ignition }: Pick<Settings, 'ignition'>): string | undefined => {
  const publishing = publishingOf(services, 'Ignition');
  const { endpoint } = publishedAt(publishing, IGNITION_PORT, components.ignition, undefined);
  if (ignition === undefined || endpoint === undefined) return undefined;
  return endpoint.port === HTTPS ? endpoint.host : authorityOf(endpoint);
};

/** Condition IgnitionEndpointAvailable. Pure. */
export const ignitionAvailable = ({ ignition }: Pick<Settings, 'ignition'>): StandardClaim => {
  const type = 'IgnitionEndpointAvailable';
  return ignition === undefined
    ? {
        type,
        status: 'False',
        reason: 'NotFound',
        message: 'This operator serves no Ignition payloads; start it with --ignition-address HOST:PORT',
      }
    : { type, status: 'True', reason: 'AsExpected', message: 'Ignition server is available' };
};
