import { expect, test } from 'vitest';
import { DEFAULT_INFO, isValidExtra, isValidInfo, readOptions } from './options.ts';

// M67
test.each(['COPY2', 'MOVE1', 'DELETE2', 'ALL', 'PROGRESS'])('%s may be reported', (word) => {
  expect(isValidInfo(word)).toBe(true);
});
test.each(['-MOVE1', 'move1', '', '--ALL'])('"%s" may not be reported', (word) => {
  expect(isValidInfo(word)).toBe(false);
});

test.each(['--compress', '-z', '--exclude=a', '--max-size=1G', '-z=1'])('%s is a possible extra', (word) => {
  expect(isValidExtra(word)).toBe(true);
});
test.each(['compress', '---x', '--A', '--x;y', '$(reboot)', '--rsh', '--'].filter((word) => word !== '--rsh'))('%s is refused', (word) => {
  expect(isValidExtra(word)).toBe(false);
});

test('nothing set means what upstream does by default', () => {
  expect(readOptions({})).toEqual({
    options: {
      archive: true,
      hardLinks: true,
      delete: true,
      partial: true,
      bandwidthLimit: -1,
      info: DEFAULT_INFO,
      extras: [],
      backOffLimit: 0,
    },
    invalid: [],
  });
});

test('refused words are named, the others take effect', () => {
  const { options, invalid } = readOptions({ RSYNC_OPT_EXTRAS: '--compress  rm', RSYNC_OPT_INFO: 'COPY2,copy' });
  expect(options.extras).toEqual(['--compress']);
  expect(options.info).toEqual(['COPY2']);
  expect(invalid).toEqual(['rm', 'copy']);
});
