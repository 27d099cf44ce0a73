import type { PreflightCheck } from '@godwit/upgrade';
import { tableLines } from '../printers/table.ts';

const ORDER = ['fail', 'warn', 'pass', 'skip'] as const;

/** How many checks came to what, in one line. */
const doctorSummary = (checks: readonly PreflightCheck[]): string =>
  ORDER.map((outcome) => `${checks.filter((each) => each.outcome === outcome).length} ${outcome}`).join(', ');

/** A preflight for people: every check by its number with evidence, then what mends those that do not pass. Pure. */
export const doctorLines = (checks: readonly PreflightCheck[]): string[] => {
  const remedies = checks.flatMap(({ outcome, remediation, code }, at) =>
    remediation === undefined || outcome === 'pass' || outcome === 'skip' ? [] : [`  ${at + 1} ${code}: ${remediation}`],
  );
  return [
    ...tableLines(
      ['NO', 'CHECK', 'RESULT', 'OBJECT', 'EVIDENCE'],
      checks.map(({ code, outcome, object, evidence }, at) => [String(at + 1), code, outcome, object, evidence.replace(/\s*\n\s*/g, ' ')]),
    ),
    ...(remedies.length === 0 ? [] : ['', 'To mend:', ...remedies]),
    '',
    doctorSummary(checks),
  ];
};
