import { relative } from 'node:path';
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';
import { keepOutcome } from './outcome.ts';

const LINES_OF_A_FAILURE = 4;

const firstLines = (text: string): string => text.split('\n').slice(0, LINES_OF_A_FAILURE).join('\n    ');

const failure = (where: string, errors: readonly SerializedError[]): string =>
  `${where}\n    ${firstLines(errors.map(({ message, stack }) => stack ?? message).join('\n'))}`;

const failuresOf = (entity: TestModule | TestSuite | TestCase, where: string): string[] => {
  const errors = entity.type === 'test' ? (entity.result().errors ?? []) : entity.errors();
  return errors.length === 0 ? [] : [failure(where, errors)];
};

const failuresIn = (module: TestModule): string[] => [
  ...failuresOf(module, module.relativeModuleId),
  ...[...module.children.allSuites(), ...module.children.allTests()].flatMap((each) =>
    failuresOf(each, `${module.relativeModuleId}: ${each.fullName}`),
  ),
];

const straying = (error: SerializedError): string => {
  const { VITEST_TEST_PATH: file = '', VITEST_TEST_NAME: test = '' } = error as { VITEST_TEST_PATH?: string; VITEST_TEST_NAME?: string };
  return failure(`outside of every test, while ${relative('.', file) || 'no file'} ran${test && `, last in it: ${test}`}`, [error]);
};

/**
 * Keeps what a run came to for the summary of `make test`. Vitest's own JSON report says nothing of errors outside of tests (a promise that nobody
 * awaits, a socket that nobody listens to), for which a run fails with every test passed.
 */
export default class OutcomeReporter implements Reporter {
  #kind = '';

  onInit(vitest: Vitest): void {
    this.#kind = vitest.projects.map(({ name }) => name).join('-');
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (...wanted: string[]): number => states.filter((state) => wanted.includes(state)).length;
    keepOutcome(this.#kind, {
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped', 'pending'),
      failures: [...modules.flatMap(failuresIn), ...unhandledErrors.map(straying)],
    });
  }
}
