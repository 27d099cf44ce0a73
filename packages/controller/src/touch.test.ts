import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson, hasReconciled, observedDigest, touched } from './touch.ts';

test('the digest is the hex SHA-256 of the JSON with ordered members', () => {
  const json = '{"a":[{"b":1,"c":2}],"z":true}';
  expect(canonicalJson({ z: true, gone: undefined, a: [{ c: 2, b: 1 }] })).toBe(json);
  expect(observedDigest({ z: true, a: [{ c: 2, b: 1 }] })).toBe(createHash('sha256').update(json).digest('hex'));
});

test('the order of a list counts, that of members does not', () => {
  expect(observedDigest({ a: 1, b: 2 })).toBe(observedDigest({ b: 2, a: 1 }));
  expect(observedDigest({ a: [1, 2] })).not.toBe(observedDigest({ a: [2, 1] }));
});

test('an object has been reconciled when its digest is that of its spec', () => {
  const spec = { stage: true };
  expect(hasReconciled({ spec, status: { observedDigest: observedDigest(spec) } })).toBe(true);
  expect(hasReconciled({ spec: { stage: false }, status: { observedDigest: observedDigest(spec) } })).toBe(false);
  expect(hasReconciled({ spec })).toBe(false);
});

test('a touch is another one each time', () => {
  const key = 'openshift.io/touch';
  expect(touched()[key]).toMatch(/^[0-9a-f-]{36}$/);
  expect(touched()).not.toEqual(touched());
});
