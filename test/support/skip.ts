/**
 * Skips a test. The report prints the reason. In a `before` hook this skips the suite.
 *
 * @example
 * before(function () {
 *   if (underWine) skip(this, 'Wine has no ICallFactory on proxies');
 * });
 */
export function skip(context: Mocha.Context, reason: string): never {
  Object.assign(whatIsSkipped(context), { skipReason: reason });
  context.skip();
}

function whatIsSkipped(context: Mocha.Context): object {
  const runnable = context.runnable();
  if (runnable.title.startsWith('"before all"')) return runnable.parent ?? runnable;
  if (runnable.title.startsWith('"before each"')) return context.currentTest ?? runnable;
  return runnable;
}
