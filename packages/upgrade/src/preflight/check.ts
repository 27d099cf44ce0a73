import type { UpgradeFinding } from '@godwit/api';

/** What a check came to; `skip`: it cannot be made from here, or does not apply. */
type Outcome = 'pass' | 'warn' | 'fail' | 'skip';

/** One check of a preflight: what it looks at, what it came to, by what, and what mends it. */
export type PreflightCheck = {
  /** CamelCase; the code of the finding that Prep would make of it. */
  readonly code: string;
  readonly object: string;
  readonly outcome: Outcome;
  /** What was seen. */
  readonly evidence: string;
  /** What mends it; a command where there is one. */
  readonly remediation?: string;
};

/** A check that holds. */
export const passed = (code: string, object: string, evidence: string): PreflightCheck => ({ code, object, outcome: 'pass', evidence });

/** A check that nobody can make from here. */
export const skipped = (code: string, object: string, evidence: string): PreflightCheck => ({ code, object, outcome: 'skip', evidence });

/** A check that blocks an upgrade. */
export const failed = (code: string, object: string, evidence: string, remediation?: string): PreflightCheck => ({
  code,
  object,
  outcome: 'fail',
  evidence,
  ...(remediation === undefined ? {} : { remediation }),
});

/** A check that a person should know of. */
export const warned = (code: string, object: string, evidence: string, remediation?: string): PreflightCheck => ({
  ...failed(code, object, evidence, remediation),
  outcome: 'warn',
});

/** Findings as checks; without any, one check that passes with this evidence. */
export const checksOf = (findings: readonly UpgradeFinding[], code: string, object: string, fine: string): PreflightCheck[] =>
  findings.length === 0
    ? [passed(code, object, fine)]
    : findings.map((each) => (each.severity === 'Error' ? failed : warned)(each.code, each.object, each.message, each.remediation));
