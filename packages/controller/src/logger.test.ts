import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

const setUp = (level: 'info' | 'debug' = 'info') => {
  const lines: string[] = [];
  const log = createLogger({ level, destination: { write: (line) => void lines.push(line) } });
  return { log, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>), lines };
};

test('a log line is JSON with level, time, fields and message', () => {
  const { log, parsed } = setUp();
  log.child({ controller: 'migration' }).info({ name: 'shop-1', seconds: 0.2 }, 'round ended');
  expect(parsed()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      controller: 'migration',
      name: 'shop-1',
      seconds: 0.2,
      message: 'round ended',
    },
  ]);
});

test('a log line holds no secret, whether in a field, an error, a child or the message', () => {
  const { log, lines } = setUp();
  log
    .child({ token: 'hunter2' })
    .error({ err: new Error('https://anna:hunter2@host'), headers: { authorization: 'hunter2' } }, 'password=hunter2');
  expect(lines.join('')).not.toContain('hunter2');
});

test('an error is logged with its stack', () => {
  const { log, parsed } = setUp();
  log.warn({ err: new TypeError('oops') }, 'broken');
  expect(parsed()[0]).toMatchObject({
    level: 'warn',
    err: { name: 'TypeError', message: 'oops', stack: expect.stringContaining('logger.test.ts') },
  });
});

test.each(['info', 'debug'] as const)('the level %s decides whether details are written', (level) => {
  const { log, lines } = setUp(level);
  log.debug({}, 'detail');
  expect(lines).toHaveLength(level === 'debug' ? 1 : 0);
});
