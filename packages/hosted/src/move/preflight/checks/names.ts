import { bad, type Check, type Objection, ok } from '../finding.ts';

const PUBLISHED = new Set(['APIServer', 'Konnectivity', 'Ignition']);

/** Nodes find the control plane again under its names. */
export const names: Check = ({ services }) => {
  const unnamed = services.filter(({ service, type, host }) => PUBLISHED.has(service) && type !== 'None' && host === undefined);
  return unnamed.length > 0
    ? bad(
        'HostNameMissing',
        `${unnamed.map(({ service }) => service).join(', ')} have no fixed host name: nodes would not find them again; a cluster can only be moved when every service was given one at its creation`,
      )
    : ok('HostNames', services.flatMap(({ host }) => host ?? []).join(', '));
};

/** No other hosted cluster has these names. */
export const namesFree: Check = ({ services, there }) => {
  const taken = services.flatMap(({ host }) =>
    there.flatMap(({ name, hosts }) => (host && hosts.includes(host) ? [`${host} (${name})`] : [])),
  );
  return taken.length > 0
    ? bad(
        'HostNameTaken',
        `${taken.join(', ')} are the names of another hosted cluster on the destination; delete it, or give it other names`,
      )
    : ok('HostNamesFree', 'no other hosted cluster there has them');
};

const notWritten: Objection = ({ zone, services }) => {
  if (zone === undefined)
    return bad(
      'DNSMissing',
      'the operator of the destination writes no DNS; start it with --external-dns-provider, --external-dns-credentials and --external-dns-domain-filter',
    );
  const outside = services.flatMap(({ host }) => (host === undefined || host.endsWith(`.${zone}`) ? [] : host));
  return outside.length > 0
    ? bad('DNSOutsideOfZone', `${outside.join(', ')} are not below ${zone}, which the destination writes`)
    : undefined;
};

const sharedOwner: Objection = ({ owner, services, owners }) => {
  const own = services.flatMap(({ host }) => (host !== undefined && owners.get(host) === owner ? host : []));
  return own.length > 0
    ? bad(
        'DNSOwnerShared',
        `${own.join(', ')} are marked as ${owner}'s, which is what the destination calls itself: the source could not tell its names from the destination's; start one of the two operators with another --management-cluster`,
      )
    : undefined;
};

const nobodysNames: Objection = ({ services, owners, unmarked }) => {
  const hosts = services.flatMap(({ host }) => host ?? []);
  const left = hosts.every((host) => owners.get(host) === undefined)
    ? hosts
    : services.flatMap(({ service, host }) => (host && PUBLISHED.has(service) && unmarked.has(host) ? host : []));
  return left.length > 0
    ? bad(
        'DNSNotOwned',
        `${left.join(', ')} carry no owner's mark: the operator of the source does not write them, and would not take them back`,
      )
    : undefined;
};

const namedOwners: Check = ({ services, owners }) =>
  ok('DNS', services.flatMap(({ host }) => (host === undefined ? [] : `${host} is ${owners.get(host) ?? 'nobody'}'s`)).join(', '));

/** The source can take its names back, and the destination can raise them. */
export const dns: Check = (facts) => notWritten(facts) ?? sharedOwner(facts) ?? nobodysNames(facts) ?? namedOwners(facts);
