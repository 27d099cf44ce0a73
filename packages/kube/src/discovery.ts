import { ApiError } from './errors.ts';
import { parsedAnswer, refusal } from './refusal.ts';
import { type Ask, nameOf, type Sender } from './send.ts';
import type { ServedResource } from './types.ts';

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

type Kind = { group?: string; version?: string; kind?: string };

/** The aggregated answer: every group with every version in one document. */
type AggregatedDiscovery = {
  kind?: string;
  items?: {
    metadata?: { name?: string };
    versions?: {
      version: string;
      freshness?: string;
      resources?: {
        resource: string;
        responseKind?: Kind;
        scope: string;
        singularResource?: string;
        shortNames?: string[];
        verbs: string[];
        subresources?: { subresource: string }[];
      }[];
    }[];
  }[];
};

/** Flattens the aggregated answer; versions come in the server's order of preference. */
const fromAggregated = ({ items = [] }: AggregatedDiscovery): ServedResource[] =>
  items.flatMap(({ metadata, versions = [] }) =>
    versions.flatMap(({ version, resources = [] }, index) =>
      resources.map((entry) => ({
        group: metadata?.name ?? '',
        version,
        kind: entry.responseKind?.kind ?? '',
        plural: entry.resource,
        scope: entry.scope === 'Namespaced' ? ('Namespaced' as const) : ('Cluster' as const),
        singular: entry.singularResource ?? '',
        shortNames: entry.shortNames ?? [],
        verbs: entry.verbs,
        subresources: (entry.subresources ?? []).map(({ subresource }) => subresource),
        preferred: index === 0,
      })),
    ),
  );

/** The classic answer for one version of one group; subresources stand in it as `pods/log`. */
type ClassicDiscovery = {
  resources?: { name: string; kind: string; namespaced: boolean; singularName?: string; shortNames?: string[]; verbs: string[] }[];
};

/** Reads the classic answer for one version. */
const fromClassic = (group: string, version: string, preferred: boolean, { resources = [] }: ClassicDiscovery): ServedResource[] =>
  resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, kind, namespaced, singularName = '', shortNames = [], verbs }) => ({
      group,
      version,
      kind,
      plural: name,
      scope: namespaced ? ('Namespaced' as const) : ('Cluster' as const),
      singular: singularName,
      shortNames,
      verbs,
      subresources: resources.filter((each) => each.name.startsWith(`${name}/`)).map((each) => each.name.slice(name.length + 1)),
      preferred,
    }));

type GroupList = { groups?: { name: string; versions: { version: string }[]; preferredVersion?: { version: string } }[] };

const ask = (path: string, accept?: string): Ask => ({ verb: 'get', resource: 'discovery', method: 'GET', path, accept });

const read = async <T>(sender: Sender, request: Ask): Promise<T> => {
  const answer = await sender.send(request);
  if (answer.status !== 200) throw refusal(answer, nameOf(sender.server, request));
  return parsedAnswer<T>(answer, nameOf(sender.server, request));
};

const classicVersion = async (sender: Sender, group: string, version: string, preferred: boolean): Promise<ServedResource[]> => {
  const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  try {
    return fromClassic(group, version, preferred, await read<ClassicDiscovery>(sender, ask(path)));
  } catch (error) {
    // An aggregated API whose own server is down answers 503 or 404: its kinds are unknown, all others are not.
    if (error instanceof ApiError && error.status !== 401) return [];
    throw error;
  }
};

const classic = async (sender: Sender): Promise<ServedResource[]> => {
  const { groups = [] } = await read<GroupList>(sender, ask('/apis'));
  const wanted = groups.flatMap(({ name, versions, preferredVersion }) =>
    versions.map(({ version }) => ({ name, version, preferred: version === (preferredVersion ?? versions[0])?.version })),
  );
  const core = classicVersion(sender, '', 'v1', true);
  const others = wanted.map(({ name, version, preferred }) => classicVersion(sender, name, version, preferred));
  return (await Promise.all([core, ...others])).flat();
};

const everything = async (sender: Sender): Promise<ServedResource[]> => {
  const [core, groups] = await Promise.all([
    read<AggregatedDiscovery>(sender, ask('/api', `${AGGREGATED},application/json`)),
    read<AggregatedDiscovery>(sender, ask('/apis', `${AGGREGATED},application/json`)),
  ]);
  const aggregated = core.kind === 'APIGroupDiscoveryList' && groups.kind === 'APIGroupDiscoveryList';
  return aggregated ? [...fromAggregated(core), ...fromAggregated(groups)] : classic(sender);
};

/** Asks the server once what it serves, and again only for `fresh`; a failure is not remembered. */
export const discoverer = (sender: Sender) => {
  let known: Promise<ServedResource[]> | undefined;
  return ({ fresh = false }: { fresh?: boolean } = {}): Promise<ServedResource[]> => {
    if (known && !fresh) return known;
    const asked = everything(sender);
    known = asked;
    asked.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked;
  };
};
