import type { KubeObject, ObjectName, Resource } from '@godwit/kube';

/**
 * A change that a phase asks for: data, carried out by the engine, printed by a dry run.
 * `on` names a cluster by its role in this work, for instance `host`, `source`, `target`.
 */
export type Effect =
  | { do: 'create'; on: string; resource: Resource; object: KubeObject } // an existing object of that name is success
  | { do: 'apply'; on: string; resource: Resource; object: unknown; subresource?: string }
  | { do: 'patch'; on: string; resource: Resource; name: ObjectName; patch: unknown; type?: 'merge' | 'json'; subresource?: string } // an absent object is success
  | { do: 'delete'; on: string; resource: Resource; name: ObjectName; uid?: string; gracePeriodSeconds?: number } // an absent object is success
  | { do: 'task'; name: string; run: (signal: AbortSignal, report: (progress: Progress) => void) => Promise<void>; about: string }; // long work beside the loop

/** Numbers of a running work; units in the names, absent when unknown. */
export type Progress = {
  itemsDone?: number;
  itemsTotal?: number;
  bytesDone?: number;
  bytesTotal?: number;
  bytesPerSecond?: number;
  attempt?: number;
  /** Lines in upstream's form, `<Kind> <ns>/<name>: <text>`, for `status.pipeline[].progress`. */
  lines?: string[];
};
