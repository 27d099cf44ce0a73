import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { Event } from '@godwit/api';
import { type Client, isApiError, type KubeObject } from '@godwit/kube';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { redact } from './redact.ts';

/** What every shape of condition has. */
export type ConditionLike = {
  type: string;
  status: string;
  reason?: string | undefined;
  message?: string | undefined;
  category?: string | undefined;
};

/** A condition that changed; `status` False stands for one that vanished, too. */
export type Transition = { type: string; status: string; reason: string; message: string; isWarning: boolean };

const GRAVE: readonly (string | undefined)[] = ['Critical', 'Error', 'Warn'];

const transitionOf = ({ type, status, reason, message, category }: ConditionLike): Transition => ({
  type,
  status,
  reason: reason || type,
  message: message ?? '',
  isWarning: category === undefined ? status === 'False' && type !== 'Progressing' : status === 'True' && GRAVE.includes(category),
});

/** The conditions that appeared, or changed their status or reason. A mere change of the message is none: progress would flood the events. */
export const transitions = (before: readonly ConditionLike[] | undefined, after: readonly ConditionLike[] | undefined): Transition[] =>
  (after ?? [])
    .filter((condition) => {
      const was = before?.find(({ type }) => type === condition.type);
      return was === undefined || was.status !== condition.status || (was.reason ?? '') !== (condition.reason ?? '');
    })
    .map(transitionOf);

/** Writes events about objects. */
export type Recorder = {
  /** Tells of the transitions between two states of an object's conditions; what cannot be written is logged, never thrown. */
  record(
    client: Client,
    object: KubeObject,
    before: readonly ConditionLike[] | undefined,
    after: readonly ConditionLike[] | undefined,
  ): Promise<void>;
};

const MOST_CHARACTERS = 1000;
const microTime = (moment: Date): string => moment.toISOString().replace('Z', '000Z');

/** One name per object, type and reason, so that a repetition counts on one event. */
const eventName = ({ metadata }: KubeObject, { type, status, reason }: Transition): string => {
  const hash = createHash('sha256').update([metadata.uid, type, status, reason].join(' ')).digest('hex').slice(0, 16);
  return `${(metadata.name ?? '').slice(0, 200)}.${hash}`;
};

const eventOf = (object: KubeObject, transition: Transition, component: string, instance: string, now: Date): Event => {
  const { apiVersion, kind, metadata } = object;
  const namespace = metadata.namespace ?? 'default';
  const { name, uid, resourceVersion } = metadata;
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { namespace, name: eventName(object, transition) },
    eventTime: microTime(now),
    type: transition.isWarning ? 'Warning' : 'Normal',
    reason: transition.reason,
    action: transition.type,
    note: redact(transition.message || `${transition.type} is ${transition.status}`).slice(0, MOST_CHARACTERS),
    reportingController: component,
    reportingInstance: instance,
    regarding: {
      apiVersion,
      kind,
      ...(name === undefined ? {} : { name }),
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    },
  } as Event;
};

const write = async (client: Client, event: Event, now: Date): Promise<void> => {
  try {
    await client.create(Event, event);
  } catch (error) {
    if (!isApiError(error, 'AlreadyExists')) throw error;
    const name = { namespace: event.metadata.namespace, name: event.metadata.name ?? '' };
    const before = await client.get(Event, name);
    const count = (before?.series?.count ?? 1) + 1;
    await client.patch(Event, name, { series: { count, lastObservedTime: microTime(now) } });
  }
};

/** Makes a recorder; `component` names the controller, for instance `godwit.io/migration`, `instance` the process (default the host name, which is the pod's name). */
export const createRecorder = ({
  clock,
  component,
  instance = hostname(),
  log,
}: {
  clock: Clock;
  component: string;
  instance?: string;
  log: Log;
}): Recorder => ({
  record: async (client, object, before, after) => {
    const now = clock.now();
    const tell = (transition: Transition) =>
      write(client, eventOf(object, transition, component, instance, now), now).catch((error: unknown) =>
        log.warn({ err: error, kind: object.kind, name: object.metadata.name }, 'an event could not be written'),
      );
    await Promise.all(transitions(before, after).map(tell));
  },
});
