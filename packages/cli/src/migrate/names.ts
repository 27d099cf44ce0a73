import { createHash } from 'node:crypto';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 6);

/** A text as a DNS label of at most so many characters; what is cut off leaves six hex digits of its hash. */
export const dnsLabel = (text: string, longest = 63): string => {
  const label = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (label === '') return `x-${hashOf(text)}`;
  return label.length <= longest ? label : `${label.slice(0, longest - 7).replace(/-+$/, '')}-${hashOf(text)}`;
};

const PLAN_LENGTH = 60;

/** Name of the plan that a source, a target and namespaces give; the order of the namespaces does not matter. At most 60 characters. */
export const planName = (source: string, target: string, namespaces: readonly string[]): string =>
  dnsLabel([source, target, ...namespaces.toSorted()].join('-'), PLAN_LENGTH);

const numberOf = (plan: string, name: string): number => {
  const rest = name.startsWith(`${plan}-`) ? name.slice(plan.length + 1) : '';
  return /^[1-9]\d*$/.test(rest) ? Number(rest) : 0;
};

/** Name of the next run of a plan: one more than the highest number among the runs that there are. */
export const nextRunName = (plan: string, existing: readonly string[]): string =>
  `${plan}-${Math.max(0, ...existing.map((name) => numberOf(plan, name))) + 1}`;

/** Name of the MigCluster of a context; `host` is kept for the host. */
export const clusterName = (context: string): string => (dnsLabel(context) === 'host' ? 'host-context' : dnsLabel(context, 50));
