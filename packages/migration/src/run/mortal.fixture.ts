import { Lease, MigMigration } from '@godwit/api';
import { type Client, ConnectionError, type KubeObject, type ObjectName, type Resource } from '@godwit/kube';

/** A way to the host cluster that breaks for good at a chosen write. */
export type Mortal = {
  client: Client;
  /** The phase at whose write the way broke; undefined while it holds. */
  deathbed: () => string | undefined;
};

type Written = { status?: { phase?: string } };

/**
 * What a process sees of the host when it is killed right after the write that names a phase of a run which it had not named before:
 * the write arrives, its answer does not, and nothing else gets through but the lease, so that the next process need not wait for it to expire.
 */
export const mortal = (host: Client, run: string, known: ReadonlySet<string>): Mortal => {
  let deathbed: string | undefined;
  const perish = (): never => {
    throw new ConnectionError('the process is dead', { server: host.server, fault: 'reset' });
  };
  const gone = ({ kind }: { kind: string }): boolean => deathbed !== undefined && kind !== Lease.kind;
  const alive =
    <A extends [{ kind: string }, ...unknown[]], R>(ask: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> =>
      gone(args[0]) ? perish() : ask(...args);
  const names = (resource: Resource, name: ObjectName, patch: unknown): string | undefined =>
    resource.kind === MigMigration.kind && name.name === run ? (patch as Written).status?.phase : undefined;
  const patch: Client['patch'] = async <T extends KubeObject>(...[resource, name, body, options]: Parameters<typeof host.patch<T>>) => {
    if (gone(resource)) perish();
    const written = await host.patch<T>(resource, name, body, options);
    const phase = names(resource as Resource, name, body);
    if (phase === undefined || known.has(phase)) return written;
    deathbed = phase;
    return perish();
  };
  const client: Client = {
    ...host,
    get: alive(host.get) as Client['get'],
    list: alive(host.list) as Client['list'],
    create: alive(host.create) as Client['create'],
    replace: alive(host.replace) as Client['replace'],
    apply: alive(host.apply) as Client['apply'],
    delete: alive(host.delete),
    patch,
  };
  return { client, deathbed: () => deathbed };
};
