import { writeFileSync } from 'node:fs';

/** @param {import('@web/test-runner').TestSuiteResult | undefined} suite */
function testsOf(suite) {
  if (!suite) return [];
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}

/**
 * A web-test-runner reporter that leaves the counts of a run in a file, in vitest's words, so that
 * one command can add up the suites of both.
 *
 * @param {string | undefined} file nothing is written without one
 * @returns {import('@web/test-runner').Reporter}
 */
export function countsReporter(file) {
  return {
    stop({ sessions }) {
      if (!file) return;
      const tests = sessions.flatMap((session) => testsOf(session.testResults));
      const skipped = tests.filter((test) => test.skipped).length;
      const passed = tests.filter((test) => test.passed && !test.skipped).length;
      writeFileSync(
        file,
        JSON.stringify({
          numPassedTests: passed,
          numFailedTests: tests.length - passed - skipped,
          numPendingTests: skipped,
        }),
      );
    },
  };
}
