import { destination, machines, ports, release, storage } from './checks/destination.ts';
import { dns, names, namesFree } from './checks/names.ts';
import { exists, free, whole } from './checks/source.ts';
import { clocks, clusters, store } from './checks/surroundings.ts';
import type { PreflightFacts } from './facts.ts';
import type { Check, Finding } from './finding.ts';

/** What must hold before a move, in the order in which it is told. */
const CHECKS: readonly Check[] = [
  clusters,
  exists,
  free,
  whole,
  release,
  names,
  namesFree,
  dns,
  destination,
  storage,
  ports,
  machines,
  clocks,
  store,
];

/** Judges everything that would make a move fail later. Pure. */
export const preflight = (facts: PreflightFacts): Finding[] => CHECKS.map((check) => check(facts));
