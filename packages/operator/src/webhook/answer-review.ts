import { type Converted, convert, type Versioned } from '@godwit/api';

type ReviewRequest = { uid: string; desiredAPIVersion: string; objects: Versioned[] };

/** What an API server asks of a conversion webhook, and what it is answered. */
export type ConversionReview = {
  apiVersion: 'apiextensions.k8s.io/v1';
  kind: 'ConversionReview';
  request?: ReviewRequest;
  response?: {
    uid: string;
    result: { status: 'Success' } | { status: 'Failure'; message: string };
    convertedObjects?: Versioned[];
  };
};

const nameOf = ({ kind, metadata }: Versioned): string => `${kind} ${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;

const convertAll = (objects: readonly Versioned[], desired: string): { converted: Versioned[]; problem?: string } => {
  const answers = objects.map((object): [Versioned, Converted] => [object, convert(object, desired)]);
  const problems = answers.flatMap(([object, answer]) => (answer.ok ? [] : [`${nameOf(object)}: ${answer.message}`]));
  const converted = answers.flatMap(([, answer]) => (answer.ok ? [answer.object] : []));
  return problems.length === 0 ? { converted } : { converted, problem: problems.join('; ') };
};

/** Answers one review: all objects in the version that is asked for, in their order, or why one of them cannot be had in it. */
export const answerReview = (request: ReviewRequest): ConversionReview => {
  const { converted, problem } = convertAll(request.objects, request.desiredAPIVersion);
  const answer =
    problem === undefined
      ? { result: { status: 'Success' as const }, convertedObjects: converted }
      : { result: { status: 'Failure' as const, message: problem } };
  return { apiVersion: 'apiextensions.k8s.io/v1', kind: 'ConversionReview', response: { uid: request.uid, ...answer } };
};

/** The request in the body of a review; undefined when the body is none. */
export const requestIn = (body: string): ReviewRequest | undefined => {
  try {
    const { request } = JSON.parse(body) as Partial<ConversionReview>;
    return request !== undefined && Array.isArray(request.objects) ? request : undefined;
  } catch {
    return undefined;
  }
};
