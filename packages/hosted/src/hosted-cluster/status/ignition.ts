import type { ServicePublishing } from '@godwit/api';
import type { StandardClaim } from '@godwit/controller';
import type { Settings } from '../../world.ts';
import { hostNameOf } from '../validation/services.ts';

const HTTPS = 443;

/** Where new nodes ask for their configuration: the service's host name, else the operator's own address. Undefined: nobody serves it here. Pure. */
export const ignitionEndpoint = (services: readonly ServicePublishing[], { ignition }: Pick<Settings, 'ignition'>): string | undefined => {
  if (ignition === undefined) return undefined;
  const service = services.find((each) => each.service === 'Ignition');
  const host = (service && hostNameOf(service)) ?? ignition.address;
  return ignition.port === HTTPS ? host : `${host}:${ignition.port}`;
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
