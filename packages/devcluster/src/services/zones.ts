import { join } from 'node:path';

/** The zone in which hosted clusters get their names. */
export const UPDATED_ZONE = 'hc.test';

/** The zone of the names of a set's own services. */
export const SERVICE_ZONE = 'godwit.local';

/** Lifetime of every record in seconds: a name that moves is followed at once. */
const LIFETIME_SECONDS = 5;

/** A key for signed updates in the form that both named and nsupdate read; `secret` is base64. */
export const keyFile = (secret: string): string => `key "godwit" {
  algorithm hmac-sha256;
  secret "${secret}";
};
`;

/** A zone's records at its first start: the name server, and names that lead to its address. */
export const zoneFile = (zone: string, address: string, names: readonly string[]): string =>
  [
    `$ORIGIN ${zone}.`,
    `$TTL ${LIFETIME_SECONDS}`,
    `@ IN SOA ns.${zone}. hostmaster.${zone}. 1 60 30 3600 ${LIFETIME_SECONDS}`,
    `@ IN NS ns.${zone}.`,
    `ns IN A ${address}`,
    ...names.map((name) => `${name}. IN A ${address}`),
    '',
  ].join('\n');

/** The configuration of named: everything it writes lies below `folder`, nothing controls it from outside, and it asks nobody else. */
export const nameServerConfiguration = (folder: string, key: string, address: string): string => `include "${key}";
options {
  directory "${folder}";
  listen-on port 53 { ${address}; };
  listen-on-v6 { none; };
  pid-file none;
  lock-file none;
  session-keyfile none;
  recursion no;
  notify no;
  dnssec-validation no;
  allow-query { any; };
  allow-transfer { none; };
};
controls { };
zone "${UPDATED_ZONE}" {
  type primary;
  file "${join(folder, UPDATED_ZONE)}";
  allow-update { key "godwit"; };
};
zone "${SERVICE_ZONE}" {
  type primary;
  file "${join(folder, SERVICE_ZONE)}";
};
`;
