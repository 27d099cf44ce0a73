import { type HostedFlags, type HostedOptions, hostedOptionsFrom, SettingError } from '@godwit/operator';
import type { Flag } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Invocation } from '../invocation.ts';

/** Flags of `operator run` about hosted clusters, with upstream's names where it has them. */
export const hostedFlags: readonly Flag[] = [
  ['--management-cluster <name>', 'how this cluster is called in DNS records and moves; default: the name of its context'],
  ['--hosted-namespace <name>', 'namespace of supported-versions; default: hypershift'],
  ['--ignition-address <host:port>', 'where this process serves new nodes their configuration; default: it does not'],
  ['--external-dns-provider <name>', 'who takes host names of hosted clusters: rfc2136; default: nobody here'],
  ['--external-dns-credentials <file>', 'file with the TSIG key that may update the zone'],
  ['--external-dns-domain-filter <domain>', 'the zone that host names are written to'],
  ['--external-dns-server <host[:port]>', 'the name server that takes the updates'],
  ['--registry-overrides <pairs>', 'registries to ask for releases instead: REGISTRY=HOST:PORT, several with commas'],
  ['--minimum-version <version>', 'oldest release that hosted clusters may have; default: 4.14.0'],
  ['--latest-version <version>', 'newest release that hosted clusters may have; default: 5.1.0'],
];

/** How hosted clusters are run, from the flags of a call. */
export const hostedOptionsOf = ({ access, globals, environment }: Invocation, flags: HostedFlags): HostedOptions => {
  const inCluster = Boolean(environment.KUBERNETES_SERVICE_HOST);
  const context = globals.context ?? access().context ?? 'management';
  try {
    return hostedOptionsFrom(flags, { context, inCluster });
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    throw new Failure('the operator cannot be run like this', { reason: 'Usage', why: error.message, exitCode: exitCodes.usage });
  }
};
