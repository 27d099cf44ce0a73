import { z } from 'zod';
import { checked, immutableOnceSet } from '../rules.ts';
import { fields } from '../schema.ts';

const DOMAIN = '^[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?([.][a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*$';

/** A domain name, or nothing. */
export const domain = (name: string) =>
  checked(z.string().max(253), {
    rule: `self == '' || self.matches('${DOMAIN}')`,
    message: `${name} must be a valid domain name (e.g., example, example.com, sub.example.com)`,
  });

const zone = (name: string, most: number) => immutableOnceSet(name, z.string().max(most)).optional();

/** Names of the hosted cluster in DNS. */
export const dns = fields({
  baseDomain: immutableOnceSet('baseDomain', domain('baseDomain')).describe(
    'Domain below which the names of the cluster lie; may be empty. Required.',
  ),
  baseDomainPrefix: immutableOnceSet('baseDomainPrefix', domain('baseDomainPrefix'))
    .optional()
    .describe('Put before the base domain. Omitted: the name of the cluster; empty: nothing.'),
  publicZoneID: zone('publicZoneID', 258).describe('Zone for names that everybody may resolve.'),
  privateZoneID: zone('privateZoneID', 265).describe('Zone for names inside the network of the cluster.'),
});
