/** One request to an API server; `ended` is absent while it is open, `status` 0 while it is unanswered. Times in milliseconds. */
export type Call = {
  cluster: 'source' | 'target';
  method: string;
  path: string;
  began: number;
  ended: number | undefined;
  status: number;
};

/**
 * Whose work a call was. Upstream, the work of the last two is Velero's.
 * `orchestration`: the controllers of a migration; `velero`: the engine's reads and status writes of velero.io objects;
 * `engine`: what it lists of an application and creates of it.
 */
export type CallKind = 'orchestration' | 'velero' | 'engine';

/** Our kinds where our controllers keep them; in an application's namespace it is the engine that looks for them. */
const OWN = /^\/apis\/(migration\.openshift\.io|coordination\.k8s\.io)\/[^/]+\/namespaces\/openshift-migration\//;
const VELERO = /^\/apis\/velero\.io\//;
const ENGINE_OBJECT = /\/(backups|restores)\/[^/?]+/;
const MANAGED = /[?&]fieldManager=/;
const RESTORED = /[?&]fieldManager=godwit-restore(&|$)/;
const DISCOVERY = /^\/apis?(\?|\/?$)|^\/apis?\/[^/]+(\/v[^/]+)?(\?|$)/;

/** Whether a call is an open stream of events or of a log, in which nothing runs while nothing comes. */
export const isStream = ({ path }: Pick<Call, 'path'>): boolean => /[?&](watch|follow)=(true|1)(&|$)/.test(path);

/** The migration names itself in its writes and reads these objects from watches; the engine does neither. */
const isEnginesVelero = ({ method, path }: Call): boolean =>
  VELERO.test(path) && (method === 'GET' || (method === 'PATCH' && !MANAGED.test(path)));

/** From the engine's first to its last write to a Backup or Restore of a cluster. */
const engineRun = (calls: readonly Call[], cluster: Call['cluster']): { from: number; to: number } => {
  const writes = calls
    .filter((call) => call.cluster === cluster && call.method === 'PATCH' && isEnginesVelero(call) && ENGINE_OBJECT.test(call.path))
    .map(({ began }) => began);
  return { from: Math.min(...writes), to: Math.max(...writes) };
};

/**
 * Tells the engine's calls from all others: velero.io objects that are read or written without a field manager, objects
 * created under its own, and, while one of its runs is under way on that cluster, discovery and reads, but for those of our
 * own kinds in our namespace. Everything else is orchestration, opened watches and the lease included.
 */
const kindOfCall = (calls: readonly Call[]): ((call: Call) => CallKind) => {
  const runs = { source: engineRun(calls, 'source'), target: engineRun(calls, 'target') };
  return (call) => {
    const { cluster, method, path, began } = call;
    if (OWN.test(path) || isStream(call)) return 'orchestration';
    if (isEnginesVelero(call)) return 'velero';
    if (RESTORED.test(path)) return 'engine';
    const during = began >= runs[cluster].from && began <= runs[cluster].to;
    return during && (method === 'GET' || DISCOVERY.test(path)) ? 'engine' : 'orchestration';
  };
};

/** How many calls there were of a kind, by cluster. */
export const countCalls = (calls: readonly Call[]): Record<CallKind, Record<Call['cluster'], number>> => {
  const kindOf = kindOfCall(calls);
  const none = () => ({ source: 0, target: 0 });
  const counts = { orchestration: none(), velero: none(), engine: none() };
  for (const call of calls) counts[kindOf(call)][call.cluster] += 1;
  return counts;
};

/** What a path is about: `pods`, `secrets`, `migplans/status`. */
const resourceOf = (path: string): string => {
  const [, , ...parts] = path
    .replace(/\?.*/, '')
    .replace(/^\/apis\/[^/]+/, '/api')
    .split('/');
  const [, first = '', , second, , below] = parts; // version, then either namespaces/NAME/pods/NAME/log or nodes/NAME/status
  if (first !== 'namespaces' || second === undefined) return first || path;
  return below === undefined ? second : `${second}/${below}`;
};

const shapeOf = (call: Call): string => `${call.cluster} ${isStream(call) ? 'WATCH' : call.method} ${resourceOf(call.path)}`;

/** The most frequent calls of a kind, for people who want fewer of them. */
export const frequentCalls = (calls: readonly Call[], kind: CallKind, most: number): string => {
  const kindOf = kindOfCall(calls);
  const counts = new Map<string, number>();
  for (const call of calls.filter((each) => kindOf(each) === kind)) counts.set(shapeOf(call), (counts.get(shapeOf(call)) ?? 0) + 1);
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([shape, count]) => `${count} × ${shape}`)
    .join(', ');
};
