import { expect, test } from 'vitest';
import { bytesOf, lastRecords, observedText, readProgress } from './log-progress.ts';

// M55
test('of a line with carriage returns the last record stands, cut after the year that a log line begins with', () => {
  const line =
    '\r         32.77K   0%    0.00kB/s    0:00:00\r    629.15M  33%    9.72MB/s    0:01:01 (xfr#1, to-chk=3/5)2021/05/12 10:00:00 [9] <f+++ a';
  expect(lastRecords(`first\n${line}\nlast`)).toEqual(['first', '629.15M  33%    9.72MB/s    0:01:01 (xfr#1, to-chk=3/5)2021/', 'last']);
});

test('the text of the progress is the last percentage and the last rate', () => {
  const lines = ['1.07G  12%   55.20MB/s    0:00:10', '2.14G  33%   66.13MB/s    0:00:20 (xfr#1, to-chk=3/5)2021/'];
  expect(observedText(lines)).toEqual({ percent: '33%', rate: '66.13MB/s' });
});

test.each([
  ['629.15M', 629_150_000],
  ['32.77K', 32_770],
  ['1.07G', 1_070_000_000],
  ['1,234', 1234],
  ['49', 49],
  ['66.13MB/s', 66_130_000],
  ['0.00kB/s', 0],
])('%s are %d bytes', (text, bytes) => {
  expect(bytesOf(text)).toBe(bytes);
});

test('what is no number of bytes is none', () => {
  expect(bytesOf('A%')).toBeUndefined();
});

test('while files are sent the total is guessed from the percentage', () => {
  expect(readProgress('\r        500.00M  50%  100.00MB/s    0:00:05 (xfr#3, to-chk=1/9)')).toEqual({
    percent: '50%',
    rate: '100.00MB/s',
    bytesDone: 500_000_000,
    bytesTotal: 1_000_000_000,
    bytesPerSecond: 100_000_000,
    filesDone: 3,
  });
});

test('the closing lines say how much there is, also when nothing had to be sent', () => {
  const log =
    '\r 0   0%    0.00kB/s    0:00:00 (xfr#0, to-chk=0/3)\nNumber of regular files transferred: 0\nTotal file size: 22.47M bytes\n';
  expect(readProgress(log)).toMatchObject({ bytesDone: 22_470_000, bytesTotal: 22_470_000, filesDone: 0 });
});

test('a piece of log without progress changes nothing', () => {
  const before = readProgress('  1.00K  10%  1.00kB/s  0:00:01');
  expect(readProgress('sending incremental file list\n', before)).toEqual(before);
});
