import { expect, test } from 'vitest';
import { allTimedOut, allWithoutRoute, failureOf, pauseAfter, type ReportedClient, tellingLines } from './failure.ts';

test.each([
  [24, 'rsync warning: some files vanished before they could be transferred (code 24)', 'vanished', true],
  [10, 'rsync: read error: Connection reset by peer (104)', 'network', true],
  [12, 'rsync error: error in rsync protocol data stream (code 12)', 'network', true],
  [30, 'rsync error: timeout in data send/receive (code 30)', 'network', true],
  [35, 'rsync error: timeout waiting for daemon connection (code 35)', 'network', true],
  [5, 'rsync: did not see server greeting', 'network', true],
  [5, '@ERROR: auth failed on module x', 'refused', true],
  [11, 'rsync: write failed on "/mnt/a": No space left on device (28)', 'full', false],
  [12, 'rsync: [receiver] write failed: No space left on device (28)', 'full', false],
  [23, 'rsync: send_files failed to open "/mnt/secret": Permission denied (13)', 'unreadable', false],
  [23, 'rsync error: some files/attrs were not transferred', 'other', true],
  [undefined, 'The node was low on resource: memory', 'other', true],
])('exit code %s with "%s" is %s', (code, log, kind, again) => {
  expect(failureOf(code, log)).toMatchObject({ kind, again });
});

test('the first pause is short, later ones double up to a minute, and vanished files wait for nothing', () => {
  expect([1, 2, 3, 8, 20].map((attempt) => pauseAfter(attempt, 'network'))).toEqual([0.5, 1, 2, 60, 60]);
  expect(pauseAfter(3, 'vanished')).toBe(0);
});

test('only the lines that tell something are kept, and each once', () => {
  const log = [
    '2026/11/21 09:40:53 [20] building file list',
    'sending incremental file list',
    '\r     32.77K   0%    0.00kB/s    0:00:00 ',
    'rsync: [sender] read error: Connection reset by peer (104)',
    '2026/11/21 09:40:54 [20] rsync: [sender] read error: Connection reset by peer (104)',
    'Total bytes sent: 1',
    '2026.11.21 09:40:54 LOG3[0]: transfer: s_poll_wait: TIMEOUTclose exceeded: closing',
    'godwit: rsync ended with exit code 10',
  ].join('\n');
  expect(tellingLines(log)).toBe('rsync: [sender] read error: Connection reset by peer (104)');
});

const client = (fields: Partial<ReportedClient>): ReportedClient => ({
  phase: 'Failed',
  exitCode: 10,
  elapsedSeconds: 20,
  log: '',
  ...fields,
});

// M37
test.each([
  ['20 s', [20, 20], 'Failed', true],
  ['20.49 s and 20.45 s', [20.49, 20.45], 'Failed', true],
  ['20.49 s and 20.50 s', [20.49, 20.5], 'Failed', false],
  ['no elapsed time', [20, undefined], 'Failed', false],
  ['one success', [20, 20], 'Succeeded', false],
])('clients that failed after %s timed out: %4$s', (_title, times, phase, timedOut) => {
  const [first, second] = times;
  expect(allTimedOut([client({ elapsedSeconds: first }), client({ elapsedSeconds: second, phase })])).toBe(timedOut);
});

// M38
test.each([
  ['code 10 within 5 s', [10, 10], 2, 'connect: No route to host (113)', true],
  ['codes 10 and 12', [10, 12], 2, 'connect: No route to host (113)', false],
  ['another message', [10, 10], 2, 'connection reset', false],
  ['no elapsed time', [10, 10], undefined, 'No route to host', false],
  ['more than 5 s', [10, 10], 6, 'No route to host', false],
])('no route to host: %s', (_title, codes, elapsedSeconds, log, without) => {
  expect(allWithoutRoute(codes.map((exitCode) => client({ exitCode, elapsedSeconds, log })))).toBe(without);
});
