import { describe, expect, test } from 'vitest';
import { CommandFailed } from '../host/run.ts';
import { causeIn, skopeo } from './skopeo.ts';

const line = (level: string, message: string): string => `time="2030-01-01T00:00:00Z" level=${level} msg=${JSON.stringify(message)}`;

describe('the cause in what skopeo printed', () => {
  test.each([
    [
      'its fatal message',
      line('fatal', 'reading manifest 1 in r/lab/seed: manifest unknown'),
      'reading manifest 1 in r/lab/seed: manifest unknown',
    ],
    [
      'the last, without the attempts before it',
      [line('warning', 'Failed, retrying in 1s ... (1/3). Error: refused'), line('fatal', 'dial tcp 127.0.0.1:1: refused')].join('\n'),
      'dial tcp 127.0.0.1:1: refused',
    ],
    ['quotes and line breaks as one line', line('fatal', 'the "tag"\nis odd'), 'the "tag" is odd'],
    ['the last line of something else', 'unknown flag: --x\nsee help\n', 'see help'],
    ['a quoting that is not ours', 'level=fatal msg="odd \\x00 byte"', 'odd \\x00 byte'],
    ['nothing where it said nothing', '\n', ''],
  ])('is %s', (_what, said, cause) => {
    expect(causeIn(said)).toBe(cause);
  });
  test('is short, and keeps its beginning and its end', () => {
    const cause = causeIn(line('fatal', `writing blob: ${'x'.repeat(5000)}: denied`));
    expect(cause.length).toBeLessThanOrEqual(400);
    expect(cause).toMatch(/^writing blob: x+ … x+: denied$/);
  });
  test('holds no secret', () => {
    expect(causeIn(line('fatal', 'Get https://anna:hunter2@r/v2/: denied'))).not.toContain('hunter2');
  });
});

test.each([
  ['its cause', line('fatal', 'denied'), /^denied$/],
  ['how it ended, where it said nothing', '', /^skopeo --insecure-policy inspect x was ended by SIGKILL/],
])('a failure of skopeo says %s', async (_what, said, message) => {
  const run = async (argv: readonly string[]): Promise<string> => {
    throw new CommandFailed(argv, 'was ended by SIGKILL', said);
  };
  await expect(skopeo(run, {}, ['inspect', 'x'], undefined)).rejects.toThrow(message);
});
