import { setTimeout as pause } from 'node:timers/promises';
import { Event } from '@godwit/api';
import type { Client, KubeObject } from '@godwit/kube';
import { expect } from 'vitest';

/** How long to wait, in seconds (default 45: less than a test may take, also on a busy machine), and where to look for the events of an object that does not become what it should. */
export type EventuallyOptions = { seconds?: number; client?: Client };

type Matchers<T> = ReturnType<typeof expect<T>>;

/** The matchers of `expect`, which wait; each resolves to the value that matched. */
export type Eventually<T> = {
  [K in Exclude<keyof Matchers<T>, 'not'>]: Matchers<T>[K] extends (...args: infer A) => unknown ? (...args: A) => Promise<T> : never;
} & { not: Eventually<T> };

const INTERVAL_MILLISECONDS = 30;

const isObject = (value: unknown): value is KubeObject =>
  typeof value === 'object' && value !== null && 'metadata' in value && 'kind' in value;

const conditionsOf = (object: KubeObject): string[] => {
  const { status } = object as {
    status?: { phase?: string; conditions?: { type: string; status: string; reason?: string; message?: string }[] };
  };
  const lines = (status?.conditions ?? []).map(
    ({ type, status, reason, message }) => `  ${type}=${status} ${reason ?? ''}: ${message ?? ''}`,
  );
  return [`phase ${status?.phase ?? '(none)'}, conditions:`, ...lines];
};

const eventsOf = async (object: KubeObject, client: Client | undefined): Promise<string[]> => {
  const events = await client?.list(Event, { namespace: object.metadata.namespace }).catch(() => undefined);
  const own = (events?.items ?? []).filter(({ regarding }) => regarding?.uid === object.metadata.uid);
  return own.length === 0 ? [] : ['events:', ...own.map(({ reason, note }) => `  ${reason}: ${note}`)];
};

const describeLast = async (value: unknown, client: Client | undefined): Promise<string> => {
  const about = isObject(value) ? [...conditionsOf(value), ...(await eventsOf(value, client))] : [];
  return [...about, `last value: ${JSON.stringify(value, undefined, 2)?.slice(0, 4000)}`].join('\n');
};

type Matcher = (...args: unknown[]) => void;

/**
 * Reads again and again until the matcher is content: `await eventually(() => client.get(Pod, name)).toMatchObject({ … })`.
 * Fails with the object's last conditions and events. What the read throws counts as not yet.
 */
export const eventually = <T>(read: () => T | Promise<T>, { seconds = 45, client }: EventuallyOptions = {}): Eventually<T> => {
  const until = async (matches: (value: T) => void): Promise<T> => {
    const deadline = Date.now() + seconds * 1000;
    let last: T | undefined;
    for (;;) {
      try {
        last = await read();
        matches(last);
        return last;
      } catch (error) {
        if (Date.now() > deadline) throw new Error(`${(error as Error).message}\n${await describeLast(last, client)}`, { cause: error });
      }
      await pause(INTERVAL_MILLISECONDS);
    }
  };
  const matchers = (negated: boolean): object =>
    new Proxy(
      {},
      {
        get: (_, name: string) => {
          // An assertion must not look like a promise, or awaiting it by mistake would call it.
          if (name === 'then') return undefined;
          if (name === 'not') return matchers(true);
          return (...args: unknown[]) =>
            until((value) => {
              const assertion = (negated ? expect(value).not : expect(value)) as unknown as Record<string, Matcher>;
              assertion[name]?.(...args);
            });
        },
      },
    );
  return matchers(false) as Eventually<T>;
};
