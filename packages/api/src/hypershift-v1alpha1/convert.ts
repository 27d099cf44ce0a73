import type { Metadata } from '../kind.ts';
import { annotations } from '../names/index.ts';
import { type Conversion, conversions } from './conversions.ts';
import { applyDifferences, type Difference, differences } from './differences.ts';
import { isJson, type Json, jsonOf, without } from './json.ts';

/** An object of hypershift.openshift.io in one of its versions. */
export type Versioned = { apiVersion: string; kind: string; metadata?: Metadata; spec?: unknown; status?: unknown };

/** An object in the version that was asked for, or why it cannot be had. */
export type Converted = { ok: true; object: Versioned } | { ok: false; message: string };

const GROUP = 'hypershift.openshift.io';
const OLD = `${GROUP}/v1alpha1`;
const NEW = `${GROUP}/v1beta1`;

const isDifference = (value: unknown): value is Difference =>
  isJson(value) && Array.isArray(value.path) && value.path.length > 0 && value.path.every((name) => typeof name === 'string');

/** Differences that an annotation holds; one that somebody has damaged holds none. */
const keptIn = (object: Versioned, annotation: string): Difference[] => {
  try {
    const value: unknown = JSON.parse(object.metadata?.annotations?.[annotation] ?? '[]');
    return Array.isArray(value) ? value.filter(isDifference) : [];
  } catch {
    return [];
  }
};

/** The fields that versions disagree on, a missing status staying missing. */
const contentOf = ({ spec, status }: Versioned): Json => ({
  ...(spec === undefined ? {} : { spec }),
  ...(status === undefined ? {} : { status }),
});

const mapped = (content: Json, change: (spec: Json) => Json): Json =>
  isJson(content.spec) ? { ...content, spec: change(content.spec) } : content;

/** The object with other content; of its two annotations of differences only the one of its new version stays, when it holds any. */
const made = (object: Versioned, apiVersion: string, content: Json, annotation: string, kept: readonly Difference[]): Versioned => {
  const others = without(jsonOf(object.metadata?.annotations), annotations.v1alpha1Fields, annotations.v1beta1Fields) as Record<
    string,
    string
  >;
  const all = kept.length === 0 ? others : { ...others, [annotation]: JSON.stringify(kept) };
  const { annotations: before, ...metadata } = object.metadata ?? {};
  const rest = without(object as unknown as Json, 'spec', 'status') as Versioned;
  const hasAny = Object.keys(all).length > 0 || (before !== undefined && Object.keys(before).length === 0);
  return { ...rest, apiVersion, metadata: { ...metadata, ...(hasAny ? { annotations: all } : {}) }, ...content };
};

const up = (object: Versioned, conversion: Conversion): Versioned => {
  const old = contentOf(object);
  const added = keptIn(object, annotations.v1beta1Fields);
  const content = applyDifferences(mapped(old, conversion.up), added, conversion.together);
  return made(object, NEW, content, annotations.v1alpha1Fields, differences(mapped(content, conversion.down), old));
};

const down = (object: Versioned, conversion: Conversion): Versioned => {
  const now = contentOf(object);
  const kept = keptIn(object, annotations.v1alpha1Fields);
  const content = applyDifferences(mapped(now, conversion.down), kept, conversion.together);
  return made(object, OLD, content, annotations.v1beta1Fields, differences(mapped(content, conversion.up), now));
};

/**
 * An object in another version, without loss: what its new version cannot say travels in an annotation and comes back with the way back,
 * unless it has been changed meanwhile. Needs no network; several URLs to restore from become the first one.
 */
export const convert = (object: Versioned, desired: string): Converted => {
  const conversion = conversions[object.kind];
  if (conversion === undefined || ![OLD, NEW].includes(desired) || ![OLD, NEW].includes(object.apiVersion)) {
    return { ok: false, message: `${object.kind} cannot go from ${object.apiVersion} to ${desired}; ask for ${NEW} or ${OLD}` };
  }
  if (object.apiVersion === desired) return { ok: true, object };
  if (desired === OLD) return { ok: true, object: down(object, conversion) };
  const message = conversion.problem(jsonOf(object.spec));
  return message === undefined ? { ok: true, object: up(object, conversion) } : { ok: false, message };
};
