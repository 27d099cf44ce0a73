import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfDataUrl } from './data-url.ts';
import { BootstrapRefused } from './refused.ts';

test.each([
  ['plain text', 'data:,hello', 'hello'],
  ['nothing at all', 'data:,', ''],
  ['percent encoding', 'data:text/plain;charset=utf-8,a%20b%0Ac', 'a b\nc'],
  ['a comma and a percent sign that stand for themselves', 'data:,a,b%zz', 'a,b%zz'],
  ['base64', 'data:;base64,aGVsbG8=', 'hello'],
  ['base64 with a type and a parameter', 'data:text/plain;charset=utf-8;base64,aGVsbG8=', 'hello'],
  ['base64 whose padding is percent encoded', 'data:;base64,aGVsbG8%3D', 'hello'],
])('a data URL with %s is read', (_title, url, text) => {
  expect(bytesOfDataUrl(url).toString()).toBe(text);
});

test.each([
  ['without a comma', 'data:text/plain'],
  ['that says base64 and is not', 'data:;base64,!!!'],
])('a data URL %s is refused', (_title, url) => {
  expect(() => bytesOfDataUrl(url)).toThrow(BootstrapRefused);
});

test('whatever bytes are encoded come back, in base64 and percent by percent', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const escaped = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
      expect([...bytesOfDataUrl(`data:;base64,${Buffer.from(bytes).toString('base64')}`)]).toEqual([...bytes]);
      expect([...bytesOfDataUrl(`data:,${escaped}`)]).toEqual([...bytes]);
    }),
  );
});

test('what encodeURIComponent writes is read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(bytesOfDataUrl(`data:,${encodeURIComponent(text)}`).toString()).toBe(text);
    }),
  );
});
