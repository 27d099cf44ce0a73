import { describe, expect, test } from 'vitest';
import { ApiError, ConnectionError } from '../errors.ts';
import { resource } from '../resource.ts';
import type { KubeObject, List, WatchEvent } from '../types.ts';
import { type WatchPort, watch } from './watch.ts';

const ConfigMap = resource('v1', 'ConfigMap', 'configmaps');

const named = (name: string, resourceVersion: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', resourceVersion },
});
const line = (type: string, object: object) => JSON.stringify({ type, object });
const bookmark = (resourceVersion: string) => line('BOOKMARK', { metadata: { resourceVersion } });
const expired = line('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' });
const listOf = (resourceVersion: string, ...items: KubeObject[]): List<KubeObject> => ({ items, resourceVersion });
const lost = new ConnectionError('connection reset', { server: 'https://example', fault: 'reset' });
const throttled = (retryAfter: number) => new ApiError('slow down', { status: 429, reason: 'TooManyRequests', retryAfter });

/** An answer is what comes before the end of a connection; an error in it breaks the connection there. */
type Script = { lists: (List<KubeObject> | Error)[][]; watches: (string | Error)[][] };

async function* played<T>(parts: readonly (T | Error)[] | undefined): AsyncGenerator<T> {
  for (const part of parts ?? []) {
    if (part instanceof Error) throw part;
    yield part;
  }
}

/** Plays the server's literal answers and ends the watch when the last of them is used up. */
const play = async ({ lists, watches }: Script) => {
  const stop = new AbortController();
  const asked: string[] = [];
  const waits: number[] = [];
  const faults: string[] = [];
  const next = <T>(answers: T[]): T | undefined => {
    const answer = answers.shift();
    if (answer === undefined) stop.abort();
    return answer;
  };
  const port = {
    pages: (_resource, options) => {
      asked.push(`list ${options?.namespace} ${options?.labelSelector ?? ''}`.trim());
      return played(next(lists));
    },
    lines: (path, query) => {
      asked.push(`watch ${path} from ${query.resourceVersion}`);
      return played(next(watches));
    },
  } as WatchPort;
  const events: WatchEvent<KubeObject>[] = [];
  const options = {
    namespace: 'shop',
    signal: stop.signal,
    random: () => 0.999_999,
    now: () => 0,
    sleep: async (seconds: number) => void waits.push(Math.round(seconds * 10) / 10),
    onFault: (error: unknown) => void faults.push(String(error)),
  };
  for await (const event of watch(port, ConfigMap, options)) events.push(event);
  const told = events.map((event) => ('object' in event ? `${event.type} ${event.object.metadata.name}` : event.type));
  return { told, asked, waits, faults };
};

const PATH = '/api/v1/namespaces/shop/configmaps';

describe('a watch', () => {
  test('lists all pages, then follows from the version of the list', async () => {
    const { told, asked } = await play({
      lists: [[listOf('7', named('a', '1')), listOf('7', named('b', '2'))]],
      watches: [[line('ADDED', named('c', '8')), line('MODIFIED', named('a', '9')), line('DELETED', named('b', '10'))]],
    });
    expect(told).toEqual(['listing', 'listed a', 'listed b', 'settled', 'applied c', 'applied a', 'deleted b']);
    expect(asked).toEqual(['list shop', `watch ${PATH} from 7`, `watch ${PATH} from 10`]);
  });

  test('resumes from a bookmark at once when the server ends the connection', async () => {
    const { asked, waits, faults } = await play({ lists: [[listOf('7')]], watches: [[bookmark('12')], [bookmark('15')]] });
    expect(asked.slice(1)).toEqual([`watch ${PATH} from 7`, `watch ${PATH} from 12`, `watch ${PATH} from 15`]);
    expect([waits, faults]).toEqual([[], []]);
  });

  test('resumes from the last version it has seen when the connection breaks', async () => {
    const { asked, waits, faults, told } = await play({
      lists: [[listOf('7')]],
      watches: [[line('ADDED', named('c', '8')), lost], [line('ADDED', named('d', '9'))]],
    });
    expect(asked.slice(1, 3)).toEqual([`watch ${PATH} from 7`, `watch ${PATH} from 8`]);
    expect([waits, faults]).toEqual([[0.2], ['ConnectionError: connection reset']]);
    expect(told.filter((each) => each === 'listing')).toHaveLength(1);
  });

  test.each([
    ['in the stream', [expired]],
    ['as the answer', [new ApiError('too old', { status: 410, reason: 'Expired' })]],
  ])('lists again when its version is forgotten, told %s', async (_where, refusal) => {
    const { asked, told } = await play({
      lists: [[listOf('7', named('a', '1'))], [listOf('20')]],
      watches: [[bookmark('8')], refusal],
    });
    expect(asked).toEqual(['list shop', `watch ${PATH} from 7`, `watch ${PATH} from 8`, 'list shop', `watch ${PATH} from 20`]);
    expect(told).toEqual(['listing', 'listed a', 'settled', 'listing', 'settled']);
  });

  test('reports a line that it cannot read, and lists again', async () => {
    const { asked, faults } = await play({ lists: [[listOf('7')], [listOf('9')]], watches: [['{"type":"ADDED","obj']] });
    expect(asked.filter((each) => each.startsWith('list'))).toHaveLength(2);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('SyntaxError');
  });

  test.each([
    ['an event of an unknown type', line('MOVED', named('a', '8'))],
    ['an event without a version', line('ADDED', { metadata: { name: 'a' } })],
    ['a refusal that a list must explain', line('ERROR', { kind: 'Status', code: 403, reason: 'Forbidden', message: 'no' })],
  ])('lists again after %s', async (_title, text) => {
    const { asked, faults } = await play({ lists: [[listOf('7')], [listOf('9')]], watches: [[text]] });
    expect([asked.filter((each) => each.startsWith('list')).length, faults.length]).toEqual([2, 1]);
  });

  test('waits twice as long after each failure in a row, eight seconds at most', async () => {
    const { waits } = await play({ lists: Array.from({ length: 10 }, () => [lost]), watches: [] });
    expect(waits).toEqual([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 8, 8, 8, 8]);
  });

  test('does not forget its failures because lists work while watches do not', async () => {
    const bad = ['not json'];
    const { waits } = await play({ lists: Array.from({ length: 4 }, () => [listOf('7')]), watches: [bad, bad, bad] });
    expect(waits).toEqual([0.2, 0.4, 0.8]);
  });

  test('waits as long as the server asks, but at most half a minute', async () => {
    const { waits } = await play({ lists: [[throttled(5)], [throttled(300)]], watches: [] });
    expect(waits).toEqual([5, 30]);
  });

  test('slows down when connections end at once without having brought anything', async () => {
    const { waits } = await play({ lists: [[listOf('7')]], watches: [[], [], []] });
    expect(waits).toEqual([0.2, 0.4, 0.8]);
  });

  test('begins a list again from its first page when a page fails', async () => {
    const { told } = await play({ lists: [[listOf('7', named('a', '1')), lost], [listOf('8', named('a', '1'))]], watches: [] });
    expect(told).toEqual(['listing', 'listed a', 'listing', 'listed a', 'settled']);
  });
});
