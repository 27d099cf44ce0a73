import type { Observed } from './observed.ts';

/** Mandatory checks are asked before the upgrade and right after the reboot, deferred ones only when those pass. */
export type Tier = 'mandatory' | 'deferred';

/** What a check came to: it passes, does not apply here, or fails with upstream's text. A warning is told and blocks nothing. */
export type Judgement =
  | { readonly outcome: 'pass' }
  | { readonly outcome: 'not applicable'; readonly why: string }
  | { readonly outcome: 'warn'; readonly message: string; readonly remediation: string }
  | { readonly outcome: 'fail'; readonly message: string; readonly remediation: string };

/** A check of the health of a cluster; `needs` names those that must pass before its own failure blocks. */
export type Check = {
  /** CamelCase; the code of its finding. */
  readonly code: string;
  readonly tier: Tier;
  /** What it looks at, for people. */
  readonly object: string;
  readonly needs?: readonly string[];
  readonly judge: (observed: Observed, limits: HealthLimits) => Judgement;
};

/** How long what is not healthy may block. */
export type HealthLimits = {
  /** Seconds after which an unapproved certificate request is only told and blocks no more (G-I8). Default 900. */
  readonly unapprovedRequestSeconds: number;
};

/** Limits where nobody has set others. */
export const DEFAULT_LIMITS: HealthLimits = { unapprovedRequestSeconds: 900 };

/** It holds. */
export const pass: Judgement = { outcome: 'pass' };

/** This cluster has nothing of the kind. */
export const notApplicable = (why: string): Judgement => ({ outcome: 'not applicable', why });

/** It does not hold. */
export const failing = (message: string, remediation: string): Judgement => ({ outcome: 'fail', message, remediation });
