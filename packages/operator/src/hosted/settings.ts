import { isIP } from 'node:net';
import { OPERATOR_NAMESPACE, type Rfc2136Options } from '@godwit/hosted';
import manifest from '../../package.json' with { type: 'json' };
import { SettingError } from '../settings.ts';
import type { HostedOptions } from './options.ts';

/** Flags of the operator about hosted clusters, as they were written; the names of upstream where it has them. */
export type HostedFlags = {
  managementCluster?: string | undefined;
  hostedNamespace?: string | undefined;
  ignitionAddress?: string | undefined;
  externalDnsProvider?: string | undefined;
  externalDnsCredentials?: string | undefined;
  externalDnsDomainFilter?: string | undefined;
  externalDnsServer?: string | undefined;
  registryOverrides?: string | undefined;
  minimumVersion?: string | undefined;
  latestVersion?: string | undefined;
};

const DNS_PORT = 53;
const MINIMUM = '4.14.0';
const LATEST = '5.1.0';

const addressIn = (flag: string, text: string, port: number | undefined): { host: string; port: number } => {
  const [, bracketed, host, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const found = digits === undefined ? port : Number(digits);
  const name = bracketed ?? host;
  if (name === undefined || found === undefined || found < 1 || found > 65_535)
    throw new SettingError(
      `${flag} ${text} is no address; write HOST${port === undefined ? ':PORT' : '[:PORT]'}, for instance 10.0.0.1:${port ?? 9443}`,
    );
  return { host: name, port: found };
};

const dnsIn = (flags: HostedFlags): Rfc2136Options | undefined => {
  const {
    externalDnsProvider: provider,
    externalDnsCredentials: keyFile,
    externalDnsDomainFilter: zone,
    externalDnsServer: server,
  } = flags;
  if (provider === undefined) return undefined;
  // another provider is one more implementation of the port; aws has its place here
  if (provider !== 'rfc2136') throw new SettingError(`--external-dns-provider ${provider} is not known; use rfc2136`);
  if (!keyFile || !zone || !server)
    throw new SettingError(
      '--external-dns-provider rfc2136 needs --external-dns-credentials, --external-dns-domain-filter and --external-dns-server too',
    );
  return { ...addressIn('--external-dns-server', server, DNS_PORT), zone: zone.replace(/\.$/, ''), keyFile };
};

/** The cluster leads nodes here by an EndpointSlice, which takes no host names. */
const ignitionIn = (text: string | undefined): { host: string; port: number } | undefined => {
  if (text === undefined) return undefined;
  const address = addressIn('--ignition-address', text, undefined);
  if (isIP(address.host) === 0)
    throw new SettingError(`--ignition-address ${text} names a host; write its IP address, for instance 10.0.0.1:9443`);
  return address;
};

const VERSION = /^[45]\.\d+\.\d+$/;

const versionIn = (flag: string, text: string | undefined, fallback: string): string => {
  if (text === undefined) return fallback;
  if (!VERSION.test(text)) throw new SettingError(`${flag} ${text} is no version; write for instance ${fallback}`);
  return text;
};

const overridesIn = (text: string | undefined): Record<string, string> =>
  Object.fromEntries(
    (text ?? '')
      .split(',')
      .filter(Boolean)
      .map((pair) => {
        const [name, address, ...rest] = pair.split('=');
        if (!name || !address || rest.length > 0)
          throw new SettingError(`--registry-overrides ${pair} is no pair; write REGISTRY=HOST:PORT, several with commas`);
        return [name.trim(), address.trim()];
      }),
  );

/**
 * How hosted clusters are run, from the operator's flags. `context` names the management cluster unless a flag does. Throws a
 * `SettingError` that names the flag.
 */
export const hostedOptionsFrom = (flags: HostedFlags, { context, inCluster }: { context: string; inCluster: boolean }): HostedOptions => {
  const ignition = ignitionIn(flags.ignitionAddress);
  return {
    settings: {
      namespace: flags.hostedNamespace ?? OPERATOR_NAMESPACE,
      managementCluster: flags.managementCluster ?? context,
      versions: {
        minimum: versionIn('--minimum-version', flags.minimumVersion, MINIMUM),
        latest: versionIn('--latest-version', flags.latestVersion, LATEST),
      },
      serverVersion: manifest.version,
      ignition: ignition && { address: ignition.host, port: ignition.port },
    },
    dns: dnsIn(flags),
    registryOverrides: overridesIn(flags.registryOverrides),
    inCluster,
  };
};
