import { expect, test } from 'vitest';
import { acknowledgement, followAcknowledgements } from './acknowledgements.ts';
import type { Kubectl } from './kubectl.ts';

const HASH = '6b174db39005bc0c038586d2e74457c5';

test.each([
  ['an acknowledged order', `ack 200001 ${HASH}`, ['200001', HASH]],
  ['a line that broke off', `ack 200001 ${HASH.slice(0, 20)}`, undefined],
  ['a message of psql', 'psql: error: connection to server at "db" failed', undefined],
  ['a message that only mentions one', `lost: ack 1 ${HASH}`, undefined],
  ['an empty line', '', undefined],
])('acknowledgement reads %s', (_title, line, expected) => {
  expect(acknowledgement(line)).toEqual(expected);
});

const logging = (lines: AsyncIterable<string>): Kubectl => ({ run: async () => '', lines: () => lines });

test('followAcknowledgements gathers every order until the log ends', async () => {
  async function* log() {
    yield 'psql: error: the database system is starting up';
    yield `ack 1 ${HASH}`;
    yield `ack 2 ${HASH}`;
  }
  const { acknowledged, ended } = followAcknowledgements(logging(log()));
  await ended;
  expect(acknowledged).toEqual(
    new Map([
      ['1', HASH],
      ['2', HASH],
    ]),
  );
});

test('followAcknowledgements keeps what it read when the log breaks, and says so', async () => {
  async function* log() {
    yield `ack 1 ${HASH}`;
    throw new Error('the connection was closed');
  }
  const { acknowledged, ended } = followAcknowledgements(logging(log()));
  await expect(ended).rejects.toThrow('the connection was closed');
  expect(acknowledged.size).toBe(1);
});
