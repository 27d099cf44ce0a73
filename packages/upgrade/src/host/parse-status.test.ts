import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStatus } from './parse-status.ts';

const SUM = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);

test.each([
  ['nothing deployed', 'No deployments.\n', []],
  [
    'a booted system with details, and one beside it',
    `* rhcos ${SUM}.0\n    Version: 4.14.0\n    origin refspec: seed/4.14.0\n  rhcos_4.15.0 ${OTHER}.1 (pending)\n    origin: <unknown origin type>\n`,
    [
      { index: 0, stateroot: 'rhcos', checksum: SUM, serial: 0, booted: true },
      { index: 1, stateroot: 'rhcos_4.15.0', checksum: OTHER, serial: 1, booted: false },
    ],
  ],
  [
    'marks of newer releases, several at once',
    `  rhcos ${SUM}.12 (staged) (rollback)\n    Pinned: yes\n\n`,
    [{ index: 0, stateroot: 'rhcos', checksum: SUM, serial: 12, booted: false }],
  ],
])('the list is read: %s', (_title, text, deployments) => {
  expect(parseStatus(text)).toEqual(deployments);
});

test.each(['rhcos is broken', `* rhcos ${SUM}`, `  ${SUM}.0`, `* rhcos ${SUM}.0 trailing`])(
  'half a list is never taken for a whole one: %s',
  (line) => {
    expect(() => parseStatus(`* rhcos ${SUM}.0\n${line}\n`)).toThrow('names no deployment');
  },
);

const deployment = fc.record({
  stateroot: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/),
  checksum: fc.stringMatching(/^[0-9a-f]{64}$/),
  serial: fc.nat(99),
  booted: fc.boolean(),
  marks: fc.subarray(['(pending)', '(rollback)', '(staged)', '(finalization locked)']),
  details: fc.array(fc.constantFrom('    Version: 4.20.1', '    origin refspec: ostree/x', '    GPG: Signature made …', '')),
});

test('every list that ostree can print is read as it was printed', () => {
  fc.assert(
    fc.property(fc.array(deployment, { minLength: 1, maxLength: 6 }), (list) => {
      const text = list.map(({ booted, stateroot, checksum, serial, marks, details }) =>
        [[`${booted ? '*' : ' '} ${stateroot} ${checksum}.${serial}`, ...marks].join(' '), ...details].join('\n'),
      );
      expect(parseStatus(`${text.join('\n')}\n`)).toEqual(
        list.map(({ stateroot, checksum, serial, booted }, index) => ({ index, stateroot, checksum, serial, booted })),
      );
    }),
  );
});
