import { expect, test } from 'vitest';
import { answerReview, requestIn } from './answer-review.ts';

const aPool = (name: string, spec: object) => ({
  apiVersion: 'hypershift.openshift.io/v1alpha1',
  kind: 'NodePool',
  metadata: { namespace: 'clusters', name },
  spec,
});
const NEW = 'hypershift.openshift.io/v1beta1';

test('all objects of a review are converted in their order', () => {
  const objects = [aPool('a', { replicas: 1 }), aPool('b', { replicas: 2 })];
  const { response } = answerReview({ uid: 'u', desiredAPIVersion: NEW, objects });
  expect(response).toEqual({
    uid: 'u',
    result: { status: 'Success' },
    convertedObjects: objects.map((object) => ({ ...object, apiVersion: NEW })),
  });
});

test('one object that cannot be converted fails the review, and is named', () => {
  const wrong = { ...aPool('b', {}), kind: 'HCPEtcdBackup' };
  const { response } = answerReview({ uid: 'u', desiredAPIVersion: NEW, objects: [aPool('a', {}), wrong] });
  expect(response).toMatchObject({ uid: 'u', result: { status: 'Failure', message: expect.stringContaining('HCPEtcdBackup clusters/b') } });
  expect(response).not.toHaveProperty('convertedObjects');
});

test.each([
  ['no JSON', '{'],
  ['no review', '{}'],
  ['a review without objects', '{"request":{"uid":"u"}}'],
])('%s is no request', (_title, body) => {
  expect(requestIn(body)).toBeUndefined();
});
